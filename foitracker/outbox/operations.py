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


def _record(event: Event, message: OutboxMessage, by: User, at: datetime) -> None:
    detail = {"message": message.pk, "kind": kind_of(message.kind).label}
    subject = message.about or f"outbox/{message.pk}"
    record_event(event=event, by=by, at=at, subject=subject, detail=detail)
