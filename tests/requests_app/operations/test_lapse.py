"""Requests that lapse: warned of once, closed only where the settings say so, opened again by a late answer."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.measures import LAPSING, REQUESTS, RequestView
from requests_app.models import Authority, FoiRequest, LapseWarning
from requests_app.operations.authority import change_authority
from requests_app.operations.clarification_corrections import correct_clarification
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.operations.closure import close_unanswered
from requests_app.operations.due_dates import recompute_open_requests
from requests_app.operations.lapse import Swept, sweep_lapses
from requests_app.queries.my_work import warnings_for
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.tasks import sweep_lapsing_requests
from tests import factories
from tests.factories import Staff

from ..views.casework import with_items

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ASKED = date(2026, 3, 4)
LAPSES, WARNED = date(2026, 6, 4), date(2026, 5, 21)
DAY_AFTER = date(2026, 6, 5)


@pytest.fixture
def waiting(staff: Staff) -> FoiRequest:
    case, _ = with_items(staff)
    ask_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=factories.at(ASKED),
        asked_on=ASKED,
        question="Which?",
        today=ASKED,
    )
    return case


def _sweep(on: date) -> Swept:
    return sweep_lapses(at=factories.at(on), today=on)


def _close(staff: Staff, case: FoiRequest, outcome: Outcome, on: date) -> FoiRequest:
    return close_unanswered(
        case_id=case.pk, by=staff.officer, at=factories.at(on), on=on, outcome=outcome, reason="Nothing came."
    )


def _answer(staff: Staff, case: FoiRequest, on: date, effect: ClockEffect = ClockEffect.RESTARTS) -> None:
    answer_clarification(
        case_id=case.pk, by=staff.officer, at=factories.at(on), answered_on=on, answer="The plan of 2025.",
        effect=effect, effect_reason="There are forty.", excluded_item_ids=[], today=on,
    )  # fmt: skip


def test_the_officer_is_warned_once_and_in_time(staff: Staff, waiting: FoiRequest) -> None:
    assert _sweep(date(2026, 5, 20)) == Swept(0, 0)
    version = waiting.version
    assert [_sweep(WARNED), _sweep(WARNED), _sweep(DAY_AFTER)] == [Swept(1, 0), Swept(0, 0), Swept(0, 0)]

    lapsing = REQUESTS.rows(LAPSING, RequestView(WARNED, staff.officer))
    assert [w.lapses_on for w in warnings_for(staff.officer, lapsing)] == [LAPSES]
    assert not warnings_for(staff.decision_maker, lapsing).exists()
    assert [e.event for e in timeline(waiting.reference)].count("lapse_warned") == 1
    waiting.refresh_from_db()
    assert (waiting.status, waiting.version) == (Status.AWAITING_CLARIFICATION, version + 1)  # the question


def test_the_lead_of_the_warning_and_the_time_to_lapse_are_settings(
    staff: Staff, waiting: FoiRequest
) -> None:
    Authority.objects.update(clarification_lapse_months=2, lapse_warning_days=7)
    assert _sweep(date(2026, 4, 26)) == Swept(0, 0)
    assert _sweep(date(2026, 4, 27)) == Swept(1, 0)
    assert LapseWarning.objects.get().lapses_on == date(2026, 5, 4)


def test_a_warning_goes_when_the_day_changes_or_the_answer_comes(staff: Staff, waiting: FoiRequest) -> None:
    _sweep(WARNED)
    asked = waiting.clarifications.get()
    correct_clarification(
        case_id=waiting.pk, clarification_id=asked.pk, by=staff.officer, at=factories.at(WARNED), today=WARNED,
        asked_on=date(2026, 3, 6), question=asked.question, correction_reason="Sent two days later.",
    )  # fmt: skip
    assert not LapseWarning.objects.exists()
    assert _sweep(WARNED) == Swept(0, 0)
    assert _sweep(date(2026, 5, 23)) == Swept(1, 0)
    _answer(staff, waiting, date(2026, 5, 26))
    assert not LapseWarning.objects.exists()


def test_nothing_is_closed_by_itself_unless_the_setting_says_so(staff: Staff, waiting: FoiRequest) -> None:
    assert _sweep(DAY_AFTER).closed == 0
    Authority.objects.update(closes_lapsed_requests=True)
    assert [_sweep(LAPSES).closed, _sweep(DAY_AFTER).closed, _sweep(DAY_AFTER).closed] == [0, 1, 0]
    waiting.refresh_from_db()
    assert (waiting.status, waiting.outcome, waiting.closed_on) == (Status.CLOSED, Outcome.LAPSED, DAY_AFTER)
    event = timeline(waiting.reference).first()
    assert event is not None
    assert (event.event, event.actor) == ("closed_unanswered", None)


def test_a_request_is_not_closed_as_lapsed_before_its_day(staff: Staff, waiting: FoiRequest) -> None:
    with pytest.raises(NotPossible, match="until 04/06/2026"):
        _close(staff, waiting, Outcome.LAPSED, LAPSES)
    with pytest.raises(NotPossible, match="only while a fee is awaited"):
        _close(staff, waiting, Outcome.FEE_UNPAID, DAY_AFTER)
    assert _close(staff, waiting, Outcome.LAPSED, DAY_AFTER).outcome == Outcome.LAPSED


def test_a_late_answer_opens_the_request_again_as_a_new_receipt(staff: Staff, waiting: FoiRequest) -> None:
    _close(staff, waiting, Outcome.LAPSED, DAY_AFTER)
    late = date(2026, 7, 1)
    with pytest.raises(NotPossible, match="new receipt") as refused:
        _answer(staff, waiting, late, ClockEffect.NARROWS)
    assert refused.value.field == "effect"
    _answer(staff, waiting, late)
    waiting.refresh_from_db()
    # Twenty working days after 1 July; the Twelfth is kept on Monday 13 July in Northern Ireland.
    assert (waiting.status, waiting.outcome, waiting.closed_on) == (Status.IN_PROGRESS, "", None)
    assert waiting.due_on == date(2026, 7, 30)


def test_a_withdrawn_request_is_not_opened_by_an_answer(staff: Staff, waiting: FoiRequest) -> None:
    _close(staff, waiting, Outcome.WITHDRAWN, DAY_AFTER)
    with pytest.raises(TransitionNotAllowed):
        _answer(staff, waiting, date(2026, 7, 1))


def _fee(staff: Staff, case: FoiRequest, fact: ClockFact, today: date) -> None:
    record_clock_event(case_id=case.pk, by=staff.officer, at=factories.at(today), today=today, fact=fact)


def test_a_fee_not_paid_in_three_months_ends_the_request(staff: Staff) -> None:
    case = factories.request(by=staff.intake)
    given = date(2026, 3, 10)
    _fee(staff, case, ClockFact(FEES_NOTICE, given, amount=Decimal(20)), given)
    assert _sweep(date(2026, 5, 26)).warned == 1
    with pytest.raises(NotPossible, match="until 09/06/2026"):
        _close(staff, case, Outcome.FEE_UNPAID, date(2026, 6, 9))
    _close(staff, case, Outcome.FEE_UNPAID, date(2026, 6, 10))

    late = date(2026, 6, 15)
    _fee(staff, case, ClockFact(FEE_RECEIVED, late), late)
    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.CLOSED, None)


def test_a_payment_that_had_come_in_time_opens_the_request_again(staff: Staff) -> None:
    case = factories.request(by=staff.intake)
    given, closed = date(2026, 3, 10), date(2026, 6, 10)
    _fee(staff, case, ClockFact(FEES_NOTICE, given, amount=Decimal(20)), given)
    _close(staff, case, Outcome.FEE_UNPAID, closed)
    _fee(staff, case, ClockFact(FEE_RECEIVED, date(2026, 6, 5)), closed)
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.IN_PROGRESS, "")


def test_the_other_reading_of_the_weekend_moves_open_requests_with_the_next_pass(staff: Staff) -> None:
    saturday = factories.request(by=staff.intake, received_on=date(2026, 3, 7))
    version, due = saturday.calendar_version, saturday.due_on
    change_authority(
        by=factories.person(Role.ADMINISTRATOR),
        at=factories.at(ASKED),
        values={"deems_next_working_day": True},
    )
    recompute_open_requests(at=factories.at(ASKED))
    saturday.refresh_from_db()
    assert due == date(2026, 4, 8)
    assert (saturday.due_on, saturday.calendar_version) == (date(2026, 4, 9), version)


def test_the_command_and_the_task(staff: Staff, waiting: FoiRequest) -> None:
    told = StringIO()
    call_command("sweep_lapses", on="2026-05-21", stdout=told)
    assert told.getvalue() == "Warnings given: 1. Requests closed as lapsed: 0.\n"
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        call_command("sweep_lapses", on="21/05/2026")
    sweep_lapsing_requests.apply()
    assert LapseWarning.objects.count() == 1
