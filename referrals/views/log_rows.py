"""Logs as rows of a list: each with the working days left to advise in, and how long it has waited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foitracker.working_days.calendar import CalendarNotCovered
from foitracker.working_days.queries import current_calendar
from referrals.models import Referral, ReferralForce
from referrals.queries.unit import unit
from referrals.rules.ageing import ageing_before, working_days_old
from referrals.rules.vocabulary import Trigger
from requests_app.queries.clock import working_days_left

#: Forces named in a row; of the others, only how many there are.
FORCES_NAMED = 2


@dataclass(frozen=True)
class LogRow:
    """One log of a list, with its forces. `days_left` and `days_old` are None when no advice is awaited."""

    case: Referral
    forces: list[ReferralForce]
    days_left: int | None
    days_old: int | None
    is_ageing: bool

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def left_words(self) -> str:
        left = self.days_left or 0
        return "Due today" if left == 0 else f"{left} left" if left > 0 else f"{-left} overdue"

    @property
    def age_words(self) -> str:
        days = "1 day" if self.days_old == 1 else f"{self.days_old} days"
        return f"Ageing: {days}" if self.is_ageing else f"{days} old"

    @property
    def is_mandatory(self) -> bool:
        return any(involved.trigger == Trigger.MANDATORY for involved in self.forces)

    @property
    def forces_named(self) -> str:
        return ", ".join(involved.force.short for involved in self.forces[:FORCES_NAMED])

    @property
    def more_forces(self) -> int:
        return max(len(self.forces) - FORCES_NAMED, 0)


def log_rows(cases: Iterable[Referral], today: date, *, ageing_from: date) -> list[LogRow]:
    """Return rows for logs whose forces are prefetched, without another query.

    A log that awaits advice and came before `ageing_from` is ageing.
    """
    return [_row(case, today, ageing_from) for case in cases]


def ageing_day(today: date) -> date:
    """Return the first day whose logs are not ageing yet, by the unit's rules."""
    try:
        return ageing_before(today, unit().ageing_after_days, current_calendar())
    except CalendarNotCovered:  # no calendar of these days: nothing can be said to age
        return date.min


def _row(case: Referral, today: date, ageing_from: date) -> LogRow:
    awaited = case.awaits_advice
    return LogRow(
        case,
        list(case.forces.all()),
        days_left=working_days_left(case.reply_by, today) if awaited else None,
        days_old=working_days_old(case.received_on, today, current_calendar()) if awaited else None,
        is_ageing=awaited and case.received_on < ageing_from,
    )
