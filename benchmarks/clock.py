"""The due date of one request, and of a million at once, in Python alone.

python -m benchmarks.clock
"""

import csv
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.timing import give
from foitracker.working_days.calendar import calendar_from_rows
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.statutory_clock import response_due, response_due_dates

HOLIDAYS = Path(__file__).parents[1] / "foitracker" / "working_days" / "data" / "bank_holidays.csv"
AT_ONCE = 1_000_000
ROUNDS = 5


def main() -> None:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        calendar = calendar_from_rows(csv.DictReader(file))
    first = date(2016, 1, 1)
    days = [first + timedelta(days=n % 3600) for n in range(AT_ONCE)]
    response_due(first, (), calendar)  # the calendar builds its tables on first use
    clarified = clarification(first, date(2016, 1, 20))
    give(
        {
            "one_microseconds": _seconds(lambda: [response_due(day, (), calendar) for day in days[:10_000]])
            * 100,
            "one_clarified_microseconds": _seconds(
                lambda: [response_due(first, clarified, calendar) for _ in range(10_000)]
            )
            * 100,
            "million_seconds": _seconds(lambda: response_due_dates(days, calendar)),
        }
    )


def _seconds(work) -> float:  # type: ignore[no-untyped-def]
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return median(taken)


if __name__ == "__main__":
    main()
