"""The working behind a time limit as a calendar: month by month, each day with a mark of its own."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

from foitracker.pages.words import WEEKDAYS
from requests_app.rules.clock.statutory_clock import ClockReading
from requests_app.rules.clock.working import ClockStep, DayKind

register = template.Library()


@dataclass(frozen=True)
class Mark:
    """How a kind of day looks: words where there is room, few letters where there is not, and a shape."""

    name: str
    words: str
    letters: str
    shape: str
    meaning: str


_MARKS = {
    DayKind.DAY_ZERO: Mark("zero", "Day 0", "0", "dot", "The time runs from the day after"),
    DayKind.COUNTED: Mark("counted", "Day", "", "tick", "A working day that counts, with its number"),
    DayKind.WEEKEND: Mark("weekend", "Weekend", "", "dash", "Saturday or Sunday"),
    DayKind.HOLIDAY: Mark(
        "holiday",
        "Holiday",
        "BH",
        "diamond",
        "Bank holiday in any part of the UK, Good Friday or Christmas Day",
    ),
    DayKind.STANDS: Mark("stands", "Stopped", "Stop", "pause", "The clock stands while an answer is awaited"),
    DayKind.AFRESH: Mark(
        "afresh", "Not used", "No", "arrow", "Before the answer from which the whole time runs"
    ),
    DayKind.CHARGE: Mark("charge", "Fee", "Fee", "ring", "Left out: from the notice of a fee to its payment"),
}
_LAST = Mark("last", "Last day", "Last", "square", "The last day for the response")
_NOTICE = Mark("notice", "Notice", "Not.", "half", "The last day for the notice under section 17(1)")
_HAPPENED = Mark("happened", "Event", "", "info", "Something happened on this day: see below the month")
_ORDER = (*_MARKS.values(), _NOTICE, _LAST, _HAPPENED)


@dataclass(frozen=True)
class Day:
    """A cell. `step` is None for a day outside the working, `mark` None for one with nothing to say."""

    date: date
    step: ClockStep | None
    mark: Mark | None
    is_read_on: bool

    @property
    def words(self) -> str:
        """The mark where there is room for it."""
        return self._numbered(self.mark.words if self.mark else "")

    @property
    def letters(self) -> str:
        """The mark on a narrow screen."""
        return self._numbered(self.mark.letters if self.mark else "")

    def _numbered(self, text: str) -> str:
        counted = self.mark is _MARKS[DayKind.COUNTED] and self.step
        return f"{text} {self.step.number}".strip() if counted and self.step else text


@dataclass(frozen=True)
class Month:
    """A table: `weeks` of seven cells, None where the month has no day.

    `described` are the days to describe in words.
    """

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]
    described: tuple[ClockStep, ...]


@register.inclusion_tag("components/working_calendar.html")
def working_calendar(clock: ClockReading) -> dict[str, Any]:
    """Return the months of a reading’s working with their legend."""
    months = months_of(clock)
    days = [day for month in months for week in month.weeks for day in week if day]
    shown = {day.mark for day in days}
    if any(day.step and day.step.happened for day in days):
        shown.add(_HAPPENED)
    return {
        "months": months,
        "weekdays": WEEKDAYS,
        "legend": [mark for mark in _ORDER if mark in shown],
        "read_on": clock.read_on if any(day.is_read_on for day in days) else None,
    }


def months_of(clock: ClockReading) -> tuple[Month, ...]:
    """Return the months and weeks in which the working has a day, in order; those without one are left out."""
    steps = {step.date: step for step in clock.steps}
    return tuple(
        Month(
            name=date_format(date(year, month, 1), "F Y"),
            weeks=tuple(_weeks(year, month, steps, clock)),
            described=_days_to_describe(
                step for step in clock.steps if (step.date.year, step.date.month) == (year, month)
            ),
        )
        for year, month in sorted({(day.year, day.month) for day in steps})
    )


def _weeks(
    year: int, month: int, steps: dict[date, ClockStep], clock: ClockReading
) -> Iterator[tuple[Day | None, ...]]:
    for week in calendar.Calendar().monthdatescalendar(year, month):
        days = [day if day.month == month else None for day in week]
        if not steps.keys().isdisjoint(filter(None, days)):
            yield tuple(None if day is None else _day(day, steps, clock) for day in days)


def _days_to_describe(steps: Iterable[ClockStep]) -> tuple[ClockStep, ...]:
    """The days a mark does not say enough about: events, and which holiday where."""
    return tuple(step for step in steps if step.happened or step.kind is DayKind.HOLIDAY)


def _day(day: date, steps: dict[date, ClockStep], clock: ClockReading) -> Day:
    step = steps.get(day)
    return Day(day, step, _mark(step, clock) if step else None, day == clock.read_on)


def _mark(step: ClockStep, clock: ClockReading) -> Mark:
    if step.date == clock.response_due:
        return _LAST
    if step.date == clock.refusal_notice_due:
        return _NOTICE
    return _MARKS.get(step.kind, _HAPPENED)
