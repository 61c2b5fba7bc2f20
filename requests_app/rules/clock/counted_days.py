"""Counting working days while some do not count: FOIA s.10(2), EIR reg 8(6).

A pause is its first and its last day, both included. A list of pauses is in order and free of overlap.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from foitracker.working_days.calendar import WorkingDayCalendar

Pause = tuple[date, date]
_ONE_DAY = timedelta(days=1)


def in_order(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Put pauses in order; a day that ends one and begins another stays with the first."""
    ordered: list[Pause] = []
    for first, last in sorted(pauses):
        if ordered:
            first = max(first, ordered[-1][1] + _ONE_DAY)
        if first <= last:
            ordered.append((first, last))
    return tuple(ordered)


def nth_counted_day(start: date, number: int, pauses: Sequence[Pause], calendar: WorkingDayCalendar) -> date:
    """Return the `number`th working day following `start` that lies in no pause. Raises CalendarNotCovered."""
    day = calendar.add_working_days(start, number)
    for first, last in pauses:
        if first > day:
            break
        lost = _working_days_between(max(first, start + _ONE_DAY), last, calendar)
        if lost:
            day = calendar.add_working_days(day, lost)
    return day


def counted_days(start: date, through: date, pauses: Sequence[Pause], calendar: WorkingDayCalendar) -> int:
    """Count the working days after `start` up to and including `through` that lie in no pause.

    0 when `through` is not later than `start`. Raises CalendarNotCovered.
    """
    lost = sum(
        _working_days_between(max(first, start + _ONE_DAY), min(last, through), calendar)
        for first, last in pauses
    )
    return _working_days_between(start + _ONE_DAY, through, calendar) - lost


def _working_days_between(first: date, last: date, calendar: WorkingDayCalendar) -> int:
    return max(0, calendar.count_working_days(first - _ONE_DAY, last))
