"""Sending packs by a schedule: set, changed and stopped by a manager, sent once on the first working day of a month."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from dashboard.returns.documents.pack import pack_pdf
from dashboard.returns.documents.printed import printed
from dashboard.returns.events import (
    RETURN_MADE,
    RETURN_SENT,
    SCHEDULE_CHANGED,
    SCHEDULE_SET,
    SCHEDULE_STOPPED,
)
from dashboard.returns.kinds import BY_CODE, ReturnKind
from dashboard.returns.kinds.periods import latest_period
from dashboard.returns.models import Return, Schedule, ScheduledSending
from dashboard.returns.operations.making import keep_return, record_made
from dashboard.returns.queries.reading import approval_of, commentary_of, schedules_in_force
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.audit.queries import timeline
from foitracker.casework.local_day import local
from foitracker.casework.refusals import NotPossible, SettingsChanged
from foitracker.mail.kinds import MessageKind
from foitracker.mail.operations import queue_message
from foitracker.pages.words import moment_in_words
from foitracker.statistics.periods import Period
from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.queries import current_calendar
from requests_app.queries.authority import authority

logger = logging.getLogger(__name__)

RETURN_SENT_OUT = MessageKind(
    code="return", label="Return sent by a schedule", resent_by=Permission.OVERSEE.value
)


@transaction.atomic
def set_schedule(*, by: User, at: datetime, kind: ReturnKind, addresses: Sequence[str]) -> Schedule:
    """Have a kind of return sent to these addresses each time its period is over.

    Raises NotPermitted; NotPossible where that kind is sent already.
    """
    check_can(Permission.OVERSEE, by)
    try:
        with transaction.atomic():
            kept = Schedule.objects.create(kind=kind.code, addresses=list(addresses), set_by=by, set_at=at)
    except IntegrityError as error:
        raise NotPossible(
            f"{kind.name}: sent already. Change to whom, or stop it first.", field="kind"
        ) from error
    detail = {"kind": kind.code, "addresses": kept.addresses}
    record_event(event=SCHEDULE_SET, by=by, at=at, subject=kept.audit_subject, detail=detail)
    return kept


@transaction.atomic
def change_schedule(
    *, by: User, at: datetime, schedule_id: int, addresses: Sequence[str], seen_version: int | None = None
) -> Schedule:
    """Change to whom a kind of return is sent; nothing is recorded where nothing changes.

    Raises NotPermitted; NotPossible once it is stopped; SettingsChanged.
    """
    check_can(Permission.OVERSEE, by)
    kept = _in_force(schedule_id, seen_version)
    before = kept.addresses
    if list(addresses) != before:
        kept.addresses = list(addresses)
        kept.save()
        detail = {"kind": kept.kind, "addresses": kept.addresses, "before": before}
        record_event(event=SCHEDULE_CHANGED, by=by, at=at, subject=kept.audit_subject, detail=detail)
    return kept


@transaction.atomic
def stop_schedule(*, by: User, at: datetime, schedule_id: int) -> Schedule:
    """Stop sending a kind of return. Raises NotPermitted; NotPossible once it is stopped."""
    check_can(Permission.OVERSEE, by)
    kept = _in_force(schedule_id, None)
    kept.stopped_by, kept.stopped_at = by, at
    kept.save()
    record_event(event=SCHEDULE_STOPPED, by=by, at=at, subject=kept.audit_subject, detail={"kind": kept.kind})
    return kept


def _in_force(schedule_id: int, seen_version: int | None) -> Schedule:
    kept = Schedule.objects.select_for_update().get(pk=schedule_id)
    last = timeline(kept.audit_subject).first()
    if seen_version is not None and last is not None and last.sequence > seen_version:
        raise SettingsChanged
    if kept.stopped_at:
        raise NotPossible("This sending was stopped. Set another one.")
    return kept


def first_working_day_from(day: date, calendar: WorkingDayCalendar) -> date:
    """Return the first working day of the month of a day."""
    return calendar.add_working_days(day.replace(day=1) - timedelta(days=1), 1)


def send_due_returns(*, at: datetime, today: date) -> int:
    """Send what is due: of each schedule the return of its latest period, from the first working day of the month on.

    A return that was not sent on that day, because nothing ran, is sent on the next. A period that was over before the
    schedule was set is not sent. One that fails is logged, tried again by the next run, and does not keep back the
    others. Return how many were sent; called again, none.
    """
    if today < first_working_day_from(today, current_calendar()):
        return 0
    settings = authority()
    begins_in = settings.year_begins_in if settings else 4
    sent = 0
    for schedule in schedules_in_force():
        if schedule.kind not in BY_CODE:
            continue
        try:
            sent += _send(schedule, latest_period(BY_CODE[schedule.kind].length, today, begins_in), at=at)
        except Exception:
            logger.exception("the return of %s was not sent", schedule.audit_subject)
    return sent


def _send(schedule: Schedule, period: Period, *, at: datetime) -> bool:
    """Make and send the return of a period, unless that has been done; return whether it was done now.

    The row of the sending is the key: a second one is refused. The trail, for which others wait, comes last.
    """
    if period.to_on < local(schedule.set_at).date() or _is_sent(schedule, period):
        return False
    with transaction.atomic():
        locked = Schedule.objects.select_for_update().get(pk=schedule.pk)
        if locked.stopped_at or _is_sent(schedule, period):
            return False
        made = keep_return(by=None, at=at, kind=BY_CODE[schedule.kind], period=period)
        ScheduledSending.objects.create(schedule=locked, period_to=period.to_on, sent=made, queued_at=at)
        _queue(locked, made, at=at)
        record_made(made, RETURN_MADE)
        detail = {"kind": locked.kind, "addresses": locked.addresses, "schedule": locked.pk}
        record_event(event=RETURN_SENT, by=None, at=at, subject=made.audit_subject, detail=detail)
    return True


def _is_sent(schedule: Schedule, period: Period) -> bool:
    return ScheduledSending.objects.filter(schedule=schedule, period_to=period.to_on).exists()


def _queue(schedule: Schedule, made: Return, *, at: datetime) -> None:
    """Put one message an address into the outbox, with the publication copy: it names no officer and no applicant."""
    copy = printed(made, commentary_of(made), approval_of(made), for_public=True)
    name = f"return-{made.pk}.pdf"
    content = pack_pdf(copy)
    for address in schedule.addresses:
        queue_message(
            kind=RETURN_SENT_OUT,
            about=made.audit_subject,
            page=made.get_absolute_url(),
            key=f"return/{schedule.pk}/{made.to_on.isoformat()}/{address}",
            to=address,
            subject=copy.title,
            body=(
                f"{copy.title}\n\n{copy.statement.headline}\n\nAs at {moment_in_words(made.statement.as_at)}. "
                "The figures with their definitions are in the attached PDF. They are sent as they were counted and "
                f"have not been approved for publication.\n\n{copy.statement.authority}\n"
            ),
            attachments=[(name, content, "application/pdf")],
            at=at,
        )
