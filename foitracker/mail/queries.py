"""Reading the outbox."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from .models import BounceReading, OutboxMessage

_UNDELIVERED = Q(status__in=[OutboxMessage.Status.FAILED, OutboxMessage.Status.RETURNED])


def delivery_of(key: str) -> OutboxMessage | None:
    """Return the state of the message queued under `key` (`status`, `sent_at`, `attempts`, `last_error`), or of
    the last one it was sent again as, without its text; None when none was queued."""
    return deliveries_of([key]).get(key)


def deliveries_of(keys: Collection[str]) -> dict[str, OutboxMessage]:
    """Return the same of many messages, by key, in one query."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    found = OutboxMessage.objects.filter(first_key__in=wanted).defer("body").order_by("pk")
    return {message.first_key: message for message in found}


def undelivered() -> QuerySet[OutboxMessage]:
    """Return the messages that were refused or came back and have not been sent again."""
    again = OutboxMessage.objects.filter(again_of=OuterRef("pk"))
    return OutboxMessage.objects.filter(_UNDELIVERED & ~Exists(again))


def waiting() -> dict[str, tuple[int, datetime]]:
    """Return of each lane in which messages wait how many they are, and since when the oldest does."""
    queued = OutboxMessage.objects.filter(status=OutboxMessage.Status.QUEUED).order_by()
    found = queued.values_list("lane").annotate(Count("pk"), Min("queued_at"))
    return {lane: (count, oldest) for lane, count, oldest in found}


def messages() -> QuerySet[OutboxMessage]:
    """Return all messages, the newest first, without their text."""
    return (
        OutboxMessage.objects.select_related("sent_again", "again_of")
        .defer("body", "again_of__body", "sent_again__body")
        .order_by("-queued_at", "-pk")
    )


def bounce_reading() -> BounceReading:
    """Return when the mailbox of bounces was last read, and what was wrong; blank where it never was."""
    return BounceReading.objects.first() or BounceReading()


def message_with_id(message_id: str) -> OutboxMessage | None:
    """Return the message sent with a Message-ID, without its text."""
    return OutboxMessage.objects.filter(message_id=message_id).defer("body").first()
