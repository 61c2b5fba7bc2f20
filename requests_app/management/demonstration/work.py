"""Working a demonstration request through the same operations the pages call, at times long past."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from foitracker.mail.models import OutboxMessage
from requests_app.letters.kind import LetterKind
from requests_app.letters.kinds import answer_to
from requests_app.management.demonstration.authority import Staff
from requests_app.models import Applicant, Despatch, FoiRequest, Letter
from requests_app.operations.decision import ItemDraft, decide_item, record_search, set_items
from requests_app.operations.intake import Details, Identity, assign, log_request
from requests_app.operations.issue import delivery_key, issue_letter
from requests_app.operations.response import LetterText, approve_letter, draft_letter, submit_letter
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.reference import RequestReference


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """Return a time of a working day, in the morning unless told otherwise."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def log(
    staff: Staff,
    *,
    received_on: date,
    subject: str,
    words: str,
    identity: Identity,
    channel: str = "email",
    number: int | None = None,
    priority: str = "normal",
    priority_reason: str = "",
) -> FoiRequest:
    """Log a request on the day it came, or under a number it already has."""
    details = Details(
        received_on=received_on,
        channel=channel,
        subject=subject,
        designated_function="2(e)",
        priority=priority,
        priority_reason=priority_reason,
    )
    existing = RequestReference(number, received_on.year) if number else None
    return log_request(
        by=staff.intake,
        at=at(received_on, 11),
        today=received_on,
        details=details,
        words=words,
        identity=identity,
        existing=existing,
    )


def take_up(staff: Staff, case: FoiRequest, on: date) -> None:
    """Give the request to the officer."""
    assign(case_id=case.pk, by=staff.intake, at=at(on, 14), officer=staff.officer)


def split(staff: Staff, case: FoiRequest, items: Sequence[tuple[str, str]], on: date) -> dict[str, int]:
    """Make the items of a request; give their keys by label."""
    drafts = [ItemDraft(label, text) for label, text in items]
    set_items(case_id=case.pk, by=staff.officer, at=at(on, 15), items=drafts)
    return dict(case.items.values_list("label", "pk"))


def search(staff: Staff, case: FoiRequest, on: date, holding: Holding, searched: str, criteria: str) -> None:
    """Record a search and what is held."""
    record_search(
        case_id=case.pk,
        by=staff.officer,
        at=at(on, 16),
        searched=searched,
        searched_by="Central Referral Unit",
        searched_on=on,
        criteria=criteria,
        result="",
        holding=holding,
        today=on,
    )


def decide(
    staff: Staff,
    case: FoiRequest,
    decisions: Mapping[int, tuple[Disposition, str]],
    on: date,
    location: str = "",
) -> None:
    """Decide items: key to disposition and explanation."""
    for minute, (pk, (disposition, explanation)) in enumerate(decisions.items()):
        decide_item(
            case_id=case.pk,
            item_id=pk,
            by=staff.officer,
            at=at(on, 16, minute % 60),
            disposition=disposition,
            explanation=explanation,
            location=location if disposition == Disposition.ACCESSIBLE else "",
        )


def duplicate(staff: Staff, case: FoiRequest, item: int, *, of: int, on: date) -> None:
    """Decide an item as a repetition of another one."""
    decide_item(
        case_id=case.pk,
        item_id=item,
        by=staff.officer,
        at=at(on, 16, 35),
        disposition=Disposition.DUPLICATE,
        duplicate_of_id=of,
    )


def draft(
    staff: Staff, case: FoiRequest, text: LetterText, on: date, kind: LetterKind | None = None
) -> Letter:
    """Draft the letter that the decisions call for, or one of the kind given."""
    found = [Disposition(value) for value in case.items.values_list("disposition", flat=True)]
    return draft_letter(
        case_id=case.pk, by=staff.officer, at=at(on, 9), kind=kind or answer_to(outcome(found)), text=text
    )


def submit(staff: Staff, letter: Letter, on: date) -> None:
    """Submit the decision."""
    submit_letter(letter_id=letter.pk, by=staff.officer, at=at(on, 10), today=on)


def approve(staff: Staff, letter: Letter, on: date) -> None:
    """Approve it, by the second person."""
    approve_letter(letter_id=letter.pk, by=staff.decision_maker, at=at(on, 12), today=on)


def issue(staff: Staff, letter: Letter, on: date) -> Letter:
    """Issue a letter on its day. Its e-mail counts as sent that day: the demonstration mails no one."""
    by_email = bool(Applicant.objects.get(pk=letter.foi_request_id).email)
    issued = issue_letter(
        letter_id=letter.pk,
        by=staff.officer if letter.is_answer else staff.intake,
        at=at(on, 15),
        on=on,
        despatch=Despatch.EMAIL if by_email else Despatch.POST,
    )
    OutboxMessage.objects.filter(key=delivery_key(issued)).update(
        status=OutboxMessage.Status.SENT, sent_at=at(on, 15, 5), next_attempt_at=None, attempts=1
    )
    return issued


def next_day(day: date, days: int) -> date:
    """Return a later day that is not at a weekend."""
    later = day + timedelta(days=days)
    return later + timedelta(days=(8 - later.isoweekday()) if later.isoweekday() > 5 else 0)
