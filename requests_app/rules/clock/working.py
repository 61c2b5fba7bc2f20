"""The working behind a time limit: every day from receipt on, whether it counts, and why.

The days are walked one by one, apart from how the dates are computed, so that each checks the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from foitracker.pages.words import weekday_in_words
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS, Course


class DayKind(StrEnum):
    """What a day is to the time limit."""

    DAY_ZERO = "day_zero"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    STANDS = "stands"  # an answer is awaited (FOIA s.1(3), EIR reg 9)
    AFRESH = "afresh"  # before an answer that gives the whole time again
    CHARGE = "charge"  # from notice to payment (FOIA s.10(2), EIR reg 8(6))
    AFTER = "after"  # past the working; only what happened on it is shown


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One day of the working: whether it counts towards the limit, and why, with what happened on it.

    `reason` says both in words. `number` is n of the nth counted day, None for a day that does not count;
    `happened` is the part of the reason that names events.
    """

    date: date
    counts: bool
    reason: str
    kind: DayKind
    number: int | None = None
    happened: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The step as a line of text: “Monday 15 June 2026: …”."""
        return f"{weekday_in_words(self.date)}: {self.reason}"


def working(course: Course, happened: Iterable[tuple[date, str]], on: date) -> tuple[ClockStep, ...]:
    """Return a step for every day from receipt to the last day for the response or, with the clock stopped, to `on`.

    After that only days on which something happened (`happened`) have one. Raises CalendarNotCovered.
    """
    texts: dict[date, list[str]] = defaultdict(list)
    for day, text in happened:
        texts[day].append(text)
    steps, last = [], _last_day(course, on, max(texts))
    for day, kind, number, why in _days(course, last):
        steps.append(_step(day, texts.pop(day, ()), kind, number, why))
    steps += [_step(day, later, DayKind.AFTER) for day, later in texts.items()]
    return tuple(sorted(steps, key=lambda step: step.date))


def _step(
    day: date, happened: Iterable[str], kind: DayKind, number: int | None = None, why: str = ""
) -> ClockStep:
    happened = tuple(happened)
    reason = ". ".join(filter(None, [*happened, why]))
    return ClockStep(day, number is not None, reason, kind, number, happened)


def _last_day(course: Course, on: date, last_event: date) -> date:
    """The limit; while the clock is stopped the day of reading, but not beyond the day the request lapses."""
    if course.response_due:
        return course.response_due
    ends = course.responded or course.lapses_on or (course.unpaid.payable_by if course.unpaid else on)
    return max(course.received_on, min(ends, max(on, last_event)))


def _days(course: Course, last: date) -> Iterator[tuple[date, DayKind, int | None, str]]:
    """Each day from receipt to `last`: what it is, its number if it counts, and why apart from what happened."""
    counted, day = 0, course.received_on
    while day <= last:
        kind, why = _kind(course, day)
        number = None
        if kind is DayKind.COUNTED:
            number = counted = counted + 1
            why = f"Working day {counted} of {course.limit_days}"
            if course.extension and not course.is_eir and counted == RESPONSE_WORKING_DAYS:
                why += ": last day for the notice under s.17(1)"
        if day == course.response_due:
            why += ": last day for the response"
        yield day, kind, number, why
        day += timedelta(days=1)


def _kind(course: Course, day: date) -> tuple[DayKind, str]:
    """What a day is, and why it does not count; empty for one that counts and for day 0 on a weekday."""
    idle = course.calendar.reason_not_working(day) or ""
    if day == (course.started or course.received_on):
        return DayKind.DAY_ZERO, idle
    if idle:
        return (DayKind.WEEKEND if day.weekday() > 4 else DayKind.HOLIDAY), idle
    if course.started is None or day < course.started:
        return _before_the_limit(course, day)
    if any(first <= day <= end for first, end in course.pauses):
        return (
            DayKind.CHARGE,
            f"Not counted: from notice to payment ({'reg 8(6)' if course.is_eir else 's.10(2)'})",
        )
    return DayKind.COUNTED, ""


def _before_the_limit(course: Course, day: date) -> tuple[DayKind, str]:
    """Why a working day before the clock started, or restarted, does not count."""
    for stop in course.stops:
        if stop.asked < day and (stop.answered is None or day <= stop.answered):
            return DayKind.STANDS, "" if day == stop.answered else "The clock stands: an answer is awaited"
    first = day == course.received_on
    return DayKind.AFRESH, "" if first else "Not counted: the whole time runs from the answer"
