"""What a person does with reminders: read them, choose which are e-mailed, say when somebody is away."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import Absence, User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can, check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from foitracker.reminders.events import ABSENCE_ENDED, ABSENCE_ENTERED
from foitracker.reminders.kinds import kinds
from foitracker.reminders.models import MutedKind, Reminder

#: An absence is entered for no more than a year at a time.
LONGEST = 366


def mark_read(*, by: User, at: datetime, ids: Collection[int] | None = None) -> int:
    """Mark these reminders of a person as read, or all of them; return how many were not."""
    unread = Reminder.objects.filter(person=by, read_at__isnull=True)
    return (unread if ids is None else unread.filter(pk__in=ids)).update(read_at=at)


@transaction.atomic
def choose_emails(*, by: User, wanted: Collection[str], offered: Collection[str]) -> None:
    """Keep which of the kinds `offered` a person wants e-mails about; others stay as they were chosen.

    What cannot be muted is sent whatever is chosen.
    """
    always = {kind.code for kind in kinds() if kind.cannot_be_muted}
    MutedKind.objects.filter(person=by, kind__in=offered).delete()
    MutedKind.objects.bulk_create(
        [MutedKind(person=by, kind=code) for code in sorted(set(offered) - set(wanted) - always)],
        ignore_conflicts=True,
    )


def check_can_enter_absence(by: User, person: User) -> None:
    """Raise NotPermitted for somebody outside the team, and for another's absence unless `by` watches over the team."""
    check_can(Permission.ENTER_ABSENCE, by)
    if by.pk != person.pk and not can(Permission.OVERSEE, by):
        raise NotPermitted("You can enter your own absence. A manager can enter anybody's.")


@transaction.atomic
def enter_absence(
    *, person: User, from_on: date, to_on: date, cover: User | None, by: User, at: datetime, today: date
) -> Absence:
    """Record that somebody is away from one day to another, both included, and who covers for them.

    Raises NotPossible for days in the wrong order, in the past or more than a year, for a cover who has left, who is
    the same person or is away, and beside another absence of those days; NotPermitted.
    """
    check_can_enter_absence(by, person)
    User.objects.select_for_update().get(pk=person.pk)
    _check_days(person, from_on, to_on, today)
    _check_cover(person, cover, from_on, to_on)
    absence = Absence.objects.create(
        person=person, from_on=from_on, to_on=to_on, cover=cover, entered_by=by, entered_at=at
    )
    _record(ABSENCE_ENTERED, absence, by, at)
    return absence


@transaction.atomic
def end_absence(*, absence_id: int, by: User, at: datetime) -> Absence:
    """Take an absence back; reminders go as before. Raises NotPossible when it was taken back already."""
    absence = (
        Absence.objects.select_for_update(of=("self",)).select_related("person", "cover").get(pk=absence_id)
    )
    check_can_enter_absence(by, absence.person)
    if absence.ended_at:
        raise NotPossible("This absence has been taken back already.")
    absence.ended_at = at
    absence.save()
    _record(ABSENCE_ENDED, absence, by, at)
    return absence


def _check_days(person: User, from_on: date, to_on: date, today: date) -> None:
    if to_on < from_on:
        raise NotPossible("The last day is before the first.", field="to_on")
    if to_on < today:
        raise NotPossible("This absence is over. Enter one that lasts until today or later.", field="to_on")
    if (to_on - from_on).days > LONGEST:
        raise NotPossible("Enter an absence of a year at most.", field="to_on")
    overlapping = person.absences.filter(
        ended_at__isnull=True, from_on__lte=to_on, to_on__gte=from_on
    ).first()
    if overlapping:
        raise NotPossible(
            f"{person} is down as away from {short_date(overlapping.from_on)} to {short_date(overlapping.to_on)}. "
            "Take that absence back first.",
            field="from_on",
        )


def _check_cover(person: User, cover: User | None, from_on: date, to_on: date) -> None:
    if cover is None:
        return
    if cover.pk == person.pk:
        raise NotPossible("Choose a colleague as cover.", field="cover")
    if not cover.is_active:
        raise NotPossible(f"{cover} can no longer sign in. Choose somebody else.", field="cover")
    away = cover.absences.filter(ended_at__isnull=True, from_on__lte=to_on, to_on__gte=from_on).first()
    if away:
        raise NotPossible(
            f"{cover} is away too, from {short_date(away.from_on)} to {short_date(away.to_on)}. Choose somebody else.",
            field="cover",
        )


def _record(event: object, absence: Absence, by: User, at: datetime) -> None:
    detail = {
        "person": absence.person,
        "from": absence.from_on.isoformat(),
        "to": absence.to_on.isoformat(),
        **({"cover": absence.cover} if absence.cover else {}),
    }
    record_event(event=event, by=by, at=at, subject=absence.person.audit_subject, detail=detail)  # type: ignore[arg-type]
