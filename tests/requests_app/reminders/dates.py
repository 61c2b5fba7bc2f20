"""The dates of a case, read from the statutory clock, and working days counted one by one."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.rules.clock.course import ClockPolicy
from requests_app.rules.clock.statutory_clock import read_clock
from tests.requests_app.reminders.facts import CaseFacts, days_from
from tests.requests_app.rules.clock.clock_cases import CALENDAR, with_holidays

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)


@dataclass(frozen=True)
class WorkingDays:
    """The working days of the years that the plan touches, by the shipped calendar and what was proclaimed since."""

    calendar: WorkingDayCalendar

    @cached_property
    def days(self) -> list[date]:
        return [day for day in days_from(FIRST, LAST) if self.calendar.is_working_day(day)]

    def left(self, today: date, day: date) -> int:
        """Return the working days after today up to a day, negative once it is past."""
        return bisect_right(self.days, day) - bisect_right(self.days, today)

    def nth(self, start: date, number: int, pauses: Iterable[tuple[date, date]] = ()) -> date:
        """Return the `number`th working day after `start` that lies in no pause, walking there day by day."""
        day = start
        while number:
            day += timedelta(days=1)
            paused = any(first <= day <= last for first, last in pauses)
            number -= self.calendar.is_working_day(day) and not paused
        return day

    def end_of(self, start: date, number: int, pauses: Sequence[tuple[date, date]]) -> date:
        """Return the last day on which the clock stands at `number`.

        When a fee was asked for on the next working day, that is the day it was paid: days count again from the one
        after it (s.10(2)).
        """
        day = self.nth(start, number, pauses)
        following = self.nth(day, 1)
        return max([day, *(last for first, last in pauses if first <= following <= last)])


@dataclass(frozen=True)
class Dates:
    """The dates in force of a case; None while one does not apply.

    `stages` gives the last days for what has to be there by a working day of the limit.
    """

    due: date | None
    notice: date | None
    started: date | None
    lapses: date | None
    stages: dict[int, date]


class Book:
    """The dates of all cases, each worked out again when its facts or the calendar have changed."""

    def __init__(self, policy: ClockPolicy) -> None:
        self._policy = policy
        self._days: dict[frozenset[date], WorkingDays] = {}
        self._dates: dict[tuple[int, int, frozenset[date]], Dates] = {}

    def working_days(self, proclaimed: Iterable[date]) -> WorkingDays:
        """Return the working days as they are with what has been proclaimed."""
        key = frozenset(proclaimed)
        if key not in self._days:
            self._days[key] = WorkingDays(with_holidays(key) if key else CALENDAR)
        return self._days[key]

    def dates(self, case: CaseFacts, proclaimed: Iterable[date]) -> Dates:
        """Return the dates of a case."""
        key = (case.number, case.changes, frozenset(proclaimed))
        if key not in self._dates:
            self._dates[key] = self._read(case, self.working_days(key[2]))
        return self._dates[key]

    def _read(self, case: CaseFacts, days: WorkingDays) -> Dates:
        read = read_clock(
            case.received_on,
            case.clock_events(),
            days.calendar,
            on=case.received_on,
            policy=self._policy,
        )
        fee = read.fee_payable_by if case.fee_asked_on else None
        pauses = [(notified, paid) for notified, paid in case.fees if paid]
        stages = (
            {number: days.end_of(read.started_on, number, pauses) for number in (8, 12, 15)}
            if read.started_on and read.response_due
            else {}
        )
        return Dates(
            read.response_due,
            read.refusal_notice_due,
            read.started_on,
            read.clarification_lapses_on or fee,
            stages,
        )
