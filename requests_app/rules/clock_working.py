"""The working behind a time limit: every day from receipt on, whether it counts, and why.

The days are walked one by one, apart from how the dates are computed, so that each checks the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from requests_app.rules.clock_course import RESPONSE_WORKING_DAYS, Course
from requests_app.rules.working_days import WEEKDAYS

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class DayKind(StrEnum):
    """What a day is to the limit; the first that applies."""

    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    #: From the day a fee is asked to the day it is paid (s.10(2), reg 8(6)).
    FEE = "fee"
    #: Until the applicant answers, and before that when the answer starts the whole time again.
    STOPPED = "stopped"
    #: The day of receipt, or of the answer that starts the clock again.
    DAY_ZERO = "day_zero"
    #: After the last day for the response, with something that happened.
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One day of the working: whether it counts towards the limit, and why, with what happened on it.

    `number` is which working day of the limit a counted day is.
    """

    date: date
    counts: bool
    reason: str
    kind: DayKind = DayKind.LATER
    number: int | None = None

    @property
    def sentence(self) -> str:
        """The step as a line of text: “Monday 15 June 2026: …”."""
        return f"{in_words(self.date)}: {self.reason}"


def in_words(day: date) -> str:
    """Give a date as “Monday 15 June 2026”, whatever the machine's language."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def working(course: Course, told: Iterable[tuple[date, str]], on: date) -> tuple[ClockStep, ...]:
    """Give a step for every day from receipt to the last day for the response, or while the clock stands to `on`.

    After that only days on which something happened (`told`) have one. Raises CalendarNotCovered.
    """
    happened: dict[date, list[str]] = defaultdict(list)
    for day, text in told:
        happened[day].append(text)
    steps, last = [], _last_day(course, on, max(happened))
    for day, kind, number, why in _days(course, last):
        reason = ". ".join(filter(None, [*happened.pop(day, ()), why]))
        steps.append(ClockStep(day, kind is DayKind.COUNTED, reason, kind, number))
    steps += [ClockStep(day, False, ". ".join(texts)) for day, texts in happened.items()]
    return tuple(sorted(steps, key=lambda step: step.date))


def _last_day(course: Course, on: date, last_event: date) -> date:
    """The limit; while it stands the day of reading, but not beyond the day the request lapses."""
    if course.response_due:
        return course.response_due
    ends = course.responded or course.lapses_on or (course.unpaid.payable_by if course.unpaid else on)
    return max(course.received_on, min(ends, max(on, last_event)))


def _days(course: Course, last: date) -> Iterator[tuple[date, DayKind, int | None, str]]:
    """Each day from receipt to `last`: its kind and number, and why apart from what happened on it."""
    counted, day = 0, course.received_on
    notice_due = course.extension and not course.is_eir
    while day <= last:
        kind, why = _kind(course, day)
        if kind is DayKind.COUNTED:
            counted += 1
            why = f"Working day {counted} of {course.limit_days}"
            if notice_due and counted == RESPONSE_WORKING_DAYS:
                why += ": last day for the notice under s.17(1)"
        if day == course.response_due:
            why += ": last day for the response"
        yield day, kind, counted if kind is DayKind.COUNTED else None, why
        day += timedelta(days=1)


def _kind(course: Course, day: date) -> tuple[DayKind, str]:
    """What a day is to the limit, and why it does not count; a day that counts has no reason."""
    idle = course.calendar.reason_not_working(day)
    if idle:
        return DayKind.WEEKEND if day.weekday() > 4 else DayKind.HOLIDAY, idle
    if course.started is None or day < course.started:
        why = _before_the_limit(course, day)
        return DayKind.STOPPED if why else DayKind.DAY_ZERO, why
    if any(first <= day <= end for first, end in course.pauses):
        return (
            DayKind.FEE,
            f"Not counted: from notice to payment ({'reg 8(6)' if course.is_eir else 's.10(2)'})",
        )
    return (DayKind.COUNTED if day > course.started else DayKind.DAY_ZERO), ""


def _before_the_limit(course: Course, day: date) -> str:
    """Why a working day before the clock started, or started afresh, does not count."""
    for stop in course.stops:
        if stop.asked < day and (stop.answered is None or day <= stop.answered):
            return "" if day == stop.answered else "The clock stands: an answer is awaited"
    return "Not counted: the whole time runs from the answer" if day > course.received_on else ""
