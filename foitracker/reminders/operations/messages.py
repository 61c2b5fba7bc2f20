"""Sending reminders: one e-mail a person, queued in the transaction that notes each reminder as sent in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.mail.kinds import MessageKind
from foitracker.mail.operations import Message, queue_messages
from foitracker.reminders.digest import LINES, Counted, Digest, sections
from foitracker.reminders.kinds import kinds
from foitracker.reminders.models import Channel, MutedKind, Reminder
from foitracker.reminders.moment import Moment

DIGEST = MessageKind("reminders", "Daily reminders", resent_by=Permission.RESEND_MAIL)
AT_ONCE = MessageKind("reminder", "Reminder sent at once", resent_by=Permission.RESEND_MAIL)


@dataclass(frozen=True)
class Sent:
    """How many e-mails were queued, and the keys of the reminders that were sent, or left on the page, with them."""

    emails: int
    reminders: list[int]


_NOTE_SENT = """
    UPDATE reminders_reminder AS r SET channel = %s, message_id = message.id
    FROM mail_outboxmessage AS message
    WHERE r.ended_at IS NULL AND r.channel = '' AND (r.is_at_once OR %s)
        AND message.key = %s || r.person_id
    RETURNING r.id
"""


def send_digests(moment: Moment) -> Sent:
    """Queue the digest of the day for everybody with something new; return what was sent."""
    return _send(
        _waiting(),
        DIGEST,
        Channel.DIGEST,
        moment,
        key=f"reminders-{moment.today.isoformat()}-",
        standing=True,
    )


def send_at_once(moment: Moment) -> Sent:
    """Queue what does not wait for the next digest; return what was sent."""
    waiting = _waiting().filter(is_at_once=True)
    latest = waiting.order_by("-id").values_list("id", flat=True).first()
    return _send(
        waiting,
        AT_ONCE,
        Channel.AT_ONCE,
        moment,
        key=f"reminder-{latest}-{moment.at.isoformat()}-",
        standing=False,
    )


def _waiting() -> "QuerySet[Reminder]":
    return Reminder.objects.filter(ended_at__isnull=True, channel=Channel.WAITING)


def _send(
    waiting: "QuerySet[Reminder]",
    message_kind: MessageKind,
    channel: Channel,
    moment: Moment,
    *,
    key: str,
    standing: bool,
) -> Sent:
    muted = _leave_muted_on_the_page(waiting)
    people = {
        user.pk: user
        for user in User.objects.filter(is_active=True, pk__in=waiting.values("person")).order_by("pk")
    }
    if not people:
        return Sent(0, muted)
    new = _of_each(waiting.filter(person__in=people))
    old = _of_each(_sent_before(people)) if standing else {}
    digests = {
        pk: Digest(sections(new[pk], moment), sections(old.get(pk, []), moment), standing, moment)
        for pk in people
    }
    queue_messages(
        messages=[
            Message(
                kind=message_kind,
                about="",
                page="",
                key=f"{key}{pk}",
                to=people[pk].email,
                subject=digest.subject,
                body=digest.rendered("txt"),
                html=digest.rendered("html"),
            )
            for pk, digest in digests.items()
        ],
        at=moment.at,
    )
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_SENT, [channel, standing, key])
        sent = [pk for (pk,) in cursor.fetchall()]
    return Sent(len(digests), [*muted, *sent])


def _leave_muted_on_the_page(waiting: "QuerySet[Reminder]") -> list[int]:
    """What somebody wants no e-mail about is on their page, and is not sent when they change their mind."""
    muted = MutedKind.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"))
    always = [kind.code for kind in kinds() if kind.cannot_be_muted]
    found = list(waiting.filter(Exists(muted)).exclude(kind__in=always).values_list("pk", flat=True))
    Reminder.objects.filter(pk__in=found).update(channel=Channel.PAGE)
    return found


def _sent_before(people: Iterable[int]) -> "QuerySet[Reminder]":
    return Reminder.objects.filter(ended_at__isnull=True, person__in=list(people)).exclude(
        channel__in=[Channel.WAITING, Channel.PAGE]
    )


def _of_each(found: "QuerySet[Reminder]") -> dict[int, list[Counted]]:
    """The first reminders of each kind that each person has, the earliest date first, in one query."""
    each = [F("person"), F("kind")]
    counted = found.annotate(
        of_kind=Window(Count("pk"), partition_by=each),
        place=Window(RowNumber(), partition_by=each, order_by=[F("about"), F("case")]),
    ).filter(place__lte=LINES)
    by_person: dict[int, list[Counted]] = {}
    for reminder in counted.order_by("person", "about", "case"):
        by_person.setdefault(reminder.person_id, []).append(Counted(reminder, reminder.of_kind))
    return by_person
