"""What the page of a log says about time: when advice is due and why, and how long it has waited."""

from dataclasses import dataclass, field
from datetime import date

from foitracker.pages.words import overdue_since, working_days_words
from foitracker.working_days.calendar import CalendarNotCovered
from foitracker.working_days.queries import current_calendar
from referrals.measures import AGEING, OVERDUE, LogView
from referrals.models import Referral, ReferralForce
from referrals.queries.referral_file import ReferralFile, deadline_forces
from referrals.queries.reply_dates import reply_of
from referrals.rules.ageing import working_days_old
from referrals.rules.reply_by import ReplyBy
from referrals.rules.workflow import CLOSING_LABELS, Closing
from requests_app.queries.clock import working_days_left
from requests_app.templatetags.clock_panel import NEARLY_DUE, days_left_words


@dataclass(frozen=True)
class ReplyPanel:
    """The state in a word with its look, the line in large letters, the day, why that day, and the log's age.

    `day` is None once no advice is awaited. `set_by` are the forces whose deadline the day is derived from.
    """

    state: str
    tone: str
    shape: str
    words: str
    day: date | None = None
    reason: str = ""
    deadline: date | None = None
    set_by: list[ReferralForce] = field(default_factory=list)
    days_old: int | None = None
    is_ageing: bool = False


def reply_panel(found: ReferralFile, view: LogView) -> ReplyPanel:
    """Return when advice is due on a log and why, or when it was given, or how the log ended."""
    case = found.case
    if case.is_closed:
        return ReplyPanel("Closed", "closed", "square", CLOSING_LABELS[Closing(case.closing)])
    if not case.awaits_advice:
        return ReplyPanel("Advised", "good", "tick", "Advice given")
    calendar = current_calendar()
    forces = _forces_waiting(found)
    try:
        reply = reply_of(case, forces, calendar, found.reply_days)
    except CalendarNotCovered:
        reply = None
    return ReplyPanel(
        *_face(case, view),
        day=case.reply_by,
        reason=_reason(reply, found) if reply else "",
        deadline=reply.deadline if reply else None,
        set_by=deadline_forces(forces, reply.deadline) if reply else [],
        days_old=working_days_old(case.received_on, view.today, calendar),
        is_ageing=AGEING.holds(case, view),
    )


def _forces_waiting(found: ReferralFile) -> list[ReferralForce]:
    """The forces on the log and, where others are grouped under it, on those."""
    members = found.members if found.lead == found.case else []
    return [*found.forces, *(force for member in members for force in member.forces.all())]


def _face(case: Referral, view: LogView) -> tuple[str, str, str, str]:
    left = working_days_left(case.reply_by, view.today)
    if case.reply_by is None or left is None:
        return "No date", "wait", "pause", "No reply date"
    if OVERDUE.holds(case, view):
        return "Overdue", OVERDUE.tone, OVERDUE.shape, overdue_since(case.reply_by, view.today)
    if left <= NEARLY_DUE:
        return "Due soon", "wait", "diamond", days_left_words(left)
    return "Running", "progress", "half", days_left_words(left)


def _reason(reply: ReplyBy, found: ReferralFile) -> str:
    if reply.deadline is None:
        return (
            f"No force's deadline is known, so advice is due {working_days_words(found.reply_days.without_deadline)} "
            "after the log came."
        )
    wanted = working_days_words(found.reply_days.before)
    if reply.is_tight:
        return f"The first working day after the log came: its first deadline leaves less than the usual {wanted}."
    return f"{wanted} before the first deadline."
