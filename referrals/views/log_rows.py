"""Logs as rows of a list: each with the working days left to advise in, and how long it has waited."""

from collections.abc import Iterable
from dataclasses import dataclass

from foitracker.casework.measures import Mark
from foitracker.pages.lists.columns import MARKS, NOWRAP, SUBJECT, Column
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


COLUMNS: tuple[Column[LogRow], ...] = (
    Column(
        "number", "Log", lambda row: row.case.log_number, header="log number", first="descending", look=NOWRAP
    ),
    Column("subject", "Subject", lambda row: row.case.subject, look=SUBJECT),
    Column("forces", "Forces", lambda row: [involved.force.name for involved in row.forces]),
    Column("scope", "Scope", lambda row: row.case.get_scope_display()),
    Column("mandatory", "Mandatory", lambda row: row.is_mandatory),
    Column("received", "Received", lambda row: row.case.received_on, first="descending", look=NOWRAP),
    Column(
        "reply", "Reply by", lambda row: row.case.reply_by, look=lambda row: MARKS if row.marks else NOWRAP
    ),
    Column("left", "Working days left", lambda row: row.days_left),
    Column("age", "Age in working days", lambda row: row.days_old),
    Column("priority", "Priority", lambda row: row.case.get_priority_display(), look=NOWRAP),
    Column("adviser", "Adviser", lambda row: row.case.adviser and row.case.adviser.name),
    Column("topic", "Topic", lambda row: row.case.topic and row.case.topic.name),
    Column("status", "Status", lambda row: row.case.get_status_display()),
    Column("advised", "Advised", lambda row: row.case.advised_on),
    Column("closed", "Closed", lambda row: row.case.closed_on),
    Column("where", "Status and adviser"),
)
ON_PAGE = ("number", "subject", "forces", "received", "reply", "priority", "where")
IN_FILE = [column.name for column in COLUMNS if column.value]
