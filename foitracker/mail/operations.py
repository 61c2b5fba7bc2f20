"""The outbox. A message is a row first, so that it is decided on in one transaction with the operation
it belongs to; sending it comes later, however many attempts it takes.

Sent once: a row is locked while its message is handed over, and the transaction ends with the
server's answer. Should the process die between that answer and the commit, the message goes out
again with the same Message-ID, which the receiving side uses to drop the second copy; the other
order would lose a letter. An attempt is counted before it is made, so that both are shown.
"""

import enum
import logging
import random
import re
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import partial
from typing import TYPE_CHECKING

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from kombu.exceptions import OperationalError

from foitracker.queues import LANES, Queue

from . import smtp_errors
from .kinds import MessageKind, kind_of
from .models import OutboxAttachment, OutboxMessage

if TYPE_CHECKING:
    from foitracker.accounts.models import User

logger = logging.getLogger(__name__)

#: With the pauses below, about two days.
MAX_ATTEMPTS = 20
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)

SEND_TASK = "foitracker.mail.tasks.send_outbox"

_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTENT_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


class Attempt(enum.Enum):
    """How one attempt to send went."""

    SENT = enum.auto()
    PUT_OFF = enum.auto()
    FAILED = enum.auto()
    SERVER_AWAY = enum.auto()


class NotDelivered(Exception):
    """A message cannot be sent again, or cannot have come back, as it stands; the message says why."""


@dataclass(frozen=True)
class Message:
    """One of many messages queued together: as the arguments of `queue_message`, without attachments."""

    kind: MessageKind
    about: str
    page: str
    key: str
    to: str
    subject: str
    body: str
    html: str = ""


def queue_message(
    *,
    kind: MessageKind,
    about: str,
    page: str,
    key: str,
    to: str,
    subject: str,
    body: str,
    attachments: Sequence[tuple[str, bytes, str]],
    at: datetime,
    html: str = "",
    again_of: OutboxMessage | None = None,
) -> OutboxMessage:
    """Put a message in the outbox, within the caller's transaction, and return its row.

    `kind` is its declared kind, `about` the reference of the case it is about and `page` the address of that.
    `key` says what the message is (`letter/2253/2025/1`): a second call with it returns the first
    row and queues nothing. `attachments` are (file name, content, content type); `at` is now, and
    the moment from which it may be sent. `again_of` is the message that it sends again. Sending begins
    when the caller's transaction commits. Raises RuntimeError outside a transaction, and ValueError for
    an address that is not one, for a control character in the address, subject or a file name, and for
    a malformed content type.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("queue_message belongs in the transaction of the act it tells about")
    _check_headers(to=to, subject=subject, attachments=attachments)
    with transaction.atomic():
        message, created = OutboxMessage.objects.get_or_create(
            key=key,
            defaults={
                "first_key": again_of.first_key if again_of else key,
                "again_of": again_of,
                "kind": kind.code,
                "lane": kind.lane,
                "about": about,
                "page": page,
                "message_id": _message_id(key),
                "to": to,
                "subject": subject,
                "body": body,
                "html": html,
                "queued_at": at,
                "next_attempt_at": at,
            },
        )
        if created:
            OutboxAttachment.objects.bulk_create(
                OutboxAttachment(message=message, filename=name, content=content, content_type=kind)
                for name, content, kind in attachments
            )
    if created:
        transaction.on_commit(partial(_wake_sender, kind.lane))
    return message


def queue_messages(*, messages: Sequence[Message], at: datetime) -> None:
    """Put many messages in the outbox in one statement, within the caller's transaction.

    One whose key is queued already is left as it is. Errors as for `queue_message`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("queue_messages belongs in the transaction of the act they tell about")
    for message in messages:
        _check_headers(to=message.to, subject=message.subject, attachments=())
    if not messages:
        return
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                first_key=message.key,
                kind=message.kind.code,
                lane=message.kind.lane,
                about=message.about,
                page=message.page,
                key=message.key,
                message_id=_message_id(message.key),
                to=message.to,
                subject=message.subject,
                body=message.body,
                html=message.html,
                queued_at=at,
                next_attempt_at=at,
            )
            for message in messages
        ],
        ignore_conflicts=True,
    )
    for lane in {message.kind.lane for message in messages}:
        transaction.on_commit(partial(_wake_sender, lane))


def send_next_due(*, at: datetime, through: BaseEmailBackend, lane: Queue | None = None) -> Attempt | None:
    """Send the message of a lane (of any, without one) that has been due longest and that no one else is sending.

    `at` is now; `through` is opened if need be and left open unless the attempt failed. Returns how
    it went, or None when nothing is due. An error of the mail server is recorded, not raised. Raises
    RuntimeError inside a transaction.
    """
    begun = _begin_attempt(at, lane)
    return _hand_over(begun, at, through) if begun else None


@transaction.atomic(durable=True)
def _begin_attempt(at: datetime, lane: Queue | None) -> OutboxMessage | None:
    """Count an attempt, as one that is put off until it has an answer, and return its message.

    What takes the process away takes the answer alone: the message is due again after the pause, and holds up
    nothing that is due with it.
    """
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(
            status=OutboxMessage.Status.QUEUED, next_attempt_at__lte=at, lane__in=[lane] if lane else LANES
        )
        .order_by("next_attempt_at", "pk")
        .only("attempts")
        .first()
    )
    if message:
        message.attempts += 1
        message.next_attempt_at = at + pause_after(message.attempts)
        message.last_error = smtp_errors.NO_ANSWER
        message.save(update_fields=["attempts", "next_attempt_at", "last_error"])
    return message


