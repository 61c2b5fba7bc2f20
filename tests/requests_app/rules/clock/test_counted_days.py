"""Counting past days that do not count, against a walk through the days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.clock.counted_days import counted_days, in_order, nth_counted_day
from tests.requests_app.rules.clock.clock_cases import CALENDAR, d, gaps, received_days


@st.composite
def paused(draw):
    """Draw a day 0, and pauses before, around and after it, in any order and overlapping."""
    start = draw(received_days)
    pauses = []
    for begins, length in draw(st.lists(st.tuples(st.integers(-20, 60), gaps), max_size=4)):
        first = start + timedelta(days=begins)
        pauses.append((first, first + timedelta(days=length)))
    return start, pauses


def test_a_day_that_ends_one_pause_and_begins_the_next_is_in_one():
    first, second = (d("2025-06-03"), d("2025-06-05")), (d("2025-06-05"), d("2025-06-06"))
    assert in_order([second, first]) == (first, (d("2025-06-06"), d("2025-06-06")))
    assert in_order([first, (d("2025-06-04"), d("2025-06-05"))]) == (first,)


def test_a_pause_may_have_no_end():
    assert counted_days(d("2025-06-02"), d("2025-06-30"), [(d("2025-06-05"), date.max)], CALENDAR) == 2


@given(paused(), st.integers(1, 45))
def test_the_count_agrees_with_a_walk(case, number):
    start, pauses = case
    day, counted = start, 0
    while counted < number:
        day += timedelta(days=1)
        resting = any(first <= day <= last for first, last in pauses)
        counted += CALENDAR.is_working_day(day) and not resting
    ordered = in_order(pauses)
    assert nth_counted_day(start, number, ordered, CALENDAR) == day
    assert counted_days(start, day, ordered, CALENDAR) == number
    assert counted_days(start, day - timedelta(days=1), ordered, CALENDAR) == number - 1
    assert counted_days(start, start - timedelta(days=3), ordered, CALENDAR) == 0
