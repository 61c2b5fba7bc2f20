"""Operations on the working-day calendar.

A bank holiday counts, or stops counting, once a manager confirms it.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from kombu.exceptions import OperationalError

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from foitracker.working_days.calendar import NATIONS, CalendarDataError, WorkingDayCalendar
from foitracker.working_days.events import CALENDAR_CHANGED, HOLIDAYS_PROPOSED, HOLIDAYS_REJECTED
from foitracker.working_days.followers import followers
from foitracker.working_days.models import BankHoliday, CalendarProposal, CalendarRefresh, CalendarVersion
from foitracker.working_days.published_holidays import Holiday, PublishedHolidays, compare, short_years
from foitracker.working_days.queries import (
    calendar_of,
    forget_calendar,
    holidays_in_force,
    latest_change,
    shipped_holidays,
)

logger = logging.getLogger(__name__)

#: What the trail calls the calendar.
SUBJECT = "calendar"
SHIPPED = "shipped with the software"
BY_HAND = "entered by hand"

Kind, State = CalendarProposal.Kind, CalendarProposal.State


@transaction.atomic
def load_shipped(*, at: datetime) -> None:
    """Put the shipped bank holidays in force when there are none at all yet.

    Otherwise only record the version of the calendar as this release of the software words it. Called after
    every migration; a second call changes nothing.
    """
    _lock_calendar()
    in_force = holidays_in_force()
    last = latest_change()
    if last is None:
        shipped = shipped_holidays()
        change = _new_version(shipped, by=None, at=at, reason="The bank holidays shipped with the software.")
        _put_in_force(shipped, change, source=SHIPPED, learned_at=at)
    elif calendar_of(in_force).version != last.version:
        _new_version(in_force, by=None, at=at, reason="The same days, described anew by a release.")
    transaction.on_commit(forget_calendar)


@transaction.atomic
def propose_published(*, published: PublishedHolidays, source: str, at: datetime) -> CalendarRefresh:
    """Propose what has to change for the calendar to match what is published, and record the reading.

    What is proposed already, or was rejected before, is not proposed again. A proposal that the published
    data no longer bears out is withdrawn.
    """
    _lock_calendar()
    differences = compare(holidays_in_force(), published)
    wanted = [(Kind.ADDITION, h) for h in differences.additions]
    wanted += [(Kind.REMOVAL, h) for h in differences.removals]
    _withdraw_unpublished(wanted, published, at)
    known = set(
        CalendarProposal.objects.filter(
            Q(state=State.OPEN) | Q(state=State.REJECTED, proposed_by__isnull=True)
        ).values_list("kind", "day", "division")
    )
    waiting = {(day, division) for day, division in _open().values_list("day", "division")}
    new = [
        CalendarProposal(
            kind=kind, day=h.day, division=h.division, title=h.title, source=source, proposed_at=at
        )
        for kind, h in wanted
        if (kind, h.day, h.division) not in known and h.key not in waiting
    ]
    CalendarProposal.objects.bulk_create(new)
    refresh = CalendarRefresh.objects.create(at=at, source=source, proposed=len(new), years=published.years)
    if new:
        record_event(
            event=HOLIDAYS_PROPOSED,
            by=None,
            at=at,
            subject=SUBJECT,
            detail={"source": source, **_listed(new)},
        )
    return refresh


@transaction.atomic
def record_refused_data(*, source: str, problem: str, at: datetime) -> CalendarRefresh:
    """Record that the published data could not be read or used; the calendar stays."""
    return CalendarRefresh.objects.create(at=at, source=source[:200], problem=problem[:500])


@transaction.atomic
def propose_by_hand(
    *, by: User, at: datetime, kind: str, day: date, divisions: Sequence[str], title: str, reason: str
) -> list[CalendarProposal]:
    """Propose to add or remove a day in these parts of the UK.

    It counts once confirmed, after the effect on due dates is shown. Raises NotPossible without a reason,
    for a day that is there already or is not there, and for one that has a proposal.
    """
    check_can(Permission.CHANGE_CALENDAR, by)
    _lock_calendar()
    if not divisions:
        raise NotPossible("Choose at least one part of the UK.", field="divisions")
    if not reason.strip():
        raise NotPossible("Say why, and where it is announced.", field="reason")
    in_force = {h.division: h for h in holidays_in_force() if h.day == day}
    for division in divisions:
        _check_by_hand(kind, day, division, in_force)
    proposals = [
        CalendarProposal(
            kind=kind,
            day=day,
            division=division,
            title=title if kind == Kind.ADDITION else in_force[division].title,
            source=BY_HAND,
            reason=reason,
            proposed_at=at,
            proposed_by=by,
        )
        for division in divisions
    ]
    made = CalendarProposal.objects.bulk_create(proposals)
    record_event(
        event=HOLIDAYS_PROPOSED,
        by=by,
        at=at,
        subject=SUBJECT,
        detail=_listed(made),
        words={"reason": reason},
    )
    return made


@transaction.atomic
def confirm_proposals(
    *, by: User, at: datetime, ids: Collection[int], seen_version: int | None = None
) -> CalendarVersion:
    """Put these proposals in force and have the open requests recomputed.

    `seen_version` is the latest change of the calendar when the page was made. Raises NotPossible when one of
    the proposals is decided already, when the calendar has changed since, or when a year would be left
    without all its bank holidays.
    """
    check_can(Permission.CHANGE_CALENDAR, by)
    _lock_calendar()
    before = latest_change()
    if before is None or (seen_version is not None and before.pk != seen_version):
        raise NotPossible("The calendar was changed after you opened this page. Look at the changes again.")
    proposals = _locked(ids)
    after = calendar_with(proposals)[1]
    change = _new_version(after, by=by, at=at, reason=_reason(proposals))
    for proposal in proposals:
        holiday = Holiday(proposal.day, proposal.division, proposal.title)
        if proposal.kind == Kind.ADDITION:
            _put_in_force(
                [holiday], change, source=proposal.source, learned_at=proposal.proposed_at, by=by, at=at
            )
        else:
            BankHoliday.objects.filter(
                day=proposal.day, division=proposal.division, removed_by__isnull=True
            ).update(removed_by=change)
    _decide(proposals, State.CONFIRMED, by, at)
    detail = {**_listed(proposals), "version_before": before.version, "calendar_version": change.version}
    record_event(event=CALENDAR_CHANGED, by=by, at=at, subject=SUBJECT, detail=detail)
    transaction.on_commit(forget_calendar)
    transaction.on_commit(_wake_recomputing)
    return change


@transaction.atomic
def reject_proposals(*, by: User, at: datetime, ids: Collection[int]) -> int:
    """Reject these proposals: the calendar stays, and they are not proposed again.

    Raises NotPossible when one of them is decided already.
    """
    check_can(Permission.CHANGE_CALENDAR, by)
    proposals = _locked(ids)
    _decide(proposals, State.REJECTED, by, at)
    record_event(event=HOLIDAYS_REJECTED, by=by, at=at, subject=SUBJECT, detail=_listed(proposals))
    return len(proposals)


def calendar_with(proposals: Iterable[CalendarProposal]) -> tuple[WorkingDayCalendar, list[Holiday]]:
    """Return the calendar as it would be with these proposals, and its bank holidays.

    Raises NotPossible when a day is there already or no longer there, and when a year that becomes part of
    the calendar would not have all its bank holidays.
    """
    before = holidays_in_force()
    after = {holiday.key: holiday for holiday in before}
    for proposal in proposals:
        key = (proposal.day, proposal.division)
        if (proposal.kind == Kind.ADDITION) == (key in after):
            raise NotPossible(f"{_where(*key)} is {_standing(key in after)} already. Reject the proposal.")
        if proposal.kind == Kind.ADDITION:
            after[key] = Holiday(*key, proposal.title)
        else:
            del after[key]
    holidays = sorted(after.values())
    try:
        calendar = calendar_of(holidays)
    except CalendarDataError as error:
        raise NotPossible(f"{error} Choose all the days of the year together.") from error
    last_year = max((h.day.year for h in before), default=calendar.last_year)
    if calendar.last_year > last_year and (short := short_years(holidays, from_year=last_year + 1)):
        raise NotPossible(f"{short[0]} Choose all the days of the year together.")
    return calendar, holidays


def _lock_calendar() -> None:
    """Make changes of the calendar take turns; readers do not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('requests_app working-day calendar'))")


