"""Requests in every state that a measure of them could tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, product

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import ContactTask, Despatch, FoiRequest, LapseWarning, ReturnReason
from requests_app.operations.advice import advice_came
from requests_app.operations.consultation import place_hold
from requests_app.operations.delivery import record_letter_returned, send_letter_again
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import submit_letter
from requests_app.rules.casework.workflow import OPEN_STATUSES, WAITING_STATUSES, Outcome, Status
from tests import factories
from tests.factories import Staff, person
from tests.requests_app.operations.part_refusal import AT, WORKED, approved_part_refusal, drafted_part_refusal

#: A Sunday.
TODAY = date(2026, 11, 29)
_DUE = (None, -2, -1, 0, 1)


@dataclass(frozen=True)
class People:
    """Those who took part in deciding some of the requests, and one who did not."""

    officer: User
    decision_maker: User
    outsider: User

    @property
    def everybody(self) -> Sequence[User]:
        return (self.officer, self.decision_maker, self.outsider)


def measured_requests() -> People:
    """Make requests of every status, due day and officer, and some whose letters wait to be approved or issued."""
    staff = factories.staff()
    people = People(staff.officer, staff.decision_maker, person(Role.DECISION_MAKER))
    numbers = count(3001)
    cases = [
        _request(next(numbers), status, days, officer, by=staff.intake)
        for status, days, officer in product(
            Status, _DUE, (None, people.officer, people.decision_maker, people.outsider)
        )
    ]
    FoiRequest.objects.bulk_create(cases)
    LapseWarning.objects.bulk_create(
        LapseWarning(foi_request=case, lapses_on=TODAY + timedelta(days=case.number % 5), warned_at=AT)
        for case in cases
        if case.status in (*WAITING_STATUSES, Status.IN_PROGRESS) and case.number % 3
    )
    for by in (staff.officer, staff.decision_maker):
        worked = drafted_part_refusal(staff)
        submit_letter(letter_id=worked.letter.pk, by=by, at=AT, today=WORKED)
    drafted_part_refusal(staff)
    approved_part_refusal(staff)
    _held(staff)
    _not_delivered(staff)
    _promised(cases, people.officer)
    return people


def _held(staff: Staff) -> None:
    """Approved, and advice is awaited; and a draft with advice that has come."""
    awaited = {"by": staff.officer, "at": AT, "awaited": "CRU log 1/26", "page": "/"}
    place_hold(case_id=approved_part_refusal(staff).case.pk, **awaited)
    advice_came(case_id=drafted_part_refusal(staff).case.pk, **awaited)


def _not_delivered(staff: Staff) -> None:
    """An answer that came back, and one that was sent again since."""
    given = {"by": staff.officer, "at": AT}
    for is_sent_again in (False, True):
        letter_id = approved_part_refusal(staff).letter.pk
        issue_letter(letter_id=letter_id, on=WORKED, despatch=Despatch.COLLECTED, **given)
        record_letter_returned(letter_id=letter_id, reason=ReturnReason.NOT_CALLED_FOR, **given)
        if is_sent_again:
            send_letter_again(letter_id=letter_id, today=WORKED, despatch=Despatch.EMAIL, **given)


def _promised(cases: Sequence[FoiRequest], officer: User) -> None:
    """Promises of days before, on and after today, on open and closed requests; some of them kept."""
    kept = {"said": "It is on its way.", "said_on": TODAY, "closed_by": officer, "closed_at": AT}
    ContactTask.objects.bulk_create(
        ContactTask(
            foi_request=case,
            promised="When the answer will be sent.",
            due_on=TODAY + timedelta(days=case.number % 4 - 2),
            promised_by=officer,
            promised_at=AT,
            **(kept if case.number % 5 == 0 else {}),
        )
        for case in cases
        if case.number % 3 == 0
    )


def _request(number: int, status: Status, days: int | None, officer: User | None, *, by: User) -> FoiRequest:
    ended = {} if status in OPEN_STATUSES else {"closed_on": TODAY, "outcome": Outcome.WITHDRAWN}
    return FoiRequest(
        number=number,
        year=2026,
        reference=f"{number}/2026",
        received_on=date(2026, 10, 5),
        channel="email",
        subject=f"{status}, due {days}, {officer}",
        words="Please send me the plan.",
        status=status,
        due_on=None if days is None else TODAY + timedelta(days=days),
        officer=officer,
        logged_by=by,
        logged_at=datetime(2026, 10, 5, 9, 0, tzinfo=UTC),
        **ended,
    )
