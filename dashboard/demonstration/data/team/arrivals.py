"""When requests came in: about sixty a month, fewer in August and December, most from January to March."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from foitracker.working_days.calendar import WorkingDayCalendar

SEED = 2253
A_MONTH = 62
_WORKING_DAYS_A_MONTH = 21
#: How a month compares with the average, January first.
SEASONS = (1.18, 1.2, 1.22, 1.0, 1.03, 1.0, 0.95, 0.72, 1.0, 1.05, 1.0, 0.68)
#: How many may come on one day.
_MOST_A_DAY = 9


def first_day(today: date) -> date:
    """Return the day on which the two years begin: the first of the month."""
    return date(today.year - 2, today.month, 1)


def arrivals(today: date, calendar: WorkingDayCalendar) -> Iterator[tuple[date, Random]]:
    """Give the day of receipt of each request of two years, in order, and what its particulars are drawn from.

    What comes on a day depends on that day alone, so that tomorrow's demonstration is asked the same.
    """
    day = first_day(today)
    while day <= today:
        if calendar.is_working_day(day):
            share = A_MONTH / _WORKING_DAYS_A_MONTH * SEASONS[day.month - 1] / _MOST_A_DAY
            drawn = Random(f"{SEED} {day}")  # noqa: S311 (numbers to repeat, not to keep secret)
            for place in range(sum(drawn.random() < share for _ in range(_MOST_A_DAY))):
                yield day, Random(f"{SEED} {day} {place}")  # noqa: S311
        day += timedelta(days=1)
