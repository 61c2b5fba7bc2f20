"""The forces' own limits and the day advice is due by, kept in line with the dated facts and the calendar."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction

from foitracker.audit.operations import EventOn, record_events
from foitracker.casework.refusals import NotPossible
from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from foitracker.working_days.queries import calendar_of, current_calendar, holidays_in_force, latest_change
from referrals.events.intake import REPLY_DATE_MOVED
from referrals.models import Referral, ReferralForce
from referrals.queries import reply_dates
from referrals.queries.reply_dates import awaiting_behind, due_on_of, grouped_forces, reply_days, reply_of
from referrals.rules.reply_by import ReplyDays
from referrals.rules.workflow import AWAITING_ADVICE
from requests_app.rules.clock.course import ClockOrderError


@dataclass(frozen=True)
class RecomputedLogs:
    """What one pass did. `not_possible` names logs that keep their dates because they cannot be worked out."""

    looked_at: int
    moved: int
    not_possible: tuple[str, ...]


@dataclass
class _Recomputed:
    """A log with its dates by another calendar, and the forces whose limit moves: before and after."""

    log: Referral
    before: date | None
    after: date | None
    limits: list[tuple[ReferralForce, date | None]] = field(default_factory=list)
    problem: str = ""

    @property
    def moves(self) -> bool:
        return bool(self.limits) or self.before != self.after


def set_due(involved: ReferralForce) -> None:
    """Set a force's own limit by the calendar in force. Does not save.

    Raises NotPossible for a day of receipt from which nothing can be counted.
    """
    try:
        involved.due_on = due_on_of(involved, current_calendar(checked_now=True))
    except (ClockOrderError, CalendarNotCovered) as error:
        raise NotPossible(f"{involved.force}: {error}", field="request_received_on") from error


def refresh_deadlines(referral: Referral) -> None:
    """Bring the limits of a log's forces, and the day advice is due by, up to date.

    Saves the forces that change; the log is for the caller to save. A force that has answered keeps the limit it
    was judged by. Raises NotPossible for days the calendar does not reach.
    """
    calendar = current_calendar(checked_now=True)
    forces = list(referral.forces.select_related("force"))
    changed = []
    for involved in forces:
        before = involved.due_on
        if involved.is_open:
            set_due(involved)
        if involved.due_on != before:
            changed.append(involved)
    if changed:
        ReferralForce.objects.bulk_update(changed, ["due_on"])
    try:
        reply = reply_of(referral, [*forces, *grouped_forces([referral])], calendar, reply_days())
    except CalendarNotCovered as error:
        raise NotPossible(str(error), field="received_on") from error
    referral.reply_by = reply.day if reply else None
    referral.calendar_version = calendar.version


def recompute_referrals(*, at: datetime) -> RecomputedLogs:
    """Bring the dates of all logs awaiting advice up to the calendar in force.

    Where a date moves it is recorded on the log's trail. Logs are done a chunk a transaction, with the same
    number of statements for each; those that are up to date are left alone, so a second run changes nothing and
    a run after a crash does the rest.
    """
    change, calendar = latest_change(), calendar_of(holidays_in_force())
    if change is None or change.version != calendar.version:
        return RecomputedLogs(0, 0, ())  # the calendar changed while it was read; that change has its own run
    looked_at = moved = last = 0
    not_possible: list[str] = []
    while chunk := _recompute_chunk(last, calendar, at):
        looked_at += len(chunk)
        moved += sum(one.moves for one in chunk)
        not_possible += [one.log.reference for one in chunk if one.problem]
        last = chunk[-1].log.pk
    return RecomputedLogs(looked_at, moved, tuple(not_possible))


@transaction.atomic
def recompute_at_next_pass() -> int:
    """Mark all logs awaiting advice, so that the next pass works their dates out again.

    Called when the days the unit takes or the law a force answers under change. Returns how many.
    """
    awaiting = Referral.objects.filter(status__in=AWAITING_ADVICE).order_by("pk")  # as a pass locks them
    logs = list(awaiting.select_for_update().values_list("pk", flat=True))
    return Referral.objects.filter(pk__in=logs).update(calendar_version="")


@transaction.atomic
def _recompute_chunk(last: int, calendar: WorkingDayCalendar, at: datetime) -> list[_Recomputed]:
    """One chunk: the logs are locked first and the trail last, as in every operation on a log."""
    behind = awaiting_behind(calendar.version).filter(pk__gt=last)[: reply_dates.CHUNK]
    logs = list(behind.select_for_update(of=("self",)))
    forces: dict[int, list[ReferralForce]] = defaultdict(list)
    for involved in ReferralForce.objects.filter(referral__in=logs).select_related("force").defer("wording"):
        forces[involved.referral_id].append(involved)
    grouped: dict[int | None, list[ReferralForce]] = defaultdict(list)
    for involved in grouped_forces(logs):
        grouped[involved.referral.national_log_id].append(involved)
    days = reply_days()
    chunk = [_recomputed(log, forces[log.pk], grouped[log.pk], calendar, days) for log in logs]
    moved = [one for one in chunk if one.moves]
    as_before = [one.log.pk for one in chunk if not one.moves and not one.problem]
    if as_before:
        Referral.objects.filter(pk__in=as_before).update(calendar_version=calendar.version)
    if moved:
        _store(moved, calendar.version)
        recorded = [EventOn(one.log.reference, _facts(one, calendar.version)) for one in moved]
        record_events(event=REPLY_DATE_MOVED, by=None, at=at, events=recorded)
    return chunk


def _recomputed(
    log: Referral,
    forces: Sequence[ReferralForce],
    grouped: Sequence[ReferralForce],
    calendar: WorkingDayCalendar,
    days: ReplyDays,
) -> _Recomputed:
    """The dates of a log; the limits of forces on logs `grouped` under it are stored with their own log."""
    limits = []
    try:
        for involved in grouped:
            involved.due_on = due_on_of(involved, calendar) if involved.is_open else involved.due_on
        for involved in forces:
            before = involved.due_on
            if involved.is_open and (after := due_on_of(involved, calendar)) != before:
                involved.due_on = after
                limits.append((involved, before))
        reply = reply_of(log, [*forces, *grouped], calendar, days)
    except (CalendarNotCovered, ClockOrderError) as error:
        return _Recomputed(log, log.reply_by, log.reply_by, problem=str(error))
    return _Recomputed(log, log.reply_by, reply.day if reply else None, limits)


def _store(moved: Sequence[_Recomputed], version: str) -> None:
    """All that moved in one statement for the logs and one for their forces."""
    limits = [involved for one in moved for involved, _ in one.limits]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referralforce AS involved SET due_on = limits.due_on "
            "FROM unnest(%s::bigint[], %s::date[]) AS limits (id, due_on) WHERE involved.id = limits.id",
            [[one.pk for one in limits], [one.due_on for one in limits]],
        )
        cursor.execute(
            "UPDATE referrals_referral AS log SET reply_by = moved.reply_by, calendar_version = %s, "
            "version = log.version + 1 "
            "FROM unnest(%s::bigint[], %s::date[]) AS moved (id, reply_by) WHERE log.id = moved.id",
            [version, [one.log.pk for one in moved], [one.after for one in moved]],
        )


def _facts(moved: _Recomputed, version: str) -> dict[str, object]:
    return {
        "reply_by_before": _iso(moved.before),
        "reply_by_after": _iso(moved.after),
        "deadlines": [
            {"force": str(involved.force), "before": _iso(before), "after": _iso(involved.due_on)}
            for involved, before in moved.limits
        ],
        "calendar_version": version,
        "version": moved.log.version + 1,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
