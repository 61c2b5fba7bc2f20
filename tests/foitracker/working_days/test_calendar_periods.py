"""Months by the corresponding date, and the day an appeal may still be lodged."""

import pytest

from foitracker.working_days.calendar_periods import months_after, months_beginning_with, rolled_forward
from tests.requests_app.rules.clock.clock_cases import CALENDAR, d


@pytest.mark.parametrize(
    ("day", "after", "beginning_with"),
    [
        ("2026-01-14", "2026-04-14", "2026-04-13"),
        ("2025-09-10", "2025-12-10", "2025-12-09"),
        ("2025-11-30", "2026-02-28", "2026-02-28"),  # there is no 30 February
        ("2023-11-30", "2024-02-29", "2024-02-29"),
        ("2025-12-01", "2026-03-01", "2026-02-28"),
        ("2025-10-01", "2026-01-01", "2025-12-31"),
        ("2025-02-28", "2025-05-28", "2025-05-27"),
        ("2025-08-31", "2025-11-30", "2025-11-30"),
    ],
)
def test_three_months(day, after, beginning_with):
    assert months_after(d(day), 3) == d(after)
    assert months_beginning_with(d(day), 3) == d(beginning_with)


@pytest.mark.parametrize(
    ("day", "rolled"),
    [("2025-12-24", "2025-12-24"), ("2025-12-25", "2025-12-29"), ("2026-06-13", "2026-06-16")],
)
def test_a_day_that_is_no_working_day_gives_way_to_the_next(day, rolled):
    assert rolled_forward(d(day), CALENDAR) == d(rolled)