def _open() -> QuerySet[CalendarProposal]:
    return CalendarProposal.objects.filter(state=State.OPEN)


def _locked(ids: Collection[int]) -> list[CalendarProposal]:
    proposals = list(_open().filter(pk__in=ids).select_for_update().order_by("pk"))
    if not proposals:
        raise NotPossible("Choose at least one change that has not been decided yet.")
    if len(proposals) != len(set(ids)):
        raise NotPossible("Some of these changes have been decided meanwhile. Look at what is left.")
    return proposals


def _decide(proposals: Sequence[CalendarProposal], state: str, by: User | None, at: datetime) -> None:
    CalendarProposal.objects.filter(pk__in=[p.pk for p in proposals]).update(
        state=state, decided_by=by, decided_at=at
    )


def _withdraw_unpublished(
    wanted: Sequence[tuple[str, Holiday]], published: PublishedHolidays, at: datetime
) -> None:
    still = {(kind, holiday.key) for kind, holiday in wanted}
    covered = {"day__year__gte": published.first_year, "day__year__lte": published.last_year}
    gone = [
        proposal
        for proposal in _open().filter(proposed_by__isnull=True, **covered).select_for_update()
        if (proposal.kind, (proposal.day, proposal.division)) not in still
    ]
    _decide(gone, State.WITHDRAWN, None, at)


