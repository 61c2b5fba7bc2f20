"""The working of a clock as a calendar: a table for each month, with a mark and words on every day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils import formats

from requests_app.rules.clock_working import ClockStep, DayKind
from requests_app.rules.statutory_clock import ClockReading, ClockStatus
from requests_app.rules.working_days import NATIONS, WEEKDAYS

register = template.Library()

#: Shape (components/icon.html), short words and full words of each kind of day.
_MARKS: dict[DayKind, tuple[str, str, str]] = {
    DayKind.COUNTED: ("tick", "", "Working day, counted"),
    DayKind.WEEKEND: ("dash", "", "Weekend"),
    DayKind.HOLIDAY: ("diamond", "", "Bank holiday"),
    DayKind.FEE: ("ring", "Fee", "Not counted: a fee is awaited"),
    DayKind.STOPPED: ("pause", "Stop", "The clock is stopped"),
    DayKind.DAY_ZERO: ("arrow", "Day 0", "Day 0, from which the days are counted"),
    DayKind.LATER: ("info", "Note", "Something happened"),
}
_SHORT_NATIONS = {"england-and-wales": "E&W", "scotland": "Scot", "northern-ireland": "NI"}
#: A day with nothing but one of these to say needs no line below its month.
_PLAIN = ("Working day ", "The clock stands", "Not counted", *WEEKDAYS)


@dataclass(frozen=True)
class DayCell:
    """A day of a month table. `words` are short and shown, `full` is what they stand for."""

    date: date
    kind: str = ""
    shape: str = ""
    words: str = ""
    full: str = ""
    is_last: bool = False
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """One month: weeks from Monday to Sunday, None outside the month; and what happened, as sentences."""

    title: str
    weeks: list[list[DayCell | None]]
    remarks: list[str]


def months_of(clock: ClockReading) -> list[Month]:
    """This function will lay out the steps of a clock by months; a month without a step has no table."""
    steps: dict[tuple[int, int], dict[date, ClockStep]] = defaultdict(dict)
    for step in clock.steps:
        steps[step.date.year, step.date.month][step.date] = step
    return [_month(clock, year, month, found) for (year, month), found in sorted(steps.items())]


def _month(clock: ClockReading, year: int, month: int, steps: dict[date, ClockStep]) -> Month:
    first = date(year, month, 1)
    start, days = first - timedelta(days=first.weekday()), []
    while start.year * 12 + start.month <= year * 12 + month:
        week = [start + timedelta(days=n) for n in range(7)]
        days.append([_cell(clock, day, steps.get(day)) if day.month == month else None for day in week])
        start += timedelta(days=7)
    remarks = [step.sentence for step in steps.values() if _is_remarkable(clock, step)]
    return Month(formats.date_format(first, "F Y"), days, remarks)


def _cell(clock: ClockReading, day: date, step: ClockStep | None) -> DayCell:
    if step is None:
        return DayCell(day)
    shape, words, full = _MARKS[step.kind]
    if step.kind is DayKind.COUNTED:
        words, full = f"Day {step.number}", "counted"
    elif step.kind is DayKind.HOLIDAY:
        words = _where(step.reason)
    waiting = clock.status is not ClockStatus.RESPONDED
    return DayCell(
        day,
        kind=step.kind.value,
        shape=shape,
        words=words,
        full=full,
        is_last=day == clock.response_due,
        is_today=waiting and day == clock.read_on,
    )


def _where(reason: str) -> str:
    """The parts of the UK that keep a holiday, in letters that fit a cell."""
    named = [_SHORT_NATIONS[code] for code, name in NATIONS.items() if name in reason]
    return " ".join(named) if named and len(named) < len(NATIONS) else "UK"


def _is_remarkable(clock: ClockReading, step: ClockStep) -> bool:
    return (
        step.kind in (DayKind.HOLIDAY, DayKind.DAY_ZERO, DayKind.LATER)
        or "last day" in step.reason
        or not step.reason.startswith(_PLAIN)
    )


def legend(clock: ClockReading) -> Sequence[tuple[str, str]]:
    """This function will give shape and meaning of the marks that a clock's calendar uses."""
    used = {step.kind for step in clock.steps}
    return [(shape, full) for kind, (shape, _, full) in _MARKS.items() if kind in used]


@register.inclusion_tag("components/clock_calendar.html")
def clock_calendar(clock: ClockReading, heading_level: int = 3) -> dict[str, Any]:
    """The working of a clock as month tables; every day says in words and shape what it is to the limit."""
    return {
        "months": months_of(clock),
        "legend": legend(clock),
        "weekdays": [(name[:3], name) for name in WEEKDAYS],
        "heading_level": heading_level,
    }
