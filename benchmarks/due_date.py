"""The 20th working day, beside three published libraries: how fast, and on which dates they are wrong.

    python -m benchmarks.due_date

Each library is asked as its documentation suggests, for all parts of the
United Kingdom together, because FOIA s.10(6) takes a bank holiday in any part. The dates are measured against the
shipped bank holidays, which follow the government's published list.
"""

import csv
import sys
import timeit
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import holidays
import numpy as np
from workalendar.europe import Scotland, UnitedKingdom, UnitedKingdomNorthernIreland

from foitracker.working_days.calendar import calendar_from_rows
from requests_app.rules.clock.statutory_clock import response_due, response_due_dates

ROOT = Path(__file__).parents[1]
DueDate = Callable[[date], date]
WORKING_DAYS = 20
FIRST, LAST = date(2005, 1, 1), date(2030, 11, 28)  # the last day whose 20th working day the calendar covers
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
MILLION = [EVERY_DAY[number % len(EVERY_DAY)] for number in range(1_000_000)]

with (ROOT / "foitracker" / "working_days" / "data" / "bank_holidays.csv").open(
    encoding="utf-8", newline=""
) as file:
    CALENDAR = calendar_from_rows(csv.DictReader(file))


def day_loop(is_working_day: Callable[[date], bool]) -> DueDate:
    """Return the due date by looking at one day after the other."""

    def due(received: date) -> date:
        day, counted = received, 0
        while counted < WORKING_DAYS:
            day += timedelta(days=1)
            counted += is_working_day(day)
        return day

    return due


def holidays_working_day() -> Callable[[date], bool]:
    """Return a working day by `holidays`: a weekday that is a holiday in none of the four subdivisions."""
    parts = [
        holidays.country_holidays("GB", subdiv=part, years=range(FIRST.year, LAST.year + 1))
        for part in ("ENG", "WLS", "SCT", "NIR")
    ]
    return lambda day: day.weekday() < 5 and not any(day in part for part in parts)


def workalendar_working_day() -> Callable[[date], bool]:
    """Return a working day by `workalendar`: one in each of its three calendars of the United Kingdom."""
    parts = [UnitedKingdom(), Scotland(), UnitedKingdomNorthernIreland()]
    return lambda day: all(part.is_working_day(day) for part in parts)


NUMPY_CALENDAR = np.busdaycalendar(holidays=[day for day in CALENDAR.holidays if day.weekday() < 5])


def numpy_many(received: Sequence[date], roll: str) -> "np.ndarray":
    """Return due dates by NumPy with our bank holidays.

    `roll` says what arrival on a weekend or holiday does.
    """
    days = np.array(received, dtype="datetime64[D]")
    return np.busday_offset(days, WORKING_DAYS, roll=roll, busdaycal=NUMPY_CALENDAR)


def numpy_one(roll: str) -> DueDate:
    """Return one due date by NumPy."""
    return lambda received: np.busday_offset(
        received, WORKING_DAYS, roll=roll, busdaycal=NUMPY_CALENDAR
    ).item()


def microseconds(due: DueDate, days: Sequence[date]) -> float:
    """Return the time of one due date, the best of three runs over `days`."""
    due(days[0])
    best = min(timeit.repeat(lambda: [due(day) for day in days], number=1, repeat=3))
    return best / len(days) * 1e6


def seconds(work: Callable[[], object]) -> float:
    """Return the best of three runs."""
    return min(timeit.repeat(work, number=1, repeat=3))


def speed(subjects: dict[str, DueDate]) -> Iterator[str]:
    """Return microseconds a date, and seconds for a million."""
    yield "| due date of one request | µs a date | times ours |\n|---|---:|---:|"
    sample = EVERY_DAY[::19]
    ours = microseconds(subjects["this project"], sample)
    for name, due in subjects.items():
        taken = microseconds(due, sample)
        yield f"| {name} | {taken:,.2f} | {taken / ours:,.1f} |"
    yield "\n| a million at once | seconds |\n|---|---:|"
    yield f"| this project | {seconds(lambda: response_due_dates(MILLION, CALENDAR)):.2f} |"
    yield f"| numpy, from and to dates | {seconds(lambda: numpy_many(MILLION, 'backward').tolist()):.2f} |"


def wrong_due_dates(subjects: dict[str, DueDate]) -> Iterator[str]:
    """Return how many due dates each subject has wrong, of every day of receipt."""
    truth = response_due_dates(EVERY_DAY, CALENDAR)
    yield f"\n| due dates of every day of receipt, {FIRST} to {LAST} | wrong | for example |\n|---|---:|---|"
    for name, due in subjects.items():
        wrong = [
            (day, due(day), right) for day, right in zip(EVERY_DAY, truth, strict=True) if due(day) != right
        ]
        example = "" if not wrong else "received {}: {} instead of {}".format(*wrong[-1])
        yield f"| {name} | {len(wrong):,} | {example} |"


def wrong_days(working_days: dict[str, Callable[[date], bool]]) -> Iterator[str]:
    """Return every day on which a library and s.10(6) differ."""
    yield "\n| day | library | says | under s.10(6) |\n|---|---|---|---|"
    for name, is_working_day in working_days.items():
        for day in EVERY_DAY:
            reason = CALENDAR.reason_not_working(day)
            if is_working_day(day) != (reason is None):
                said = "not working" if reason is None else "working"
                yield f"| {day} | {name} | {said} | {reason or 'a working day'} |"


def main() -> None:
    """Print the tables."""
    working_days = {
        f"holidays {version('holidays')}": holidays_working_day(),
        f"workalendar {version('workalendar')}": workalendar_working_day(),
    }
    subjects: dict[str, DueDate] = {"this project": lambda received: response_due(received, (), CALENDAR)}
    subjects |= {f"{name}, day loop": day_loop(working) for name, working in working_days.items()}
    numpy = f"numpy {np.__version__} busday_offset, our holidays"
    subjects |= {f"{numpy}, roll {roll}": numpy_one(roll) for roll in ("backward", "forward")}
    for table in (speed(subjects), wrong_due_dates(subjects), wrong_days(working_days)):
        for line in table:
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
