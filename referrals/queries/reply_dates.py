"""When advice is due on logs, from the deadlines of their forces and the unit's rules."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from foitracker.working_days.queries import current_calendar
from referrals.models import Referral, ReferralForce
from referrals.queries.unit import unit
from referrals.rules.reply_by import ReplyBy, ReplyDays, reply_by
from referrals.rules.workflow import AWAITING_ADVICE
from requests_app.rules.clock.statutory_clock import response_due

#: Logs read at a time: memory does not grow with their number.
CHUNK = 1000


def reply_days() -> ReplyDays:
    """Return the days the unit has chosen; the defaults before anyone has."""
    decided = unit()
    return ReplyDays(decided.reply_days_before, decided.reply_days_without_deadline)


def due_on_of(involved: ReferralForce, calendar: WorkingDayCalendar) -> date | None:
    """Work out a force's own limit from the day it received its request (FOIA s.10(1)).

    None where that day is not known, or another access law applies. Settings of our own about the clock do not
    bind another authority: the limit is as the Act says. Raises ClockOrderError and CalendarNotCovered.
    """
    if involved.request_received_on is None or not involved.force.has_foia_deadline:
        return None
    return response_due(involved.request_received_on, [], calendar)


def reply_of(
    referral: Referral, forces: Iterable[ReferralForce], calendar: WorkingDayCalendar, days: ReplyDays
) -> ReplyBy | None:
    """Work out when advice is due on a log; None when none is awaited any more.

    A force that has answered its request sets no time any longer. Raises CalendarNotCovered.
    """
    if not referral.awaits_advice:
        return None
    deadlines = [one.deadline for one in forces if one.is_open and one.deadline]
    return reply_by(referral.received_on, deadlines, calendar, days)


def grouped_forces(leads: Iterable[Referral]) -> QuerySet[ReferralForce]:
    """Return the forces on logs grouped under these: advice given on the national log is theirs."""
    grouped = ReferralForce.objects.filter(referral__national_log__in=leads)
    return grouped.select_related("force", "referral").defer("wording", "search", "referral__wording")


def awaiting_behind(version: str) -> QuerySet[Referral]:
    """Return the logs awaiting advice whose dates were computed with another calendar."""
    return (
        Referral.objects.filter(status__in=AWAITING_ADVICE)
        .exclude(calendar_version=version)
        .defer("wording", "search")
        .order_by("pk")
    )


def reply_now(referral: Referral) -> ReplyBy | None:
    """Work out when advice is due on a log from what is recorded now, and whether that is tight.

    None when none is awaited, or the calendar does not reach that far.
    """
    try:
        return reply_of(referral, referral.forces.all(), current_calendar(), reply_days())
    except CalendarNotCovered:
        return None
