"""The planned line of a recovery plan, and the text that is published about it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.recovery import planned_open, publication_text, week_ends
from tests.requests_app.rules.clock.clock_cases import CALENDAR

#: A Monday; the 30th of November is St Andrew's Day.
MADE, CLEAR = date(2026, 11, 23), date(2026, 12, 18)


@pytest.mark.parametrize(
    ("made_on", "until", "days"),
    [
        ("2026-11-23", "2026-12-18", ["11-23", "11-27", "12-04", "12-11", "12-18"]),
        ("2026-11-27", "2026-12-09", ["11-27", "12-04", "12-09"]),
        ("2026-11-28", "2026-12-01", ["11-28", "12-01"]),
        ("2026-11-30", "2026-11-30", ["11-30"]),
    ],
)
def test_the_ends_of_the_weeks(made_on: str, until: str, days: list[str]) -> None:
    found = week_ends(date.fromisoformat(made_on), date.fromisoformat(until))
    assert found == [date.fromisoformat(f"2026-{day}") for day in days]


def test_the_line_is_straight_by_working_days() -> None:
    """18 working days from 23 November to 18 December: 4 to the first Friday, 4 in the week of St Andrew's Day."""
    line = [planned_open(18, MADE, CLEAR, day, CALENDAR) for day in week_ends(MADE, CLEAR)]
    assert line == [18, 14, 10, 5, 0]


@given(st.integers(1, 300), st.integers(1, 120))
def test_it_begins_with_all_ends_with_none_and_never_rises(number: int, days: int) -> None:
    clear_by = MADE + timedelta(days=days)
    line = [planned_open(number, MADE, clear_by, day, CALENDAR) for day in week_ends(MADE, clear_by)]
    assert line[0] == number
    assert line[-1] == 0
    assert line == sorted(line, reverse=True)


@pytest.mark.parametrize(
    ("number", "still_open", "on", "words"),
    [
        (12, 12, MADE, "had 12 requests for information"),
        (1, 1, MADE, "had 1 request for information"),
        (12, 5, date(2026, 12, 4), "By 4 December 2026 we had answered 7 of 12; 5 were still open."),
        (12, 1, date(2026, 12, 4), "11 of 12; 1 was still open."),
        (12, 0, date(2026, 12, 4), "By 4 December 2026 we had answered all of them."),
    ],
)
def test_the_text_says_the_numbers(number: int, still_open: int, on: date, words: str) -> None:
    text = publication_text("Fernshire Council", number, MADE, CLEAR, still_open, on)
    assert words in text
    assert "by 18 December 2026" in text
