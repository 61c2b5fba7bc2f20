"""Open requests follow the calendar: all of them at once, each as it would be alone."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged
from foitracker.working_days.calendar import NATIONS
from foitracker.working_days.operations.calendar import calendar_with, confirm_proposals, propose_by_hand
from foitracker.working_days.queries import (
    current_calendar,
    forget_calendar,
    holidays_in_force,
    latest_change,
)
from requests_app.models import DueDateChange, FoiRequest
from requests_app.operations import due_dates
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.operations.closure import close_unanswered
from requests_app.operations.due_dates import acknowledge_moved_dates, recompute_open_requests
from requests_app.operations.intake import assign
from requests_app.queries import due_dates as reading
from requests_app.queries.clock import clock_events, clock_of
from requests_app.queries.due_dates import effect_of, moved_due_dates, requests_behind
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.statutory_clock import response_due
from tests import factories
from tests.requests_app.many_requests import many_requests

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 11)


@pytest.fixture
def manager() -> User:
    return factories.person(Role.MANAGER)


def change_calendar(manager: User, *days: date, kind: str = "addition", division: str = "scotland") -> None:
    made = [
        propose_by_hand(
            by=manager, at=AT, kind=kind, day=day, divisions=[division], title="Jubilee", reason="Proclaimed."
        )[0]
        for day in days
    ]
    confirm_proposals(by=manager, at=AT, ids=[proposal.pk for proposal in made])
    forget_calendar()


def request_of(officer: User, received_on: date = date(2026, 11, 2)) -> FoiRequest:
    at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    case = factories.request(received_on=received_on, at=at)
    return assign(case_id=case.pk, by=officer, at=at, officer=officer)


def test_a_due_date_moves_is_recorded_and_told(manager: User) -> None:
    officer = factories.person(Role.OFFICER)
    case = request_of(officer)
    assert case.due_on == date(2026, 12, 1)  # 30 November is a bank holiday in Scotland
    change_calendar(manager, DAY)
    result = recompute_open_requests(at=AT)
    assert (result.looked_at, result.moved, result.not_possible) == (1, 1, ())
    before, version = case.version, current_calendar().version
    case.refresh_from_db()
    assert (case.due_on, case.calendar_version, case.version) == (date(2026, 12, 2), version, before + 1)
    entry = timeline(case.reference).first()
    assert entry is not None
    assert (entry.event, entry.actor) == ("due_date_moved", None)
    assert entry.detail == {
        "due_before": "2026-12-01",
        "due_after": "2026-12-02",
        "calendar_version": version,
        "version": case.version,
    }
    (told,) = moved_due_dates(officer.pk)
    assert (told.foi_request, told.due_before, told.due_after) == (case, date(2026, 12, 1), date(2026, 12, 2))
    call_command("verify_audit")


def test_an_officer_who_had_the_page_open_is_told(manager: User) -> None:
    officer = factories.person(Role.OFFICER)
    case = request_of(officer)
    change_calendar(manager, DAY)
    recompute_open_requests(at=AT)
    with pytest.raises(CaseChanged):
        assign(case_id=case.pk, by=officer, at=AT, officer=officer, seen_version=case.version)


def test_running_twice_changes_nothing(manager: User) -> None:
    request_of(factories.person(Role.OFFICER))
    change_calendar(manager, DAY)
    recompute_open_requests(at=AT)
    before = list(FoiRequest.objects.values())
    again = recompute_open_requests(at=AT)
    assert (again.looked_at, again.moved) == (0, 0)
    assert list(FoiRequest.objects.values()) == before
    assert DueDateChange.objects.count() == 1


def test_what_does_not_move_gets_the_version_and_no_entry(manager: User) -> None:
    case = request_of(factories.person(Role.OFFICER))
    change_calendar(manager, date(2027, 6, 7))
    result = recompute_open_requests(at=AT)
    assert (result.looked_at, result.moved) == (1, 0)
    version = case.version
    case.refresh_from_db()
    assert (case.calendar_version, case.version) == (current_calendar().version, version)
    assert not timeline(case.reference).filter(event="due_date_moved").exists()


def test_what_is_answered_or_closed_keeps_the_date_it_was_judged_by(manager: User) -> None:
    officer = factories.person(Role.OFFICER)
    closed, reopened, still_open = (request_of(officer) for _ in range(3))
    FoiRequest.objects.filter(pk=closed.pk).update(
        status="closed", outcome="disclosed", closed_on=date(2026, 11, 16), responded_on=date(2026, 11, 16)
    )
    FoiRequest.objects.filter(pk=reopened.pk).update(responded_on=date(2026, 11, 16))
    change_calendar(manager, DAY)
    assert recompute_open_requests(at=AT).looked_at == 1
    for case in (closed, reopened):
        due_on, version = case.due_on, case.calendar_version
        case.refresh_from_db()
        assert (case.due_on, case.calendar_version) == (due_on, version)
        assert clock_of(case, date(2026, 11, 20)).response_due == due_on, "and its working shows it"
    still_open.refresh_from_db()
    assert still_open.due_on == date(2026, 12, 2)


def test_a_lapsed_request_that_is_opened_again_follows_the_calendar_now_in_force(manager: User) -> None:
    """It was closed with the calendar of its day; the answer is a new receipt, counted as any other."""
    officer = factories.person(Role.OFFICER)
    case, asked_on = request_of(officer, date(2026, 8, 3)), date(2026, 8, 5)
    answered_on, today = date(2026, 11, 9), AT.date()
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=asked_on, question="Which plan?", today=today
    )
    close_unanswered(
        case_id=case.pk, by=officer, at=AT, on=date(2026, 11, 6), outcome=Outcome.LAPSED, reason="No answer."
    )
    change_calendar(manager, DAY)
    assert recompute_open_requests(at=AT).looked_at == 0
    answer_clarification(
        case_id=case.pk,
        by=officer,
        at=AT,
        answered_on=answered_on,
        answer="That of 2025.",
        effect=ClockEffect.RESTARTS,
        effect_reason="It was not clear before.",
        excluded_item_ids=[],
        today=today,
    )
    before = case.calendar_version
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 9), "11 and 30 November do not count"
    assert case.calendar_version == current_calendar().version != before
    assert recompute_open_requests(at=AT).looked_at == 0, "nothing is left to be put right later"


def test_a_request_that_cannot_be_computed_stops_no_other(manager: User) -> None:
    """Dates outside any calendar, put there without the operations."""
    first, odd, last = (request_of(factories.person(Role.OFFICER)) for _ in range(3))
    FoiRequest.objects.filter(pk=odd.pk).update(received_on=date(2045, 1, 1))
    change_calendar(manager, DAY)
    result = recompute_open_requests(at=AT)
    assert (result.looked_at, result.moved, result.not_possible) == (3, 2, (odd.reference,))
    odd.refresh_from_db()
    assert odd.due_on == first.due_on
    last.refresh_from_db()
    assert last.due_on == date(2026, 12, 2)


def test_after_a_crash_in_the_middle_the_next_run_does_the_rest(
    manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_requests(30, by=manager)
    monkeypatch.setattr(reading, "CHUNK", 10)
    real, done = due_dates.record_events, []

    def dies_in_the_second_chunk(**arguments: object) -> int:
        done.append(arguments)
        if len(done) == 2:
            raise MemoryError
        return real(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(due_dates, "record_events", dies_in_the_second_chunk)
    with pytest.raises(MemoryError):
        recompute_open_requests(at=AT)
    version = current_calendar().version
    assert requests_behind(version).count() == 20
    monkeypatch.setattr(due_dates, "record_events", real)
    assert recompute_open_requests(at=AT).looked_at == 20
    assert requests_behind(version).count() == 0
    assert DueDateChange.objects.count() == FoiRequest.objects.filter(due_on__isnull=False).count()
    call_command("verify_audit")


def test_statements_do_not_grow_with_the_requests(
    manager: User, django_assert_max_num_queries: object
) -> None:
    many_requests(1500, by=manager)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert recompute_open_requests(at=AT).looked_at == 1500


@pytest.mark.slow
def test_thousands_of_open_requests_follow_in_one_pass(manager: User) -> None:
    many_requests(4000, by=manager, officers=[manager])
    recompute_open_requests(at=AT)
    change_calendar(manager, DAY)
    result = recompute_open_requests(at=AT)
    assert result.looked_at == 4000
    assert result.moved > 2000


def test_an_officer_takes_what_they_have_seen_off_the_list(manager: User) -> None:
    officer, other = factories.person(Role.OFFICER), factories.person(Role.OFFICER)
    request_of(officer)
    change_calendar(manager, DAY)
    recompute_open_requests(at=AT)
    ids = [told.pk for told in moved_due_dates(officer.pk)]
    assert acknowledge_moved_dates(by=other, at=AT, ids=ids) == 0
    assert acknowledge_moved_dates(by=officer, at=AT, ids=ids) == 1
    assert acknowledge_moved_dates(by=officer, at=AT, ids=ids) == 0
    assert list(moved_due_dates(officer.pk)) == []


def test_who_takes_a_request_over_is_told(manager: User) -> None:
    first, second = factories.person(Role.OFFICER), factories.person(Role.OFFICER)
    case = request_of(first)
    change_calendar(manager, DAY)
    recompute_open_requests(at=AT)
    assign(case_id=case.pk, by=manager, at=AT, officer=second)
    assert (len(moved_due_dates(first.pk)), len(moved_due_dates(second.pk))) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_an_act_on_a_request_meanwhile_is_not_lost(manager: User) -> None:
    """The officer holds the request; the pass waits for it and works from what the officer left."""
    officer = factories.person(Role.OFFICER)
    case = request_of(officer)
    change_calendar(manager, DAY)
    held, results = threading.Event(), []

    def recompute() -> None:
        held.wait(timeout=10)
        results.append(recompute_open_requests(at=AT))
        connection.close()

    pass_over = threading.Thread(target=recompute)
    pass_over.start()
    with transaction.atomic():
        locked = FoiRequest.objects.select_for_update().get(pk=case.pk)
        held.set()
        time.sleep(0.3)
        locked.received_on = date(2026, 11, 3)
        locked.save()
    pass_over.join(timeout=30)
    assert results[0].moved == 1
    case.refresh_from_db()
    assert case.due_on == date(2026, 12, 3)


DAYS = st.dates(date(2026, 10, 1), date(2027, 3, 31))


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days=st.sets(DAYS, min_size=1, max_size=4), division=st.sampled_from(sorted(NATIONS)))
def test_all_at_once_is_the_same_as_one_by_one(manager: User, days: set[date], division: str) -> None:
    """And no holiday that is added makes a due date earlier; the effect shown before is what happens."""
    with transaction.atomic():
        if not FoiRequest.objects.exists():
            many_requests(60, by=manager, days=40)
            recompute_open_requests(at=AT)
        before = dict(FoiRequest.objects.values_list("pk", "due_on"))
        known = {h.key for h in holidays_in_force()}
        new = sorted(day for day in days if (day, division) not in known)
        if new:
            made = [
                propose_by_hand(
                    by=manager, at=AT, kind="addition", day=day, divisions=[division], title="X", reason="Y"
                )[0]
                for day in new
            ]
            expected = effect_of(calendar_with(made)[0], new, examples=0)
            confirm_proposals(by=manager, at=AT, ids=[proposal.pk for proposal in made])
            forget_calendar()
            calendar = current_calendar()
            result = recompute_open_requests(at=AT)
            assert (result.looked_at, result.moved) == (60, expected.moved)
            for case in FoiRequest.objects.all():
                assert case.due_on == response_due(case.received_on, clock_events(case), calendar)
                assert case.calendar_version == calendar.version
                if case.due_on and (earlier := before[case.pk]):
                    assert timedelta(0) <= case.due_on - earlier <= timedelta(days=14)
        transaction.set_rollback(True)
    forget_calendar()


def test_there_is_always_a_change_to_name() -> None:
    change = latest_change()
    assert change is not None
    assert change.version == current_calendar().version


@pytest.mark.parametrize(
    ("kind", "day", "estimate", "due"),
    [
        ("addition", DAY, date(2026, 12, 2), date(2026, 12, 2)),  # the 20th day comes to lie on the estimate
        ("addition", DAY, date(2026, 12, 31), date(2026, 12, 31)),
        (
            "removal",
            date(2026, 11, 30),
            date(2026, 12, 31),
            date(2026, 12, 31),
        ),  # the 40th day comes before it
    ],
)
def test_an_estimate_right_when_it_was_notified_stands_when_the_calendar_changes(
    manager: User, kind: str, day: date, estimate: date, due: date
) -> None:
    officer = factories.person(Role.OFFICER)
    case = request_of(officer)
    fact = ClockFact(PIT_EXTENSION, date(2026, 11, 4), provision="31(1)(a)", estimate=estimate)
    record_clock_event(case_id=case.pk, by=officer, at=AT, today=AT.date(), fact=fact)
    change_calendar(manager, day, kind=kind)
    assert recompute_open_requests(at=AT).not_possible == ()
    case.refresh_from_db()
    assert (case.due_on, case.calendar_version) == (due, current_calendar().version)
    assert clock_of(case, AT.date()).response_due == due
