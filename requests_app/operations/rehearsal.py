"""What an operation would do to the clock: the operation itself, done and rolled back.

So the preview obeys the same checks, order and dates as the operation, and cannot say anything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from requests_app.models import FoiRequest
from requests_app.queries.clock import clock_of
from requests_app.rules.clock.statutory_clock import ClockReading


@dataclass(frozen=True)
class Rehearsal:
    """The clock and the status of a request before an operation and after it."""

    before: ClockReading
    after: ClockReading
    status_before: str
    status_after: str


class _TakeBack(Exception):
    """Ends the rehearsal; the database forgets it."""


def rehearse(action: Callable[[], object], *, case_id: int, today: date) -> Rehearsal:
    """Do an operation on a request, read the clock on a day, and roll everything back.

    Whatever the operation raises is raised. Nothing stays: no row, no event, no version.
    """
    before, status_before = _read(case_id, today)
    try:
        with transaction.atomic():
            action()
            after, status_after = _read(case_id, today)
            raise _TakeBack
    except _TakeBack:
        return Rehearsal(before, after, status_before, status_after)


def _read(case_id: int, today: date) -> tuple[ClockReading, str]:
    case = FoiRequest.objects.defer("words", "search").get(pk=case_id)
    return clock_of(case, today), case.status
