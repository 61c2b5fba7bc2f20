"""What the database says of working days is what the calendar counts."""

from datetime import date

import pytest
from django.db.models import DateField, F, Func, IntegerField, Value
from hypothesis import given
from hypothesis import strategies as st

from foitracker.working_days.expressions import nth_day_is_over, working_days_until
from foitracker.working_days.models import BankHoliday
from foitracker.working_days.queries import current_calendar

pytestmark = [pytest.mark.django_db, pytest.mark.services]

todays = st.dates(date(2002, 1, 1), date(2030, 11, 30))


def starts(later, paused):
    """Return many rows of the database with a `start`, and with up to `paused` days that did not count."""
    start = Func(
        F("day"), Value(later), template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField()
    )
    lost = Func(F("id"), Value(paused + 1), function="mod", output_field=IntegerField())
    return BankHoliday.objects.order_by().annotate(start=start, lost=lost)


@given(todays, st.integers(0, 4), st.integers(1, 20), st.integers(0, 140))
def test_the_nth_day_is_over_when_the_calendar_says_so(today, later, number, paused):
    calendar = current_calendar()
    rows = starts(later, paused).filter(start__year__lte=2029)
    found = set(
        rows.filter(nth_day_is_over("start", number, "lost", today, calendar)).values_list("pk", flat=True)
    )
    assert found == {
        row.pk for row in rows if calendar.add_working_days(row.start, number + row.lost) < today
    }


@given(todays, st.integers(0, 4), st.integers(1, 20))
def test_and_without_days_that_did_not_count(today, later, number):
    calendar = current_calendar()
    rows = starts(later, 0).filter(start__year__lte=2029)
    found = set(
        rows.filter(nth_day_is_over("start", number, "", today, calendar)).values_list("pk", flat=True)
    )
    assert found == {row.pk for row in rows if calendar.add_working_days(row.start, number) < today}


@given(todays, st.integers(0, 400))
def test_the_working_days_up_to_a_day_are_those_the_calendar_counts(today, later):
    calendar = current_calendar()
    rows = starts(later, 0).filter(start__year__lte=2029)
    rows = rows.annotate(left=working_days_until("start", today, calendar))
    assert all(row.left == calendar.count_working_days(today, row.start) for row in rows)
    assert len(rows) > 100


def test_a_day_that_the_calendar_does_not_cover_has_no_number():
    row = starts(36500, 0).annotate(left=working_days_until("start", date(2026, 3, 2), current_calendar()))[0]
    assert row.left is None
