"""Sending packs by a schedule: set, changed and stopped by a manager, sent once a period, when approved."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

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
from dashboard.returns.queries.reading import as_it_stands, schedules_in_force
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
from requests_app.models import Authority
from requests_app.queries.authority import authority

RETURN_SENT_OUT = MessageKind(
    code="return", label="Return sent by a schedule", resent_by=Permission.OVERSEE.value
)


@transaction.atomic
def set_schedule(
    *, by: User, at: datetime, kind: ReturnKind, addresses: Sequence[str], sends_unapproved: bool = False
) -> Schedule:
    """Have a kind of return counted each time its period is over, and sent to these addresses.

    It is sent once it is approved; with `sends_unapproved` at once, marked as not approved. Raises NotPermitted;
    NotPossible where that kind is sent already.
    """
    check_can(Permission.OVERSEE, by)
    try:
        with transaction.atomic():
            kept = Schedule.objects.create(
                kind=kind.code,
                addresses=list(addresses),
                sends_unapproved=sends_unapproved,
                set_by=by,
                set_at=at,
            )
    except IntegrityError as error:
        raise NotPossible(
            f"{kind.name}: sent already. Change to whom, or stop it first.", field="kind"
        ) from error
    detail = {"kind": kind.code, "addresses": kept.addresses, "when": _when(kept)}
    record_event(event=SCHEDULE_SET, by=by, at=at, subject=kept.audit_subject, detail=detail)
    return kept


@transaction.atomic
def change_schedule(
    *,
    by: User,
    at: datetime,
    schedule_id: int,
    addresses: Sequence[str],
    sends_unapproved: bool,
    seen_version: int | None = None,
) -> Schedule:
    """Change to whom a kind of return is sent, and whether before it is approved.

    Nothing is recorded where nothing changes. Raises NotPermitted; NotPossible once it is stopped; SettingsChanged.
    """
    check_can(Permission.OVERSEE, by)
    kept = _in_force(schedule_id, seen_version)
    before = kept.addresses
    if (list(addresses), sends_unapproved) != (before, kept.sends_unapproved):
        kept.addresses, kept.sends_unapproved = list(addresses), sends_unapproved
        kept.save()
        detail = {
            "kind": kept.kind,
            "addresses": kept.addresses,
            "before": before,
            "when": _when(kept),
        }
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


def _when(schedule: Schedule) -> str:
    return "at_once" if schedule.sends_unapproved else "approved"


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
    """Count and send what is due by the schedules, from the first working day of the month on.

    Of each the return of its latest period is counted. It is sent once it is approved, or at once where the schedule
    says so. What was not done on that day, because nothing ran, is done on the next. A period that was over before the
    schedule was set is not sent. Return how many were sent; called again, none. Raises ExceptionGroup of what failed
    once all were tried, so that the job is shown as failed; the next run tries again.
    """
    is_due = today >= first_working_day_from(today, current_calendar())
    begins_in = (authority() or Authority()).year_begins_in
    sent, failed = 0, []
    for schedule in schedules_in_force():
        if schedule.kind not in BY_CODE:
            continue
        try:
            if is_due:
                sent += _count(
                    schedule, latest_period(BY_CODE[schedule.kind].length, today, begins_in), at=at
                )
            if not schedule.sends_unapproved:
                over_before = today if is_due else today.replace(day=1) - timedelta(days=1)
                sent += sum(_send(schedule, of, at=at) for of in _approved(schedule, over_before))
        except Exception as error:
            error.add_note(f"The return of {schedule.audit_subject} was not sent.")
            failed.append(error)
    if failed:
        raise ExceptionGroup("Returns that were not sent", failed)
    return sent


def _count(schedule: Schedule, period: Period, *, at: datetime) -> bool:
    """Count the return of a period, unless there is one to approve or it was sent; return whether it was sent at once.

    The trail, for which others wait, comes last.
    """
    if period.to_on < local(schedule.set_at).date():
        return False
    with transaction.atomic():
        locked = Schedule.objects.select_for_update().get(pk=schedule.pk)
        if locked.stopped_at or _is_sent(locked, period.to_on):
            return False
        if not locked.sends_unapproved and _is_made(locked, period):
            return False
        made = keep_return(by=None, at=at, kind=BY_CODE[locked.kind], period=period)
        if locked.sends_unapproved:
            _queue(locked, made, at=at)
        record_made(made, RETURN_MADE)
        if locked.sends_unapproved:
            _record_sent(locked, made, at=at)
    return locked.sends_unapproved


def _send(schedule: Schedule, of: Return, *, at: datetime) -> bool:
    """Send an approved return, unless that has been done; return whether it was done now."""
    with transaction.atomic():
        locked = Schedule.objects.select_for_update().get(pk=schedule.pk)
        if locked.stopped_at or _is_sent(locked, of.to_on):
            return False
        _queue(locked, of, at=at)
        _record_sent(locked, of, at=at)
    return True


def _approved(schedule: Schedule, over_before: date) -> QuerySet[Return]:
    """Of each period that was not sent, the approved return made last; of periods over since the schedule was set."""
    found = Return.objects.filter(
        kind=schedule.kind,
        approval__isnull=False,
        to_on__gte=local(schedule.set_at).date(),
        to_on__lt=over_before,
    )
    unsent = found.exclude(to_on__in=schedule.sendings.values("period_to"))
    return unsent.order_by("to_on", "-id").distinct("to_on")


def _is_made(schedule: Schedule, period: Period) -> bool:
    """Whether a schedule counted the period, or somebody did and it is approved."""
    made = Return.objects.filter(kind=schedule.kind, from_on=period.from_on, to_on=period.to_on)
    return made.filter(Q(made_by__isnull=True) | Q(approval__isnull=False)).exists()


def _record_sent(schedule: Schedule, of: Return, *, at: datetime) -> None:
    detail = {"kind": schedule.kind, "addresses": schedule.addresses, "schedule": schedule.pk}
    record_event(event=RETURN_SENT, by=None, at=at, subject=of.audit_subject, detail=detail)


def _is_sent(schedule: Schedule, to_on: date) -> bool:
    return schedule.sendings.filter(period_to=to_on).exists()


def _queue(schedule: Schedule, made: Return, *, at: datetime) -> None:
    """Put one message an address into the outbox, with the publication copy: it names no officer and no applicant.

    The row of the sending is the key: a second one is refused.
    """
    ScheduledSending.objects.create(schedule=schedule, period_to=made.to_on, sent=made, queued_at=at)
    commentary, approval = as_it_stands(made)
    copy = printed(made, commentary, approval, for_public=True)
    if approval:
        stands = "approved for publication."
    else:
        stands = "sent as they were counted and have not been approved for publication."
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
                f"The figures with their definitions are in the attached PDF. They are {stands}\n\n"
                f"{copy.statement.authority}\n"
            ),
            attachments=[(name, content, "application/pdf")],
            at=at,
        )
