"""Days numbered by the working days up to them, as far as the calendar knows."""

from datetime import date

from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.rules.advice_statistics import working_day_ordinals

#: 2025 alone, without bank holidays: 1 January is a Wednesday.
CALENDAR = WorkingDayCalendar({}, 2025, 2025)


def test_the_difference_of_two_numbers_is_the_working_days_between() -> None:
    start, numbers = working_day_ordinals(CALENDAR, date(2025, 1, 2), date(2025, 1, 7))
    assert start == date(2025, 1, 2)
    assert numbers == [0, 1, 1, 1, 2, 3]  # Thursday, Friday, the weekend, Monday, Tuesday


def test_what_the_calendar_does_not_know_is_left_out_at_either_end() -> None:
    start, numbers = working_day_ordinals(CALENDAR, date(2024, 12, 30), date(2026, 1, 2))
    assert (start, len(numbers)) == (date(2025, 1, 1), 365)
    assert numbers[0] == 0
