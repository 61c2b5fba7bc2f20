"""Operations on messages that did not arrive. A letter to an applicant has pages of its own."""

from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.mail import operations as mail
from foitracker.mail.kinds import kind_of
from foitracker.mail.models import OutboxMessage
from foitracker.mail.return_codes import cause_of
from foitracker.outbox.events import MESSAGE_RETURNED, MESSAGE_SENT_AGAIN


@transaction.atomic
def record_message_returned(*, message_id: int, by: User, at: datetime) -> OutboxMessage:
    """Record that a message that was handed to the mail server came back.

    Raises NotPossible for one that was not, and for a letter; NotPermitted.
    """
    message = _may_change(message_id, by)
    try:
        returned = mail.record_returned(message_id=message.pk, by=by, at=at)
    except mail.NotDelivered as refusal:
        raise NotPossible(str(refusal)) from refusal
    _record(MESSAGE_RETURNED, returned, by, at)
    return returned


@transaction.atomic
def record_message_bounced(*, message_id: int, code: str, at: datetime) -> bool:
    """Record that a mail server sent a message back, with the code that it gave; return whether that is news.

    Nobody does it: the event has no actor. What a message carried (a letter) is told, and has an event of its own.
    Raises NotDelivered for a message that was not handed over.
    """
    message = mail.record_bounced(message_id=message_id, code=code, at=at)
    if message is None:
        return False
    if not kind_of(message.kind).undelivered:
        _record(MESSAGE_RETURNED, message, None, at, cause=cause_of(code), code=code)
    return True


@transaction.atomic
def send_message_again(*, message_id: int, by: User, at: datetime) -> OutboxMessage:
    """Send a message that did not arrive once more, to the address as it is recorded now; return the new one.

    Raises NotPossible for one that arrived or was sent again already, without an address, and for a letter;
    NotPermitted.
    """
    message = _may_change(message_id, by)
    try:
        again = mail.send_again(message_id=message.pk, at=at)
    except mail.NotDelivered as refusal:
        raise NotPossible(str(refusal)) from refusal
    _record(MESSAGE_SENT_AGAIN, again, by, at)
    return again


def _may_change(message_id: int, by: User) -> OutboxMessage:
    message = OutboxMessage.objects.defer("body").get(pk=message_id)
    kind = kind_of(message.kind)
    check_can(Permission(kind.resent_by), by)
    if kind.again_url:
        raise NotPossible("What becomes of this message is recorded on the page of what it carried.")
    return message


def _record(event: Event, message: OutboxMessage, by: User | None, at: datetime, **facts: str) -> None:
    detail = {"message": message.pk, "kind": kind_of(message.kind).label, **facts}
    subject = message.about or f"outbox/{message.pk}"
    record_event(event=event, by=by, at=at, subject=subject, detail=detail)
