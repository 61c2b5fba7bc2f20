"""The reminder sweep over every open request: the first, the next day's, one that finds nothing new.

    DATABASE_URL=… python -m benchmarks.reminders

Every sweep is committed. The first finds nothing sent before; that of the next day is what a day costs.
"""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.timing import give, peak_megabytes, ready

ready()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from foitracker.reminders.operations.sweep import sweep  # noqa: E402
from foitracker.working_days.queries import current_calendar  # noqa: E402
from requests_app.measures import OPEN, REQUESTS, RequestView  # noqa: E402


def measured(day: date, hour: int) -> dict[str, Any]:
    """Return how long a sweep takes, how many queries, and what it does."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    started = time.perf_counter()
    swept = sweep(at=at)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "made": swept.made, "ended": swept.ended, "emails": swept.sent.emails}


def main() -> None:
    today = timezone.localdate()
    first = current_calendar().add_working_days(today - timedelta(days=1), 1)
    second = current_calendar().add_working_days(first, 1)
    before = peak_megabytes()
    sweeps = {
        "the first": measured(first, 8),
        "the next day": measured(second, 8),
        "with nothing new": measured(second, 9),
    }
    peak = peak_megabytes()
    with CaptureQueriesContext(connection) as queries:  # apart: what is captured takes memory
        measured(second, 10)
    for one in sweeps.values():
        one["queries"] = len(queries)
    opened = REQUESTS.rows(OPEN, RequestView(today)).count()
    give({"open": opened, "sweeps": sweeps, "memory_before_mb": before, "memory_peak_mb": peak})


if __name__ == "__main__":
    main()
