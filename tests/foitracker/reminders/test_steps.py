"""The step reached is the same in Python and in the database, and falls on the working day it names."""

from datetime import date

import pytest
from django.db.models import DateField, F, Func, Value
from hypothesis import given
from hypothesis import strategies as st

from foitracker.reminders.steps import Steps, in_order
from foitracker.working_days.models import BankHoliday
from foitracker.working_days.queries import current_calendar

#: Away from the ends of the calendar, where days cannot be counted.
todays = st.dates(date(2004, 1, 1), date(2029, 12, 31))


@st.composite
def steps(draw):
    offsets = in_order(draw(st.lists(st.integers(-30, 40), min_size=1, max_size=5)))
    return Steps(offsets, draw(st.none() | st.integers(1, 10)))


def days_after_holidays(number):
    """Return many dates of the database: so many days after each bank holiday, working days and others."""
    moved = Func(
        F("day"),
        Value(number),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=DateField(),
    )
    return BankHoliday.objects.order_by().annotate(about=moved)


@pytest.mark.django_db
@pytest.mark.services
@given(steps(), todays, st.integers(0, 4))
def test_python_and_the_database_reach_the_same_step(declared, today, later):
    calendar = current_calendar()
    rows = days_after_holidays(later).annotate(step=declared.reached_by("about", today, calendar))
    found = dict(rows.values_list("about", "step"))
    assert len(found) > 100
    for about, step in found.items():
        if about.year <= calendar.last_year:
            assert step == declared.reached(calendar.count_working_days(today, about)), about


@given(steps(), st.integers(-50, 60))
def test_the_step_reached_is_the_last_that_has_come(declared, left):
    """Of those declared, and of the repetitions of the last."""
    come = [offset for offset in declared.offsets if left <= offset]
    if come and declared.every:
        come += range(declared.offsets[-1], left - 1, -declared.every)
    assert declared.reached(left) == min(come, default=None)


def test_a_step_is_reached_on_its_working_day_and_stays_until_the_next():
    declared = Steps((5, 0, -1), every=5)
    reached = [declared.reached(left) for left in (6, 5, 4, 1, 0, -1, -2, -5, -6, -10, -11)]
    assert reached == [None, 5, 5, 5, 0, -1, -1, -1, -6, -6, -11]


@pytest.mark.django_db
def test_a_date_that_is_missing_reaches_no_step():
    rows = BankHoliday.objects.annotate(
        step=Steps((1,)).reached_by(Value(None, DateField()), date(2026, 3, 2), current_calendar())
    )
    assert set(rows.values_list("step", flat=True)) == {None}
