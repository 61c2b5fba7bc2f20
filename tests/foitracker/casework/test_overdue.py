"""Overdue: today is after the due day, on any kind of day."""

from datetime import date

import pytest

from foitracker.casework.overdue import is_overdue

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("due", "today", "overdue"),
    [
        (FRIDAY, date(2026, 11, 26), False),
        (FRIDAY, FRIDAY, False),
        (FRIDAY, date(2026, 11, 28), True),
        (FRIDAY, date(2026, 11, 29), True),
        (date(2026, 12, 24), date(2026, 12, 25), True),
        (None, FRIDAY, False),
    ],
    ids=["the day before", "the due day", "Saturday", "Sunday", "a bank holiday", "nothing is due"],
)
def test_what_is_due_is_overdue_from_the_day_after(due: date | None, today: date, overdue: bool) -> None:
    assert is_overdue(due, today) is overdue
