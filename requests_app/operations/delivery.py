"""Delivery: a letter is sent, did not arrive, is sent again; and what follows for the request.

The Act is complied with when the answer is communicated (FOIA ss.1(1), 10(1), 17(1)). It counts from the first despatch
that did not fail; where the address was wrong that the applicant gave (s.8(1)(b)), from the first day. While there is
no such despatch the request is open and its time runs.
"""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.mail import operations as mail
from foitracker.mail.kinds import MessageKind
from foitracker.mail.models import OutboxMessage
from foitracker.mail.return_codes import Cause, cause_of
from foitracker.queues import Queue
from requests_app.events.response import ADDRESS_AT_FAULT, LETTER_NOT_DELIVERED, LETTER_SENT_AGAIN
from requests_app.letters.frozen import LetterAltered, check_as_issued
from requests_app.models import (
    COUNTS,
    Applicant,
    Despatch,
    DespatchFailure,
    FoiRequest,
    Letter,
    LetterDespatch,
    LetterStatus,
    ReturnReason,
)
from requests_app.operations.casework import lock_case, move
from requests_app.operations.clock import refresh_due
from requests_app.operations.consultation import check_no_later_advice, check_not_held
from requests_app.operations.response import check_stands, lock_letter
from requests_app.queries.identity import applicant_of
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Status, Transition


def check_address(applicant: Applicant, way: Despatch) -> None:
    """Raise NotPossible where the applicant gave no address for a way of sending."""
    needed = {
        Despatch.EMAIL: (applicant.email, "e-mail address"),
        Despatch.POST: (applicant.postal_address, "postal address"),
        Despatch.OTHER: (applicant.other_address, "other address"),
    }
    address, called = needed.get(way, ("none needed", ""))
    if not address:
        raise NotPossible(f"The applicant gave no {called}. Choose another way of sending.", field="despatch")


def despatch_letter(letter: Letter, way: Despatch, *, by: User, at: datetime, on: date) -> LetterDespatch:
    """Send an issued letter, as part of the operation that does; its e-mail leaves when that is committed.

    Raises NotPossible where there is no address for the way.
    """
    applicant = applicant_of(letter.foi_request)
    check_address(applicant, way)
    message = _queue(letter, applicant, at) if way == Despatch.EMAIL else None
    return LetterDespatch.objects.create(letter=letter, way=way, on=on, at=at, by=by, message=message)


@transaction.atomic
def send_letter_again(
    *,
    letter_id: int,
    by: User,
    at: datetime,
    today: date,
    despatch: Despatch,
    seen_version: int | None = None,
) -> LetterDespatch:
    """Send a letter that did not arrive once more, as it was issued: the same way to the address as it is now, or
    another way.

    A request that was open only because its answer had not arrived is closed again. Raises NotPossible for a letter
    that another has replaced, for one that is on its way or has gone, for one that is not as it was issued, for an
    answer while advice is awaited or to which advice came after its approval, and where there is no address for the
    way.
    """
    letter, case = lock_letter(letter_id, seen_version)
    check_can(Permission.SEND_LETTER_AGAIN, by)
    check_stands(letter, LetterStatus.ISSUED)
    try:
        check_as_issued(letter)
    except LetterAltered as altered:
        raise NotPossible(f"{altered} It is not sent. Tell your administrator.") from altered
    if letter.is_answer:
        check_not_held(case)
        check_no_later_advice(letter)
    last = letter.despatches.last()
    if last is None or not last.failure:
        raise NotPossible("The letter has gone. Record first that it did not arrive.")
    sent = despatch_letter(letter, despatch, by=by, at=at, on=today)
    _conclude(case, sent, event=LETTER_SENT_AGAIN, by=by, at=at)
    return sent


@transaction.atomic
def record_letter_returned(
    *, letter_id: int, by: User, at: datetime, reason: ReturnReason, seen_version: int | None = None
) -> LetterDespatch:
    """Record that a letter came back as it was last sent, and why.

    Raises NotPossible for one that waits in the outbox, or that is known not to have arrived already.
    """
    letter, case = lock_letter(letter_id, seen_version)
    check_can(Permission.SEND_LETTER_AGAIN, by)
    sent = letter.despatches.select_related("message").last()
    if sent is None or sent.failure:
        raise NotPossible("It is known already that this letter did not arrive. Send it again.")
    if sent.is_on_its_way:
        raise NotPossible("The letter waits to be sent, so it cannot have come back yet.")
    sent.failure, sent.failed_at = DespatchFailure.RETURNED, at
    sent.reason, sent.entered_by = ReturnReason(reason), by
    sent.save()
    if sent.message:
        mail.record_returned(message_id=sent.message.pk, by=by, at=at)
    _conclude(case, sent, event=LETTER_NOT_DELIVERED, by=by, at=at)
    return sent


@transaction.atomic
def record_address_at_fault(
    *, despatch_id: int, by: User, at: datetime, seen_version: int | None = None
) -> LetterDespatch:
    """Record that a letter did not arrive because the applicant gave a wrong address: its first day stands.

    Raises NotPossible for a despatch that did not fail, and for one of which that has been said.
    """
    letter_id = LetterDespatch.objects.values_list("letter", flat=True).get(pk=despatch_id)
    letter, case = lock_letter(letter_id, seen_version)
    check_can(Permission.WORK_CASE, by)
    sent = letter.despatches.get(pk=despatch_id)
    if not sent.failure or sent.is_address_at_fault:
        raise NotPossible("That is said of a letter that did not arrive, once. Look at the letter again.")
    sent.is_address_at_fault = True
    sent.save()
    _conclude(case, sent, event=ADDRESS_AT_FAULT, by=by, at=at)
    return sent


