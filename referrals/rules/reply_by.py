"""When advice is due on a log: early enough for the first force whose own limit runs out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.working_days.calendar import WorkingDayCalendar


@dataclass(frozen=True, slots=True)
class ReplyDays:
    """How many working days before a deadline advice is due; and after receipt, where no deadline is known."""

    before: int
    without_deadline: int


@dataclass(frozen=True, slots=True)
class ReplyBy:
    """The day advice is due by. `deadline` is the force's limit it is derived from, None where none is known.

    `is_tight` is true where the deadline leaves less time than the unit wants: the first working day after
    receipt is the earliest that anyone can be asked to advise by.
    """

    day: date
    deadline: date | None
    is_tight: bool


def reply_by(
    received_on: date, deadlines: Collection[date], calendar: WorkingDayCalendar, days: ReplyDays
) -> ReplyBy:
    """Return the day advice is due by, always a working day after receipt (s.10(6)).

    Of several deadlines the earliest counts. Raises CalendarNotCovered.
    """
    if not deadlines:
        return ReplyBy(calendar.add_working_days(received_on, days.without_deadline), None, False)
    deadline = min(deadlines)
    wanted = _working_day_before(deadline, days.before, calendar)
    earliest = calendar.add_working_days(received_on, 1)
    return ReplyBy(max(wanted, earliest), deadline, is_tight=wanted < earliest)


def _working_day_before(deadline: date, days: int, calendar: WorkingDayCalendar) -> date:
    """The last working day that leaves `days` working days after it, up to and including the deadline."""
    day = deadline
    while not calendar.is_working_day(day) or calendar.count_working_days(day, deadline) < days:
        day -= timedelta(days=1)
    return day