def _check_by_hand(kind: str, day: date, division: str, in_force: dict[str, Holiday]) -> None:
    if (kind == Kind.ADDITION) == (division in in_force):
        raise NotPossible(f"{_where(day, division)} is {_standing(division in in_force)}.", field="day")
    if _open().filter(day=day, division=division).exists():
        raise NotPossible(
            f"{_where(day, division)} has a proposal that waits already. Decide that one.", field="day"
        )


def _where(day: date, division: str) -> str:
    return f"{short_date(day)} in {NATIONS[division]}"


def _standing(in_force: bool) -> str:
    return "a bank holiday" if in_force else "no bank holiday"


def _reason(proposals: Sequence[CalendarProposal]) -> str:
    added = sum(p.kind == Kind.ADDITION for p in proposals)
    parts = [
        f"{added} added" if added else "",
        f"{len(proposals) - added} removed" if added < len(proposals) else "",
    ]
    sources = ", ".join(sorted({p.source for p in proposals}))
    return f"{', '.join(filter(None, parts))}; {sources}"[:300]


def _new_version(
    holidays: Collection[Holiday], *, by: User | None, at: datetime, reason: str
) -> CalendarVersion:
    version = calendar_of(holidays).version
    return CalendarVersion.objects.create(version=version, made_at=at, made_by=by, reason=reason)


def _put_in_force(
    holidays: Iterable[Holiday],
    change: CalendarVersion,
    *,
    source: str,
    learned_at: datetime,
    by: User | None = None,
    at: datetime | None = None,
) -> None:
    BankHoliday.objects.bulk_create(
        BankHoliday(
            day=h.day,
            division=h.division,
            title=h.title,
            source=source,
            learned_at=learned_at,
            confirmed_by=by,
            confirmed_at=at,
            added_by=change,
        )
        for h in holidays
    )


def _listed(proposals: Iterable[CalendarProposal]) -> dict[str, list[str]]:
    """Facts for the trail: which days, in what part of the UK, under what name."""
    words: dict[str, list[str]] = {Kind.ADDITION: [], Kind.REMOVAL: []}
    for p in proposals:
        words[p.kind].append(f"{p.day.isoformat()} {NATIONS[p.division]}: {p.title}")
    return {"added": words[Kind.ADDITION], "removed": words[Kind.REMOVAL]}


def _wake_recomputing() -> None:
    """Have the open requests recomputed now rather than at the next scheduled run, if a worker is there."""
    try:
        current_app.send_task(followers().recompute_task, ignore_result=True, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("due dates wait for the next scheduled run: no broker (%s)", type(error).__name__)
