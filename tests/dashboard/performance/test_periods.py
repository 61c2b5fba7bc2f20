"""Which days are compared: the latest quarter that is over, the year to date, and the same dates a year earlier."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.performance.periods import compared, latest_quarter, year_to_date

APRIL = 4

DAYS = st.dates(date(2010, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("complete_to", "first", "last"),
    [
        (date(2026, 11, 29), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 9, 29), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_the_latest_quarter_is_over(complete_to: date, first: date, last: date) -> None:
    found = latest_quarter(complete_to)
    assert (found.from_on, found.to_on) == (first, last)


@pytest.mark.parametrize(
    ("complete_to", "begins_in", "first"),
    [
        (date(2026, 11, 29), 4, date(2026, 4, 1)),
        (date(2026, 3, 31), 4, date(2025, 4, 1)),
        (date(2026, 4, 1), 4, date(2026, 4, 1)),
        (date(2026, 3, 31), 1, date(2026, 1, 1)),
    ],
)
def test_the_year_to_date_begins_with_the_year(complete_to: date, begins_in: int, first: date) -> None:
    found = year_to_date(complete_to, begins_in)
    assert (found.from_on, found.to_on) == (first, complete_to)


def test_the_end_of_february_is_compared_with_the_end_of_february() -> None:
    pair = compared(year_to_date(date(2028, 2, 29), APRIL), date(2028, 2, 29))
    assert pair.before.counted is not None
    assert pair.before.counted.to_on == date(2027, 2, 28)


@given(complete_to=DAYS)
def test_both_sides_stop_before_what_is_not_complete(complete_to: date) -> None:
    for period in (latest_quarter(complete_to), year_to_date(complete_to, APRIL)):
        pair = compared(period, complete_to)
        assert pair.now.counted is not None
        assert pair.before.counted is not None
        assert pair.now.counted.to_on <= complete_to
        lengths = [(one.to_on - one.from_on).days for one in (pair.now.counted, pair.before.counted)]
        assert abs(lengths[0] - lengths[1]) <= 1
        assert pair.before.counted.to_on < pair.now.counted.from_on or period.lasts >= (12, 0)
        assert (
            timedelta(days=363)
            <= pair.now.counted.from_on - pair.before.counted.from_on
            <= timedelta(days=367)
        )
