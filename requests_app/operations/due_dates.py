"""Due dates brought up to the calendar in force, and told to the officers whose requests moved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import connection, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import EventOn, record_events
from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.models import CalendarVersion
from foitracker.working_days.queries import calendar_of, holidays_in_force, latest_change
from requests_app.events.clock import DUE_DATE_MOVED
from requests_app.models import DueDateChange, FoiRequest
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.due_dates import DueDate, chunk_after, due_date_by, recorded_of, requests_behind
from requests_app.rules.clock.clock_dates import ClockDates
from requests_app.rules.clock.course import ClockPolicy


@dataclass(frozen=True)
class Recomputed:
    """What one pass did. `not_possible` names requests that keep their date because it cannot be worked out."""

    looked_at: int
    moved: int
    not_possible: tuple[str, ...]


def recompute_open_requests(*, at: datetime) -> Recomputed:
    """Bring the due dates of all unanswered requests up to the calendar in force.

    A due date that moves is recorded on the request's timeline, with the version of the calendar, and shown
    to its officer. Requests are done a chunk a transaction, with the same number of statements for each;
    those that are up to date are left alone, so a second run changes nothing and a run after a crash does
    the rest.
    """
    change, calendar = latest_change(), calendar_of(holidays_in_force())
    if change is None or change.version != calendar.version:
        return Recomputed(0, 0, ())  # the calendar changed while it was read; that change has its own run
    looked_at = moved = last = 0
    not_possible: list[str] = []
    while chunk := _recompute_chunk(last, change, calendar, at):
        looked_at += len(chunk)
        moved += sum(due.moves for due in chunk)
        not_possible += [due.case.reference for due in chunk if due.problem]
        last = chunk[-1].case.pk
    return Recomputed(looked_at, moved, tuple(not_possible))


@transaction.atomic
def acknowledge_moved_dates(*, by: User, at: datetime, ids: Collection[int]) -> int:
    """Record that an officer has seen these changes of due dates; return how many.

    Those of other people's requests, and those seen before, are left as they are.
    """
    check_can(Permission.WORK_CASE, by)
    seen = DueDateChange.objects.filter(pk__in=ids, acknowledged_at__isnull=True, foi_request__officer=by)
    return seen.update(acknowledged_at=at, acknowledged_by=by)


@transaction.atomic
def _recompute_chunk(
    last: int, change: CalendarVersion, calendar: WorkingDayCalendar, at: datetime
) -> list[DueDate]:
    """One chunk: the requests are locked first and the trail last, as in every operation on a request."""
    behind = chunk_after(requests_behind(calendar.version), last).select_for_update(of=("self",))
    cases, policy = list(behind), clock_policy(authority())
    recorded = recorded_of(cases)
    chunk = [due_date_by(case, calendar, policy, recorded[case.pk]) for case in cases]
    moved = [due for due in chunk if due.moves]
    as_before = {due.case.pk for due in chunk if due.is_as_before}
    FoiRequest.objects.filter(pk__in=as_before).update(
        calendar_version=calendar.version, deemed_next_working_day=policy.deemed_next_working_day
    )
    _store([due for due in chunk if due.dates and due.case.pk not in as_before], change, policy)
    if moved:
        events = [EventOn(due.case.reference, _facts(due, calendar.version)) for due in moved]
        record_events(event=DUE_DATE_MOVED, by=None, at=at, events=events)
    return chunk


#: The columns of the dates, and the type that a list of each is handed over as.
_COLUMNS = {
    field.name: "int" if field.name in ("paused_days", "answer_days") else "date"
    for field in fields(ClockDates)
}
_STORE = f"""
    WITH new AS (
        SELECT * FROM unnest(%s::bigint[], %s::boolean[], {", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())})
            AS n (id, moves, {", ".join(_COLUMNS)})
    ), before AS (
        SELECT request.id, request.due_on FROM requests_app_foirequest AS request JOIN new USING (id)
    ), stored AS (
        UPDATE requests_app_foirequest AS request
        SET {", ".join(f"{name} = new.{name}" for name in _COLUMNS)}, calendar_version = %s,
            deemed_next_working_day = %s, version = request.version + new.moves::int
        FROM new WHERE request.id = new.id
    )
    INSERT INTO requests_app_duedatechange (foi_request_id, change_id, due_before, due_after)
    SELECT new.id, %s, before.due_on, new.due_on FROM new JOIN before USING (id) WHERE new.moves
    ON CONFLICT (foi_request_id, change_id) DO NOTHING
"""  # noqa: S608 (the names of our own columns)


def _store(worked_out: Sequence[DueDate], change: CalendarVersion, policy: ClockPolicy) -> None:
    """The dates, and what the officers of those that moved are to see, in one statement.

    Rows one by one would take twice the time.
    """
    if not worked_out:
        return
    dates = [[getattr(due.dates, name) for due in worked_out] for name in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(
            _STORE,
            [
                [due.case.pk for due in worked_out],
                [due.moves for due in worked_out],
                *dates,
                change.version,
                policy.deemed_next_working_day,
                change.pk,
            ],
        )


def _facts(due: DueDate, version: str) -> dict[str, object]:
    return {
        "due_before": due.before.isoformat() if due.before else None,
        "due_after": due.after.isoformat() if due.after else None,
        "calendar_version": version,
        "version": due.case.version + 1,
    }
