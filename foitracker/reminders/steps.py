"""On which working days a reminder falls, counted from the date it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func

from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.expressions import value_by_threshold

#: A reminder that is repeated each week is repeated for two years.
_MOST_STEPS = 104


@dataclass(frozen=True)
class Steps:
    """The offsets of a kind in working days: 5 is five before the date, 0 the day itself, -1 the first after it.

    `every` repeats the last of them, every so many working days, while the reminder stands. On a day the step that
    was reached last counts: the most urgent one alone, however many were missed.
    """

    offsets: tuple[int, ...]
    every: int | None = None

    def reached(self, left: int) -> int | None:
        """Return the step reached with `left` working days to go (negative: past); None before the first."""
        if left > self.offsets[0]:
            return None
        last = self.offsets[-1]
        if self.every and left <= last:
            repeated = min((last - left) // self.every, _MOST_STEPS - len(self.offsets))
            return last - self.every * repeated
        return min(offset for offset in self.offsets if left <= offset)

    def reached_by(self, about: Any, today: date, calendar: WorkingDayCalendar) -> Func:
        """Return `reached` as an expression, for the date that `about` is an expression or a column of."""
        steps = [*reversed(self.offsets)]
        while self.every and len(steps) < _MOST_STEPS:
            steps.insert(0, steps[0] - self.every)
        thresholds = [calendar.first_day_beyond(today, step) for step in steps]
        about = F(about) if isinstance(about, str) else about
        return value_by_threshold(about, thresholds, [*steps, None])


def in_order(offsets: Sequence[int]) -> tuple[int, ...]:
    """Return offsets as `Steps` takes them: the earliest day first, each once."""
    return tuple(sorted(set(offsets), reverse=True))
