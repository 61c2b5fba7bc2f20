"""Reminders that are about no case but about the running of the tracker, and what its status says of reminders."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.casework.local_day import local
from foitracker.pages.words import short_moment, weekday_in_words
from foitracker.reminders.kinds import EverybodyWhoMay, PlainReminder, ReminderKind
from foitracker.reminders.models import Sweep
from foitracker.reminders.moment import Moment
from foitracker.reminders.steps import Steps
from foitracker.status.readings import Reading, troubles
from foitracker.working_days.queries import coverage_warnings

_MANAGERS = (EverybodyWhoMay("managers", "Managers", Permission.OVERSEE),)
#: Looked at every ten minutes; twice missed is a fault.
LATE = timedelta(minutes=25)
LAST_SWEEP = "last_sweep"


def _calendar_is_short(moment: Moment) -> Mapping[str, date]:
    """Said once a month while it is so."""
    short = coverage_warnings(moment.today)
    return {"The working-day calendar": moment.today.replace(day=1)} if short else {}


def _something_fails(moment: Moment) -> Mapping[str, date]:
    """Said once a day while it is so. That this sweep is late is not its own to say."""
    failing = [reading for reading in troubles(moment.at) if reading.code != LAST_SWEEP]
    return {"The tracker": moment.today} if failing else {}


KINDS: tuple[ReminderKind, ...] = (
    PlainReminder(
        code="calendar_short",
        heading="Bank holidays running short",
        says=lambda day, left: "the bank holidays known do not reach far enough ahead",
        steps=Steps((0,)),
        audiences=_MANAGERS,
        look=_calendar_is_short,
        page=lambda: reverse("working_days:calendar"),
    ),
    PlainReminder(
        code="something_fails",
        heading="Mail or jobs failing",
        says=lambda day, left: f"something failed on {weekday_in_words(day)}; the status says what",
        steps=Steps((0,)),
        audiences=_MANAGERS,
        look=_something_fails,
        page=lambda: reverse("status:status"),
    ),
)


def last_sweep_reading(at: datetime) -> list[Reading]:
    """Return when all cases were last looked at, for the status."""
    last = Sweep.objects.first()
    late = last is not None and at - last.at > LATE
    return [
        Reading(
            code=LAST_SWEEP,
            label="Reminders last checked",
            words=short_moment(local(last.at)) if last else "Not yet",
            value=last.at.isoformat() if last else None,
            is_in_trouble=late,
            advice="Start beat and the worker of the scheduled jobs. The next check makes up for what was missed.",
        )
    ]
