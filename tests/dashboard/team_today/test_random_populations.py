"""Random requests, on any day: every figure of open requests is what is counted one by one, by the predicates."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.team_today.caseload import REQUEST_SHEET, caseload
from dashboard.team_today.charts import columns, due_days
from dashboard.team_today.open_requests import AGE_BANDS, LATE_BANDS, count_open
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.measures import (
    ANSWER_WAITS,
    ANSWERED_IN_DRAFT,
    AWAITING_APPROVAL,
    CLOCK_STOPPED,
    DUE_NEXT,
    IN_TIME,
    NOT_DRAFTED,
    NOT_STARTED,
    OPEN,
    OVERDUE,
    TO_ISSUE,
    UNASSIGNED,
    WORKED_ON,
    RequestView,
)
from requests_app.models import FoiRequest, SearchRecord
from requests_app.rules.casework.workflow import OPEN_STATUSES, Outcome, Status
from tests import factories
from tests.factories import AT, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: Around Easter and its bank holidays.
FIRST, LAST = date(2026, 3, 27), date(2026, 4, 8)
TODAY = st.dates(FIRST, LAST)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(list(Status)),
        st.none() | st.integers(-60, 60),  # due, in days from FIRST
        st.integers(0, 260),  # received, so many days before
        st.integers(0, 2),  # whose: nobody's, or one of two people, the second of whom has left
        st.booleans(),  # whether a search is recorded
    ),
    max_size=14,
)


@pytest.fixture
def people() -> tuple[User, User, User]:
    """An officer, one who has left, and who logs."""
    factories.authority()
    return person(Role.OFFICER), person(Role.OFFICER, is_active=False), person(Role.INTAKE)


def _store(rows: Any, people: tuple[User, User, User]) -> None:
    for number, (status, due, before, whose, is_begun) in enumerate(rows, start=1001):
        ended = {} if status in OPEN_STATUSES else {"closed_on": FIRST, "outcome": Outcome.WITHDRAWN}
        case = FoiRequest.objects.create(
            number=number,
            year=2026,
            reference=f"{number}/2026",
            status=status,
            due_on=None if due is None else FIRST + timedelta(days=due),
            received_on=FIRST - timedelta(days=before),
            officer=(None, *people)[whose],
            channel="email",
            subject="Plan",
            words="Please send me the plan.",
            logged_by=people[2],
            logged_at=AT,
            **ended,
        )
        if is_begun:
            SearchRecord.objects.create(
                foi_request=case,
                searched="Shared drive",
                searched_by="Patrol team",
                searched_on=FIRST,
                criteria="Patrol",
                recorded_by=people[2],
                recorded_at=AT,
            )


def _lies_in(days: int, band: tuple[int, int | None]) -> bool:
    return band[0] <= days and (band[1] is None or days <= band[1])


def _check(view: RequestView, people: tuple[User, User, User]) -> None:
    open_ = [case for case in FoiRequest.objects.all() if not case.is_closed]
    found = count_open(view)
    counted = (OPEN, OVERDUE, DUE_NEXT, UNASSIGNED, ANSWER_WAITS, CLOCK_STOPPED, AWAITING_APPROVAL, TO_ISSUE)
    for measure in counted:
        assert found[measure.code] == sum(measure.holds(case, view) for case in open_), measure.code
    next_ = [case for case in open_ if DUE_NEXT.holds(case, view)]
    assert found["undrafted"] == sum(NOT_DRAFTED.holds(case, view) for case in next_)
    assert found["due_next_of_nobody"] == sum(case.officer_id is None for case in next_)
    late = [
        view.calendar.count_working_days(case.due_on, view.today)
        for case in open_
        if OVERDUE.holds(case, view) and case.due_on
    ]
    for number, band in enumerate(LATE_BANDS):
        assert found[f"late_{number}"] == sum(_lies_in(days, band) for days in late), band
    ages = [view.calendar.count_working_days(case.received_on, view.today) for case in open_]
    for number, band in enumerate(AGE_BANDS):
        assert found[f"aged_{number}"] == sum(_lies_in(days, band) for days in ages), band
    _check_days(view, open_, found)
    _check_people(view, open_, people)


def _check_days(view: RequestView, open_: list[FoiRequest], found: dict[str, Any]) -> None:
    """A column has what is due on its working day and on the days off up to the next; the first, what comes before."""
    calendar = view.calendar
    in_time = [case for case in open_ if IN_TIME.holds(case, view)]
    due = due_days(view, found, AT)
    shown = [column.day for column in columns(view)]
    assert [day for day in shown if not calendar.is_working_day(day)] == []
    assert calendar.count_working_days(view.today, shown[-1]) == 20
    for place, measure in enumerate((NOT_STARTED, WORKED_ON, ANSWERED_IN_DRAFT), start=1):
        expected = [0] * len(shown)
        for case in in_time:
            before = [number for number, day in enumerate(shown) if case.due_on and day <= case.due_on]
            column = before[-1] if before else 0
            beyond = case.due_on and calendar.count_working_days(shown[-1], case.due_on) > 0
            if measure.holds(case, view) and not beyond:
                expected[column] += 1
        assert list(due.chart.figure.series[place].values[1:]) == expected, measure.code
    total = sum(int(value or 0) for series in due.chart.figure.series for value in series.values)
    assert total + due.later.count + due.stopped.count == len(open_)


def _check_people(view: RequestView, open_: list[FoiRequest], people: tuple[User, User, User]) -> None:
    table = caseload(REQUEST_SHEET, [people[0]], {}, view=view, counted_from=view)
    rows = {row.holder.name: [number.count for number in row.numbers] for row in table.rows}
    for name, theirs in (
        (people[0].name, [case for case in open_ if case.officer_id == people[0].pk]),
        ("People who have left", [case for case in open_ if case.officer_id == people[1].pk]),
        ("No officer", [case for case in open_ if case.officer_id is None]),
        ("Team", open_),
    ):
        expected = [sum(one.holds(case, view) for case in theirs) for _, one in REQUEST_SHEET.columns]
        assert rows[name] == expected, name


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, today=TODAY)
def test_every_figure_is_what_is_counted_one_by_one(
    people: tuple[User, User, User], rows: Any, today: date
) -> None:
    with transaction.atomic():
        _store(rows, people)
        _check(RequestView(today), people)
        transaction.set_rollback(True)
