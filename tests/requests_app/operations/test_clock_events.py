"""The dated facts of a clock recorded, corrected and withdrawn (FOIA ss.9, 10, 17, 50 to 52; s.45 Code; EIR)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import FoiRequest, RecordedClockEvent
from requests_app.operations.clock import ask_clarification
from requests_app.operations.clock_events import (
    ClockFact,
    correct_clock_event,
    record_clock_event,
    withdraw_clock_event,
)
from requests_app.operations.rehearsal import rehearse
from requests_app.queries.clock import clock_of
from requests_app.queries.clock_history import clock_history
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.events import RecordedKind
from requests_app.rules.clock.kinds.extensions import EIR_EXTENSION, PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.kinds.regulator import DECISION_NOTICE, ENFORCEMENT_NOTICE, INFORMATION_NOTICE
from requests_app.rules.clock.kinds.related_request import RELATED_REQUEST
from requests_app.rules.clock.kinds.review import (
    REPRESENTATIONS_RECEIVED,
    REVIEW_EXTENDED,
    REVIEW_OUTCOME,
    REVIEW_RECEIVED,
)
from tests import factories
from tests.factories import Staff

from ..views.casework import with_items
from .part_refusal import WORKED, approved_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: Received on Monday 2 March 2026; St Patrick's Day (17 March) and Easter (3 and 6 April) do not count.
UNTOUCHED = date(2026, 3, 31)
TODAY = date(2026, 3, 30)
AT = factories.at(TODAY)
NOTICE = ClockFact(FEES_NOTICE, date(2026, 3, 10), amount=Decimal("35.00"))
PAID = ClockFact(FEE_RECEIVED, date(2026, 3, 16))
EXTENDED = ClockFact(PIT_EXTENSION, date(2026, 3, 26), provision="31(1)(a)", estimate=date(2026, 4, 20))


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


def _record(staff: Staff, case: FoiRequest, fact: ClockFact, **more: Any) -> RecordedClockEvent:
    given = {"by": staff.officer, "at": AT, "today": TODAY, **more}
    return record_clock_event(case_id=case.pk, fact=fact, **given)


def _stands(case: FoiRequest) -> tuple[str, date | None]:
    case.refresh_from_db()
    return case.status, case.due_on


def test_a_fees_notice_pauses_the_clock_until_payment(staff: Staff, case: FoiRequest) -> None:
    _record(staff, case, NOTICE)
    assert _stands(case) == (Status.AWAITING_FEE, None)
    assert clock_of(case, TODAY).fee_payable_by == date(2026, 6, 9)

    _record(staff, case, PAID)
    # The five working days from 10 to 16 March are not counted: 31 March and five more, past Easter.
    assert _stands(case) == (Status.IN_PROGRESS, date(2026, 4, 9))


def test_a_payment_without_a_notice_is_refused_on_its_date(staff: Staff, case: FoiRequest) -> None:
    with pytest.raises(NotPossible, match="before it was notified") as refused:
        _record(staff, case, PAID)
    assert refused.value.field == "on"
    assert not case.recorded_clock_events.exists()


def test_a_question_while_a_fee_is_awaited_comes_first(staff: Staff, case: FoiRequest) -> None:
    _record(staff, case, NOTICE)
    ask_clarification(
        case_id=case.pk, by=staff.officer, at=AT, asked_on=date(2026, 3, 12), question="Which?", today=TODAY
    )
    assert _stands(case) == (Status.AWAITING_CLARIFICATION, None)
    with pytest.raises(TransitionNotAllowed):
        _record(staff, case, NOTICE)


def test_a_public_interest_extension_leaves_the_refusal_notice_due_on_day_20(
    staff: Staff, case: FoiRequest
) -> None:
    _record(staff, case, EXTENDED)
    clock = clock_of(case, TODAY)
    assert _stands(case) == (Status.IN_PROGRESS, date(2026, 4, 20))
    assert (clock.refusal_notice_due, clock.response_due) == (UNTOUCHED, date(2026, 4, 20))


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"provision": ""}, "provision", "Name the qualified exemption"),
        ({"provision": "21(1)"}, "provision", "absolute"),
        ({"provision": "99(1)"}, "provision", "99"),
        ({"estimate": None}, "estimate", r"s\.17\(2\)"),
        ({"estimate": date(2026, 3, 31)}, "estimate", "nothing to extend"),
        ({"estimate": date(2026, 6, 30)}, "estimate", "40th working day"),
        ({"on": date(2026, 3, 1)}, "on", "when the request was received"),
        ({"on": date(2026, 3, 31)}, "on", "and today"),
    ],
)
def test_an_extension_that_cannot_be(
    staff: Staff, case: FoiRequest, change: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(NotPossible, match=message) as refused:
        _record(staff, case, ClockFact(**{**vars(EXTENDED), **change}))
    assert refused.value.field == field
    assert _stands(case) == (Status.IN_PROGRESS, UNTOUCHED)


def test_more_than_forty_working_days_take_a_reason(staff: Staff, case: FoiRequest) -> None:
    late = ClockFact(
        **{**vars(EXTENDED), "estimate": date(2026, 6, 30), "reason": "Three bodies are consulted."}
    )
    _record(staff, case, late)
    assert _stands(case)[1] == date(2026, 6, 30)


def test_each_regime_has_its_own_extension(staff: Staff) -> None:
    eir = factories.request(by=staff.intake, details={"regime": "EIR"})
    with pytest.raises(NotPossible, match="EIR know no extension"):
        _record(staff, eir, EXTENDED)
    complex_request = ClockFact(EIR_EXTENSION, date(2026, 3, 20), reason="Forty sites over ten years.")
    _record(staff, eir, complex_request)
    assert _stands(eir)[1] == date(2026, 4, 30)
    foia = factories.request(by=staff.intake)
    with pytest.raises(NotPossible, match="exists under the EIR only"):
        _record(staff, foia, complex_request)


@pytest.fixture
def answered(staff: Staff) -> FoiRequest:
    """Answered on 16 March 2026."""
    worked = approved_part_refusal(staff)
    factories.issue(staff, worked.letter, WORKED)
    return worked.case


REVIEW = ClockFact(REVIEW_RECEIVED, date(2026, 3, 18))


def _reviewed_by(person: Any, on: date = date(2026, 3, 27)) -> ClockFact:
    return ClockFact(REVIEW_OUTCOME, on, finding="partly_upheld", reviewer=person)


def test_a_review_runs_its_course_and_leaves_status_and_due_date_alone(
    staff: Staff, answered: FoiRequest
) -> None:
    before = _stands(answered)
    reviewer = factories.person(Role.REVIEWER)
    _record(staff, answered, REVIEW, by=reviewer)
    assert clock_of(answered, TODAY).review_due == date(2026, 4, 17)
    _record(staff, answered, ClockFact(REVIEW_EXTENDED, date(2026, 3, 25), reason="Two units."), by=reviewer)
    assert clock_of(answered, TODAY).review_due == date(2026, 5, 18)
    _record(staff, answered, _reviewed_by(reviewer), by=reviewer)
    assert clock_of(answered, TODAY).ico_complaint_by == date(2026, 5, 8)
    assert _stands(answered) == before


def test_who_decided_does_not_review(staff: Staff, answered: FoiRequest) -> None:
    _record(staff, answered, REVIEW)
    with pytest.raises(NotPossible, match="took part in the decision") as refused:
        _record(staff, answered, _reviewed_by(staff.decision_maker))
    assert refused.value.field == "reviewer"


def test_an_outcome_needs_a_review_and_is_not_reviewed_again(staff: Staff, answered: FoiRequest) -> None:
    reviewer = factories.person(Role.REVIEWER)
    with pytest.raises(NotPossible, match="No review had been asked for"):
        _record(staff, answered, _reviewed_by(reviewer))
    _record(staff, answered, REVIEW)
    _record(staff, answered, _reviewed_by(reviewer))
    with pytest.raises(NotPossible, match="not reviewed again"):
        _record(staff, answered, ClockFact(REVIEW_RECEIVED, date(2026, 3, 28)))


def test_a_request_for_review_is_not_taken_from_under_its_outcome(staff: Staff, answered: FoiRequest) -> None:
    asked, reviewer = _record(staff, answered, REVIEW), factories.person(Role.REVIEWER)
    _record(staff, answered, _reviewed_by(reviewer))
    given: dict[str, Any] = {"by": staff.officer, "at": AT, "today": TODAY, "case_id": answered.pk}
    given["event_id"] = asked.pk
    with pytest.raises(NotPossible, match="the day of the outcome"):
        withdraw_clock_event(correction_reason="Not asked.", **given)
    late = ClockFact(REVIEW_RECEIVED, date(2026, 3, 28))
    with pytest.raises(NotPossible, match="the day of the outcome"):
        correct_clock_event(correction_reason="Later.", fact=late, **given)
    assert clock_of(answered, TODAY).review_due == date(2026, 4, 17)


@pytest.mark.parametrize("kind", [DECISION_NOTICE, INFORMATION_NOTICE, ENFORCEMENT_NOTICE])
def test_a_notice_names_its_day_and_opens_an_appeal(
    staff: Staff, answered: FoiRequest, kind: RecordedKind
) -> None:
    with pytest.raises(NotPossible) as refused:
        _record(staff, answered, ClockFact(kind, date(2026, 3, 20), comply_by=date(2026, 3, 19)))
    assert refused.value.field == "comply_by"
    _record(
        staff, answered, ClockFact(kind, date(2026, 3, 20), comply_by=date(2026, 4, 24), reference="IC-1")
    )
    clock = clock_of(answered, TODAY)
    assert (clock.tribunal_appeal_by, clock.comply_by) == (date(2026, 4, 17), date(2026, 4, 24))


def test_a_related_request_is_placed_in_its_window(staff: Staff, case: FoiRequest) -> None:
    _record(staff, case, ClockFact(RELATED_REQUEST, date(2026, 3, 20), reference="0099/2026"))
    reasons = [step.reason for step in clock_of(case, TODAY).steps if step.date == date(2026, 3, 20)]
    assert "within the 60 working days" in reasons[0]


def test_representations_are_answered_in_forty_working_days(staff: Staff) -> None:
    eir = factories.request(by=staff.intake, details={"regime": "EIR"})
    _record(staff, eir, ClockFact(REPRESENTATIONS_RECEIVED, date(2026, 3, 20)))
    assert clock_of(eir, TODAY).review_due == date(2026, 5, 20)


def test_a_correction_stands_in_the_place_of_the_first_recording_which_is_kept(
    staff: Staff, case: FoiRequest
) -> None:
    first = _record(staff, case, NOTICE)
    paid = _record(staff, case, PAID)
    corrected = correct_clock_event(
        case_id=case.pk, event_id=paid.pk, by=staff.officer, at=AT, today=TODAY,
        fact=ClockFact(FEE_RECEIVED, date(2026, 3, 13)), correction_reason="The bank statement says the 13th.",
    )  # fmt: skip
    assert _stands(case) == (Status.IN_PROGRESS, date(2026, 4, 8))
    assert RecordedClockEvent.objects.get(pk=paid.pk).on == date(2026, 3, 16)
    assert corrected.replaced_row == paid

    entry = next(e for e in clock_history(case) if e.event == corrected)
    assert [(r.on, r.reason) for r in entry.earlier] == [
        (date(2026, 3, 16), "The bank statement says the 13th.")
    ]
    event = timeline(case.reference).first()
    assert event is not None
    assert (event.event, event.detail["due_before"], event.detail["due_on"]) == (
        "clock_event_corrected", "2026-04-09", "2026-04-08",
    )  # fmt: skip
    with pytest.raises(NotPossible, match="corrected or withdrawn already"):
        withdraw_clock_event(
            case_id=case.pk, event_id=paid.pk, by=staff.officer, at=AT, today=TODAY, correction_reason="Again"
        )
    assert first.pk in [e.event.pk for e in clock_history(case) if e.event]


def test_what_was_withdrawn_moves_nothing_any_more(staff: Staff, case: FoiRequest) -> None:
    notice = _record(staff, case, NOTICE)

    def withdraw(recorded: RecordedClockEvent, reason: str = "It was never sent.") -> RecordedClockEvent:
        return withdraw_clock_event(
            case_id=case.pk,
            event_id=recorded.pk,
            by=staff.officer,
            at=AT,
            today=TODAY,
            correction_reason=reason,
        )

    with pytest.raises(NotPossible) as refused:
        withdraw(notice, " ")
    assert refused.value.field == "correction_reason"
    withdraw(notice)
    assert _stands(case) == (Status.IN_PROGRESS, UNTOUCHED)
    assert [e.is_withdrawn for e in clock_history(case) if e.event] == [True]


def test_a_notice_that_a_payment_rests_on_is_not_withdrawn(staff: Staff, case: FoiRequest) -> None:
    notice = _record(staff, case, NOTICE)
    _record(staff, case, PAID)
    with pytest.raises(NotPossible, match="before it was notified"), transaction.atomic():
        withdraw_clock_event(
            case_id=case.pk, event_id=notice.pk, by=staff.officer, at=AT, today=TODAY, correction_reason="No"
        )
    assert _stands(case) == (Status.IN_PROGRESS, date(2026, 4, 9))


def test_a_fact_forgotten_is_put_on_file_after_the_answer(staff: Staff, answered: FoiRequest) -> None:
    _record(staff, answered, ClockFact(FEES_NOTICE, date(2026, 3, 5), amount=Decimal(10)))
    _record(staff, answered, ClockFact(FEE_RECEIVED, date(2026, 3, 6)))
    assert _stands(answered) == (Status.CLOSED, date(2026, 4, 2))
    with pytest.raises(NotPossible, match="after the response"):
        _record(staff, answered, EXTENDED)


@pytest.mark.parametrize("role", [Role.INTAKE, Role.CRU_ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not(staff: Staff, case: FoiRequest, role: Role) -> None:
    for fact in (NOTICE, REVIEW):
        with pytest.raises(NotPermitted):
            _record(staff, case, fact, by=factories.person(role))


def test_a_reviewer_records_reviews_alone(staff: Staff, case: FoiRequest) -> None:
    with pytest.raises(NotPermitted):
        _record(staff, case, NOTICE, by=factories.person(Role.REVIEWER))


def test_who_may_not_record_it_may_not_put_it_right_either(staff: Staff, case: FoiRequest) -> None:
    notice = _record(staff, case, NOTICE)
    given: dict[str, Any] = {"case_id": case.pk, "event_id": notice.pk, "at": AT, "today": TODAY}
    given |= {"by": factories.person(Role.REVIEWER), "correction_reason": "A slip."}
    with pytest.raises(NotPermitted):
        correct_clock_event(fact=NOTICE, **given)
    with pytest.raises(NotPermitted):
        withdraw_clock_event(**given)
    assert _stands(case) == (Status.AWAITING_FEE, None)


def test_of_two_officers_the_second_is_told(staff: Staff, case: FoiRequest) -> None:
    _record(staff, case, NOTICE, seen_version=case.version)
    with pytest.raises(CaseChanged):
        _record(staff, case, NOTICE, seen_version=case.version)
    assert case.recorded_clock_events.count() == 1


def test_the_database_keeps_what_was_recorded(staff: Staff, case: FoiRequest) -> None:
    recorded = _record(staff, case, NOTICE)
    for statement in (
        "UPDATE requests_app_recordedclockevent SET \"on\" = '2026-03-11'",
        "DELETE FROM requests_app_recordedclockevent",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError, match="has_reason"), transaction.atomic():
        RecordedClockEvent.objects.create(
            foi_request=case,
            kind=recorded.kind,
            on=recorded.on,
            recorded_by=staff.officer,
            recorded_at=AT,
            replaced_row=recorded,
        )


@pytest.fixture
def _untouched(case: FoiRequest) -> Iterator[None]:
    """Nothing of the request or its trail is changed by the test."""
    before = (case.version, timeline(case.reference).count())
    yield
    case.refresh_from_db()
    assert (case.version, timeline(case.reference).count()) == before


@pytest.mark.usefixtures("_untouched")
def test_a_rehearsal_shows_the_dates_and_changes_nothing(staff: Staff, case: FoiRequest) -> None:
    found = rehearse(lambda: _record(staff, case, NOTICE), case_id=case.pk, today=TODAY)
    assert (found.before.response_due, found.after.response_due) == (UNTOUCHED, None)
    assert (found.status_before, found.status_after) == (Status.IN_PROGRESS, Status.AWAITING_FEE)
    assert not RecordedClockEvent.objects.exists()
    with pytest.raises(NotPossible):
        rehearse(lambda: _record(staff, case, PAID), case_id=case.pk, today=TODAY)
