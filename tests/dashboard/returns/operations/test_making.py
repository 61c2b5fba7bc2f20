"""Making a return: what it keeps, what it refuses, how many statements it takes, and that it stays as it was."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dashboard.returns.kinds import BY_CODE, KINDS
from dashboard.returns.kinds.periods import latest_period
from dashboard.returns.models import CountedCases, Return
from dashboard.returns.operations.making import count_again, make_return
from dashboard.returns.queries.changes import explained, line_changes
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.statistics.periods import quarter
from requests_app.models import FoiRequest
from requests_app.operations.intake import write_note
from requests_app.rules.casework.workflow import Outcome, Status
from tests import factories
from tests.dashboard.returns import population
from tests.dashboard.returns.population import AT, TODAY
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

SUMMER = quarter(2026, 7)


@pytest.fixture
def staff() -> factories.Staff:
    return factories.staff()


def made(kind: str = "s45") -> Return:
    return make_return(by=person(Role.MANAGER), at=AT, kind=BY_CODE[kind], period=SUMMER)


def numbers(of: Return) -> dict[str, int | None]:
    return {row.code: row.number for row in Return.objects.get(pk=of.pk).statement.rows()}


def test_the_figures_of_a_quarter(staff: factories.Staff) -> None:
    population.quarter(staff)
    found = numbers(made())
    expected = {
        "open_at_start": 1, "received": 8, "closed": 5, "closed_unanswered": 1, "withdrawn": 1, "open_at_end": 4,
        "unanswered_at_end": 4, "unanswered_stopped": 1, "unanswered_extended": 0, "unanswered_running": 3,
        "answered": 4, "answered_in_20": 2, "answered_extended": 1, "answered_late": 1,
        "answered_granted": 1, "answered_in_part": 1, "refused_in_full": 1, "answered_not_held": 1,
        "reviews_received": 1, "reviews_upheld": 1, "complaints": 1,
    }  # fmt: skip
    assert {code: found[code] for code in expected} == expected


def test_the_columns_of_the_cabinet_office(staff: factories.Staff) -> None:
    population.quarter(staff)
    of = made("cabinet-office")
    found = numbers(of)
    expected = {
        "total_requests_received": 8, "requests_processed": 4, "requests_on_hold_or_lapsed": 2,
        "requests_still_being_processed": 2, "requests_handled_under_eirs": 1,
        "total_requests_received_excluding_on_hold_and_lapsed": 6, "20_day_deadline_met": 2,
        "permitted_extension_to_20_day_deadline": 1, "late_response_i_e_20_day_deadline_missed": 2, "not_yet_due": 1,
        "requests_where_information_not_held": 1, "total_resolvable_requests": 5,
        "initial_outcome_partially_withheld": 1, "initial_outcome_fully_withheld": 2,
        "fully_refused_exemption": 2, "s_40_personal_information": 2, "s_31_law_enforcement": 1,
        "number_of_requests_where_an_exemption_was_claimed": 2, "total_section_21_exemptions_used": 1,
        "s21_fully_exempt": 1, "s21_partly_exempt": 0, "pit_total_requests_extended": 1, "pit_16_to_20": 1,
        "ir_number_upheld_in_full": 1, "ico_number_upheld_in_full": None, "fully_refused_vexatious": None,
    }  # fmt: skip
    assert {code: found[code] for code in expected} == expected
    in_time = of.statement.row(
        "percentage_of_requests_in_time_i_e_meeting_deadline_or_with_permitted_extension"
    )
    assert (in_time.number, in_time.of, in_time.percent) == (3, 6, "50.0%")


def still_owed() -> list[dict[str, Any]]:
    """Requests owed on the as-at day: due that day, extended, overdue though extended, missed before a question."""
    owed = {"received_on": date(2026, 9, 20), "status": Status.IN_PROGRESS}
    extended = {**owed, "extended_on": date(2026, 10, 1)}
    return [
        {**owed, "limit_on": TODAY},
        {**extended, "limit_on": TODAY},
        {**extended, "limit_on": TODAY - timedelta(days=1)},
        {**owed, "limit_on": TODAY + timedelta(days=9), "missed_on": date(2026, 10, 18)},
    ]


def test_timeliness_adds_up_to_the_total_with_what_is_still_owed(staff: factories.Staff) -> None:
    population.quarter(staff)
    population.stored(staff, still_owed())
    found = numbers(made("cabinet-office"))
    parts = {
        "20_day_deadline_met": 2, "permitted_extension_to_20_day_deadline": 2,
        "late_response_i_e_20_day_deadline_missed": 4, "not_yet_due": 2,
    }  # fmt: skip
    assert {code: found[code] for code in parts} == parts
    assert found["total_requests_received_excluding_on_hold_and_lapsed"] == sum(parts.values())
    assert found["in_time"] == 4


def test_outcomes_add_up_to_what_is_resolvable(staff: factories.Staff) -> None:
    population.quarter(staff)
    day = date(2026, 7, 20)
    population.stored(staff, [population.closed(day, day, outcome) for outcome in Outcome])
    found = numbers(made("cabinet-office"))
    parts = {
        "initial_outcome_granted_in_full", "initial_outcome_partially_withheld",
        "initial_outcome_fully_withheld", "initial_outcome_response_not_yet_provided", "otherwise",
    }  # fmt: skip
    assert all(found[code] for code in parts)
    assert found["total_resolvable_requests"] == sum(found[code] or 0 for code in parts)
    less = {"total_resolvable_requests", "requests_where_information_not_held", "outside"}
    assert found["total_requests_received_excluding_on_hold_and_lapsed"] == sum(
        found[code] or 0 for code in less
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_line_is_the_number_of_the_requests_kept_for_it(staff: factories.Staff, kind: Any) -> None:
    population.quarter(staff)
    period = latest_period(kind.length, TODAY, 4)
    of = make_return(by=person(Role.MANAGER), at=AT, kind=kind, period=period)
    kept = dict(CountedCases.objects.filter(counted_in=of).values_list("line", "cases"))
    for row in of.statement.rows():
        if row.opens:
            assert row.number == len(kept[row.opens]) == len(set(kept[row.opens])), row.code
        else:
            assert row.why_not, row.code
            assert row.number is None


def test_opening_and_received_less_closed_is_closing(staff: factories.Staff) -> None:
    population.quarter(staff)
    balance = made().statement.balance
    assert balance.holds
    assert (
        balance.words == "1 open at the start + 8 received − 5 closed = 4, as many as were open at the end."
    )


def test_what_does_not_add_up_is_marked_and_named(staff: factories.Staff) -> None:
    """A date corrected by hand: closed before it was received."""
    (wrong,) = population.stored(
        staff,
        [
            {
                "received_on": date(2026, 8, 1),
                "closed_on": date(2026, 5, 1),
                "outcome": Outcome.WITHDRAWN,
                "status": Status.CLOSED,
            }
        ],
    )
    of = made()
    balance = of.statement.balance
    assert not balance.holds
    assert balance.upset == (wrong.reference,)
    assert balance.words == "0 open at the start + 1 received − 0 closed = 1, but 0 were open at the end."
    assert Entry.objects.get(event="return_made").detail["balances"] is False


def test_a_return_cannot_be_changed(staff: factories.Staff) -> None:
    of = made()
    for rows in (Return.objects.filter(pk=of.pk), CountedCases.objects.filter(counted_in=of)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(id=0)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_period_that_is_not_over_is_refused(staff: factories.Staff) -> None:
    with pytest.raises(NotPossible, match="The period ends on 31 December 2026"):
        make_return(by=person(Role.MANAGER), at=AT, kind=BY_CODE["s45"], period=quarter(2026, 10))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_those_who_oversee_make_one(staff: factories.Staff, role: Role) -> None:
    with pytest.raises(NotPermitted):
        make_return(by=person(role), at=AT, kind=BY_CODE["s45"], period=SUMMER)


def test_counted_again_nothing_changes_unless_something_is_recorded(staff: factories.Staff) -> None:
    population.quarter(staff)
    first = made()
    again = count_again(by=person(Role.MANAGER), at=AT + timedelta(days=40), return_id=first.pk)
    assert again.again_of == first
    assert [change.row.code for change in line_changes(first, again)] == []


def test_counted_again_it_says_which_requests_came_and_went_and_why(staff: factories.Staff) -> None:
    cases = population.quarter(staff)
    first = made()
    late, gone = cases[7], cases[1]
    FoiRequest.objects.filter(pk=late.pk).update(responded_on=date(2026, 9, 20), answer_days=57)
    FoiRequest.objects.filter(pk=gone.pk).update(responded_on=date(2026, 7, 8), received_on=date(2026, 6, 8))
    write_note(case_id=late.pk, by=staff.officer, at=datetime.now(UTC), text="Sent on 20 September.")
    again = count_again(by=person(Role.MANAGER), at=datetime.now(UTC) + timedelta(days=1), return_id=first.pk)
    changes = {change.row.code: change for change in line_changes(first, again)}
    assert changes["answered_late"].entered == (late.pk,)
    assert changes["received"].left == (gone.pk,)
    assert (changes["received"].before, changes["received"].row.number) == (8, 7)
    known = {case.pk: case for case in cases}
    why = explained([("Answered late", late.pk, True)], known, before=first, after=again)
    assert [event.event for event in why[0].events] == ["note_written"]
    detail = Entry.objects.get(event="return_counted_again").detail
    assert (detail["again_of"], detail["changed"]) == (first.pk, len(changes))


def test_it_takes_as_many_statements_for_many_requests(
    staff: factories.Staff, django_assert_max_num_queries: Any
) -> None:
    manager, taken = person(Role.MANAGER), []
    made()  # the calendar is read once a process
    for copies in (1, 12):
        for _ in range(copies):
            population.quarter(staff)
        with django_assert_max_num_queries(40) as counted:
            make_return(by=manager, at=AT, kind=BY_CODE["s45"], period=SUMMER)
        taken.append(len(counted))
    assert taken[0] == taken[1]