@transaction.atomic
def _hand_over(begun: OutboxMessage, at: datetime, through: BaseEmailBackend) -> Attempt:
    """Give the mail server a message whose attempt has begun, and keep its answer."""
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(pk=begun.pk, status=OutboxMessage.Status.QUEUED, attempts=begun.attempts)
        .first()
    )
    if message is None:  # this process stood still for so long that another has begun the next attempt
        return Attempt.PUT_OFF
    try:
        through.open()
        through.send_messages([_email(message)])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        through.close()
        return _record_error(message, error, at)
    message.status = OutboxMessage.Status.SENT
    message.sent_at = at
    message.next_attempt_at = None
    message.last_error = ""
    message.save()
    return Attempt.SENT


@transaction.atomic
def record_returned(*, message_id: int, by: "User", at: datetime) -> OutboxMessage:
    """Record that a message that was handed over came back: whoever sent it learns of it at once.

    A second call changes nothing. Raises NotDelivered for one that was not handed over.
    """
    message = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.status != OutboxMessage.Status.RETURNED:
        message.returned_by = by
        _return(message, at)
    return message


@transaction.atomic
def record_bounced(*, message_id: int, code: str, at: datetime) -> OutboxMessage | None:
    """Record that a mail server sent a message back with a status code as the reason, as if a person had entered it.

    Returns None, and changes nothing, where it is known already that it did not arrive. Raises NotDelivered for one
    that was not handed over.
    """
    message = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.is_undelivered:
        return None
    message.return_code = code
    _return(message, at)
    return message


def _return(message: OutboxMessage, at: datetime) -> None:
    if message.status != OutboxMessage.Status.SENT:
        raise NotDelivered("This message was not handed to the mail server, so it cannot have come back.")
    message.status, message.failed_at = OutboxMessage.Status.RETURNED, at
    message.save()
    _tell_undelivered(message, at)


@transaction.atomic
def send_again(*, message_id: int, at: datetime, to: str = "") -> OutboxMessage:
    """Send a message that was refused or came back once more and return the new one.

    It says what it said, unless its kind has a `body` for it now. It goes `to` the address its kind has for it now,
    unless another is given. Raises NotDelivered for one that is on its way or has arrived, for one sent again
    already, and where there is no address.
    """
    message = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
    if not message.is_undelivered:
        raise NotDelivered(
            "This message is on its way or has been handed over. Enter first that it came back."
        )
    if OutboxMessage.objects.filter(again_of=message).exists():
        raise NotDelivered("This message has been sent again already. Look at the later one.")
    kind = kind_of(message.kind)
    to = to or (kind.address(message) if kind.address else message.to)
    if not to:
        raise NotDelivered("There is no e-mail address for it any more. Send it another way.")
    return queue_message(
        kind=kind,
        about=message.about,
        page=message.page,
        key=f"{message.first_key}#{message.pk}",
        to=to,
        subject=message.subject,
        body=kind.body(message) if kind.body else message.body,
        html="" if kind.body else message.html,
        attachments=[
            (one.filename, bytes(one.content), one.content_type) for one in message.attachments.all()
        ],
        at=at,
        again_of=message,
    )


def _tell_undelivered(message: OutboxMessage, at: datetime) -> None:
    if undelivered := kind_of(message.kind).undelivered:
        undelivered(message, at)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after `attempts` failures: doubling up to a limit, give or take a quarter
    so that messages held up together do not come back together."""
    doubled = FIRST_PAUSE * (1 << min(attempts - 1, MAX_ATTEMPTS))  # attempts without an answer have no end
    return min(doubled, LONGEST_PAUSE) * random.SystemRandom().uniform(0.75, 1.25)


def _record_error(message: OutboxMessage, error: Exception, at: datetime) -> Attempt:
    message.last_error = smtp_errors.describe(error)
    if smtp_errors.is_permanent(error) or message.attempts >= MAX_ATTEMPTS:
        message.status = OutboxMessage.Status.FAILED
        message.next_attempt_at, message.failed_at = None, at
        logger.error("outbox message %s failed: %s", message.pk, message.last_error)
    else:
        message.next_attempt_at = at + pause_after(message.attempts)
        logger.warning("outbox message %s put off: %s", message.pk, message.last_error)
    message.save()
    if message.is_undelivered:
        _tell_undelivered(message, at)
    if smtp_errors.is_server_away(error):
        return Attempt.SERVER_AWAY
    return Attempt.FAILED if message.status == OutboxMessage.Status.FAILED else Attempt.PUT_OFF


def _email(message: OutboxMessage) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": message.message_id},
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.all():
        email.attach(attachment.filename, bytes(attachment.content), attachment.content_type)
    return email


def _check_headers(*, to: str, subject: str, attachments: Sequence[tuple[str, bytes, str]]) -> None:
    try:
        validate_email(to)
    except ValidationError as error:
        raise ValueError("the recipient is not an e-mail address") from error
    if _CONTROL_CHARACTER.search(subject):
        raise ValueError("a subject is one line without control characters")
    for name, _content, kind in attachments:
        if not name or "/" in name or _CONTROL_CHARACTER.search(name):
            raise ValueError("an attachment's file name is one line without a slash")
        if not _CONTENT_TYPE.fullmatch(kind):
            raise ValueError("an attachment's content type looks like application/pdf")


def _message_id(key: str) -> str:
    """The same for the same key, so that the receiving side recognises a second copy. Nobody who has not seen the
    message knows it: it says of a bounce which message came back."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{salted_hmac('foitracker.mail', key, algorithm='sha256').hexdigest()[:40]}@{domain}>"


def _wake_sender(lane: Queue) -> None:
    """Have what waits in a lane sent now rather than at the next sweep, if a worker can be reached."""
    try:
        current_app.send_task(SEND_TASK, args=[lane.value], queue=lane.value, ignore_result=True, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("mail waits for the next sweep: no broker (%s)", type(error).__name__)
