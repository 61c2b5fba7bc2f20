"""Reading bounces: what mail servers say of our messages, in the mailbox that it comes to.

A run may end anywhere, and two may overlap: what is read twice is recorded once, and a message is passed over for good
only when what it says is recorded, or it is flagged for somebody to look at.
"""

import enum
import logging
from collections import Counter
from datetime import datetime
from email.message import Message

from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from foitracker.mail.bounce_mailbox import BounceMailbox, MailboxAway, opened
from foitracker.mail.models import BounceReading
from foitracker.mail.notifications import NotReadable, is_notification, read_notification
from foitracker.mail.operations import NotDelivered
from foitracker.mail.queries import message_with_id
from foitracker.outbox.operations import record_message_bounced

logger = logging.getLogger(__name__)

#: Messages looked at in one run. The next goes on where it ended.
MOST_AT_ONCE = 500
#: A notification quotes at most our letter with its PDF.
MOST_BYTES = 40 * 1024 * 1024


class Outcome(enum.Enum):
    """What came of one message in the mailbox, as the report of a run counts it."""

    RECORDED = "recorded as returned"
    NOTHING_NEW = "with nothing new"
    UNREADABLE = "not understood (flagged in the mailbox)"
    OTHER_MAIL = "other messages left alone"


def read_bounces(url: str, *, at: datetime) -> Counter[Outcome]:
    """Read what has come to the mailbox at `url` since it was last read, and return how many of each there were.

    How it went is noted for `bounce_reading`. Raises MailboxAway when it cannot be read, now or to the end: the next
    run goes on from there.
    """
    BounceReading.objects.get_or_create(pk=1)
    try:
        with opened(url) as mailbox:
            counts = _read(mailbox, at)
    except MailboxAway as away:
        _note(tried_at=at, problem=str(away))
        logger.warning("bounces were not read: %s", away)
        raise
    _note(tried_at=at, read_at=at, problem="")
    return counts


def _read(mailbox: BounceMailbox, at: datetime) -> Counter[Outcome]:
    reading = BounceReading.objects.get(pk=1)
    if reading.validity != mailbox.validity:  # the folder is another, or its UIDs were given anew
        _note(validity=mailbox.validity, read_to=0, flagged=[])
        reading.refresh_from_db()
    counts: Counter[Outcome] = Counter()
    flagged = set(reading.flagged) & mailbox.flagged()  # people take the flag off what they have dealt with
    for uid in mailbox.after(reading.read_to, most=MOST_AT_ONCE):
        outcome = _deal_with(mailbox, uid, at)
        counts[outcome] += 1
        if outcome is Outcome.UNREADABLE:
            flagged.add(uid)
        _note(read_to=uid, flagged=sorted(flagged))
    _note(flagged=sorted(flagged))
    return counts


def _deal_with(mailbox: BounceMailbox, uid: int, at: datetime) -> Outcome:
    headers = mailbox.headers(uid)
    if headers is None or not is_notification(headers.obj):
        return Outcome.OTHER_MAIL
    outcome = Outcome.UNREADABLE
    if headers.size_rfc822 <= MOST_BYTES:
        outcome = _record(mailbox, uid, at)
    if outcome is Outcome.UNREADABLE:
        mailbox.flag(uid)
    else:
        mailbox.mark_read(uid)
    return outcome


def _record(mailbox: BounceMailbox, uid: int, at: datetime) -> Outcome:
    try:
        message = mailbox.message(uid)
    except (
        RecursionError,
        SoftTimeLimitExceeded,
    ):  # made to be read without end; the next run would fare no better
        return Outcome.UNREADABLE
    if message is None:
        return Outcome.OTHER_MAIL
    try:
        return record_notification(message.obj, at=at)
    except (NotReadable, NotDelivered):
        return Outcome.UNREADABLE
    except (OperationalError, SoftTimeLimitExceeded):
        raise  # the database is away or busy, or the time is up: the next run reads it
    except Exception as error:
        # A fault of ours in one keeps none of the others from being read; somebody finds it in the mailbox.
        logger.error("a bounce could not be recorded: %s", type(error).__name__)
        return Outcome.UNREADABLE


def record_notification(email: Message, *, at: datetime) -> Outcome:
    """Record what a delivery status notification says of a message of ours; what is not a failure changes nothing.

    Raises NotReadable for one that is broken, is about none of our messages, or gives up on another address than the
    message went to; NotDelivered for a message that was never handed over.

    Anybody can write a notification. To be taken for one it has to quote the Message-ID, which only those know who have
    seen the message (`mail.operations`), and to name its address. All that a forged one does is to have a message that
    arrived count as returned: a request is open again and on people's lists until its answer is sent once more, by a
    person, to the address on record. Nothing is sent, closed, shown or changed otherwise.
    """
    notification = read_notification(email)
    message = message_with_id(notification.message_id)
    if message is None:
        raise NotReadable
    if not notification.failed:
        return Outcome.NOTHING_NEW  # delivered, relayed, or delayed and tried further
    code = notification.failed.get(message.to.lower())
    if code is None:
        raise NotReadable
    is_news = record_message_bounced(message_id=message.pk, code=code, at=at)
    return Outcome.RECORDED if is_news else Outcome.NOTHING_NEW


def _note(**what: object) -> None:
    BounceReading.objects.filter(pk=1).update(**what)