def follow_delivery(case: FoiRequest, *, field: str) -> None:
    """Bring the day of the answer, the status and the due date in line with what became of the despatches.

    Does not save. Raises NotPossible, on the input `field`, for days that can then not follow one another.
    """
    counting = LetterDespatch.objects.filter(COUNTS, letter__foi_request=case, letter__is_answer=True)
    case.responded_on = counting.order_by("on").values_list("on", flat=True).first()
    in_force = counting.filter(letter__status=LetterStatus.ISSUED).order_by("on")
    given_on = in_force.values_list("on", flat=True).first()
    if given_on is None and case.is_closed and case.outcome not in UNANSWERED_OUTCOMES:
        move(case, Transition.FAIL_DELIVERY)
        case.outcome, case.closed_on = "", None
    elif given_on and case.status == Status.UNDELIVERED:
        move(case, Transition.DELIVER)
        close_answered(case, given_on)
    refresh_due(case, field=field)


def close_answered(case: FoiRequest, on: date) -> None:
    """Give a request that is answered the outcome of its items, and the day. Does not save."""
    case.outcome = outcome(Disposition(d) for d in case.items.values_list("disposition", flat=True))
    case.closed_on = on


def _conclude(
    case: FoiRequest,
    sent: LetterDespatch,
    *,
    event: Event,
    by: User | None,
    at: datetime,
    **facts: object,
) -> None:
    """Let the request follow what became of a despatch, and keep the trail."""
    was_closed = case.is_closed
    if sent.letter.is_answer:
        try:
            follow_delivery(case, field="reason")
        except NotPossible:
            if by is not None:
                raise
            # The mail server's word is kept whatever else is recorded; the due date stays what it was.
    detail: dict[str, object] = {
        "kind": sent.letter.kind,
        "despatch": sent.way,
        "sent_on": sent.on,
        "reopened": was_closed and not case.is_closed,
        "closed": case.is_closed and not was_closed,
        **facts,
    }
    if event == LETTER_NOT_DELIVERED:
        detail |= {"failure": sent.failure, "reason": sent.reason}
    save_with_event(case, event=event, by=by, at=at, detail=detail)


def delivery_key(letter: Letter) -> str:
    """Return the key under which the outbox holds a letter's e-mail."""
    return f"letter-{letter.pk}"


def _queue(letter: Letter, applicant: Applicant, at: datetime) -> OutboxMessage:
    """Queue the e-mail of a letter: the first, or the one before it once more, to the address as it is now."""
    before = LetterDespatch.objects.filter(letter=letter, message__isnull=False).last()
    if before and before.message:
        _check_attachment(before.message, letter)
        try:
            return mail.send_again(message_id=before.message.pk, to=applicant.email, at=at)
        except mail.NotDelivered as refusal:
            raise NotPossible(str(refusal), field="despatch") from refusal
    case, reference = letter.foi_request, letter.foi_request.reference
    return mail.queue_message(
        kind=LETTER,
        about=reference,
        page=reverse("requests_app:letter", args=[case.year, case.number, letter.pk]),
        key=delivery_key(letter),
        to=applicant.email,
        subject=f"Your request for information, our reference {reference}",
        body=(
            f"Our letter about your request {reference} is attached as a PDF.\n\n"
            "If you cannot open it, reply to this message and we will send it in another form.\n"
        ),
        attachments=[
            (f"letter-{reference.replace('/', '-')}.pdf", bytes(letter.pdf or b""), "application/pdf")
        ],
        at=at,
    )


def _check_attachment(message: OutboxMessage, letter: Letter) -> None:
    """Raise NotPossible where an e-mail does not hold the PDF that was issued."""
    sums = [sha256(bytes(one.content)).hexdigest() for one in message.attachments.all()]
    if sums != [letter.sha256]:
        raise NotPossible(
            "The PDF of the earlier e-mail is not the one that was issued. Send the letter another way."
        )


def _undelivered(message: OutboxMessage, at: datetime) -> None:
    """Record that a mail server refused a letter or sent it back, in the transaction in which that is recorded of its
    e-mail.

    Nothing here is refused: a message whose failure could not be recorded would be tried for ever.
    """
    found = LetterDespatch.objects.filter(message=message).values_list("pk", "letter__foi_request").first()
    if found is None:
        return
    case = lock_case(pk=found[1])
    sent = LetterDespatch.objects.select_related("letter").get(pk=found[0])
    if sent.failure:
        return
    sent.failure, sent.failed_at = DespatchFailure.REFUSED, at
    if message.return_code:
        sent.failure, sent.reason = DespatchFailure.RETURNED, _REASONS[cause_of(message.return_code)]
    sent.save()
    said = message.return_code or message.last_error
    _conclude(case, sent, event=LETTER_NOT_DELIVERED, by=None, at=at, error=said)


#: Why a letter came back, by what the mail server meant.
_REASONS = {
    Cause.NO_ADDRESS: ReturnReason.NO_ADDRESS,
    Cause.FULL: ReturnReason.FULL,
    Cause.NOT_TAKEN: ReturnReason.NOT_TAKEN,
}


LETTER = MessageKind(
    "letter",
    "Letter to the applicant",
    resent_by=Permission.SEND_LETTER_AGAIN,
    lane=Queue.LETTERS,
    undelivered=_undelivered,
    again_url=lambda message: f"{message.page}again/",  # below the page of the letter
    returned_url=lambda message: f"{message.page}returned/",
)
