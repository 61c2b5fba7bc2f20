"""When a log has waited too long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.working_days.queries import calendar_of, shipped_holidays
from referrals.rules.ageing import ageing_before, working_days_old

CALENDAR = calendar_of(shipped_holidays())


@pytest.mark.parametrize(
    ("received_on", "today", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 6), 4),
        (date(2026, 3, 6), date(2026, 3, 9), 1),  # over a weekend
        (date(2026, 3, 16), date(2026, 3, 18), 1),  # 17 March is a bank holiday in Northern Ireland
        (date(1990, 1, 1), date(2026, 3, 2), None),  # before the calendar
    ],
)
def test_age_in_working_days(received_on: date, today: date, days: int | None) -> None:
    assert working_days_old(received_on, today, CALENDAR) == days


_DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(_DAYS, st.integers(0, 60), st.integers(0, 120))
def test_what_came_before_that_day_is_older_and_nothing_else(today: date, after: int, back: int) -> None:
    received_on = today - timedelta(days=back)
    age = working_days_old(received_on, today, CALENDAR)
    assert age is not None
    assert (received_on < ageing_before(today, after, CALENDAR)) == (age > after)
