"""Logs as rows of a list: each with the working days left to advise in, and how long it has waited."""

from collections.abc import Iterable
from dataclasses import dataclass

from foitracker.casework.measures import Mark
from foitracker.working_days.queries import current_calendar
from referrals.measures import LOGS, OVERDUE, LogView
from referrals.models import Referral, ReferralForce
from referrals.rules.ageing import working_days_old
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
    is_overdue: bool
    marks: list[Mark]

    @property
    def left_words(self) -> str:
        return f"{self.days_left} left" if self.days_left else "Due today"

    @property
    def age_words(self) -> str:
        return "1 day old" if self.days_old == 1 else f"{self.days_old} days old"

    @property
    def is_mandatory(self) -> bool:
        return any(involved.trigger == Trigger.MANDATORY for involved in self.forces)

    @property
    def forces_named(self) -> str:
        return ", ".join(involved.force.short for involved in self.forces[:FORCES_NAMED])

    @property
    def more_forces(self) -> int:
        return max(len(self.forces) - FORCES_NAMED, 0)


def log_rows(cases: Iterable[Referral], view: LogView) -> list[LogRow]:
    """Return rows for logs whose forces are prefetched, without another query for each."""
    return [_row(case, view) for case in cases]


def _row(case: Referral, view: LogView) -> LogRow:
    awaited = case.awaits_advice
    return LogRow(
        case,
        list(case.forces.all()),
        days_left=working_days_left(case.reply_by, view.today) if awaited else None,
        days_old=working_days_old(case.received_on, view.today, current_calendar()) if awaited else None,
        is_overdue=OVERDUE.holds(case, view),
        marks=LOGS.marks(case, view),
    )
