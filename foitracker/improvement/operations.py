"""Operations on the improvement log: add a point, change it while it is open, close it with what was done.

With `identity_confirmed` the writer says that what may tell who somebody is does not tell who an applicant is; the
event says how much of which kind was left in.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.audit.operations import record_event
from foitracker.casework.local_day import local
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values, check_unchanged
from foitracker.identity.operations import check_masked
from foitracker.improvement.events import IMPROVEMENT_ADDED, IMPROVEMENT_CHANGED, IMPROVEMENT_CLOSED
from foitracker.improvement.models import ImprovementPoint
from foitracker.pages.words import short_date
from foitracker.working_days.planned_days import check_working_day


@transaction.atomic
def add_point(
    *,
    by: User,
    at: datetime,
    today: date,
    text: str,
    source: str,
    owner: User,
    due_on: date,
    evidence: str = "",
    identity_confirmed: bool = False,
) -> ImprovementPoint:
    """Add an improvement point.

    Raises NotPossible without text or source, for a text that may tell who an applicant is, for a day in the past or
    that is no working day, and for an owner who has left or is not of the team.
    """
    check_can(Permission.OVERSEE, by)
    _check_words(text, source)
    left_in = _left_in(identity_confirmed, text=text, source=source, evidence=evidence)
    _check_owner(owner)
    _check_due(due_on, today)
    point = ImprovementPoint.objects.create(
        text=text.strip(),
        source=source.strip(),
        owner=owner,
        due_on=due_on,
        evidence=evidence.strip(),
        added_by=by,
        added_at=at,
    )
    record_event(
        event=IMPROVEMENT_ADDED,
        by=by,
        at=at,
        subject=point.audit_subject,
        detail={"owner": owner, "due_on": due_on, **left_in},
        words=_words(point, "text", "source", "evidence"),
    )
    return point


@transaction.atomic
def change_point(
    *,
    point_id: int,
    by: User,
    at: datetime,
    today: date,
    text: str,
    source: str,
    owner: User,
    due_on: date,
    evidence: str = "",
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> ImprovementPoint:
    """Change an open point; nothing is recorded when nothing changed.

    An owner who has left and a day that is over may stay, another one is checked as when a point is added. Raises
    NotPossible, also for a text that may tell who an applicant is and for a point that is closed; SettingsChanged.
    """
    check_can(Permission.OVERSEE, by)
    point = _lock_open(point_id, seen_version)
    _check_words(text, source)
    left_in = _left_in(identity_confirmed, text=text, source=source, evidence=evidence)
    if owner.pk != point.owner_id:
        _check_owner(owner)
    if due_on != point.due_on:
        _check_due(due_on, today)
    typed = {"text": text.strip(), "source": source.strip(), "due_on": due_on, "evidence": evidence.strip()}
    changed = change_values(point, typed)
    has_new_owner = point.owner_id != owner.pk
    point.owner = owner
    if changed or has_new_owner:
        point.save()
        detail = {"changed": changed, **({"owner": owner} if has_new_owner else {}), **left_in}
        record_event(event=IMPROVEMENT_CHANGED, by=by, at=at, subject=point.audit_subject, detail=detail)
    return point


@transaction.atomic
def close_point(
    *,
    point_id: int,
    by: User,
    at: datetime,
    today: date,
    done: str,
    closed_on: date,
    evidence: str = "",
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> ImprovementPoint:
    """Close a point with what was done and, where there is any, what shows it.

    Raises NotPossible without an entry of what was done, for a text that may tell who an applicant is, for a day before
    the point was added or in the future, or when it was closed already; SettingsChanged.
    """
    check_can(Permission.OVERSEE, by)
    point = _lock_open(point_id, seen_version)
    if not done.strip():
        raise NotPossible("Enter what was done. A point is not closed without it.", field="done")
    left_in = _left_in(identity_confirmed, done=done, evidence=evidence)
    added_on = local(point.added_at).date()
    if not added_on <= closed_on <= today:
        raise NotPossible(
            f"Enter a date between {short_date(added_on)}, when the point was added, and today.",
            field="closed_on",
        )
    point.done, point.closed_on, point.closed_by, point.closed_at = done.strip(), closed_on, by, at
    point.evidence = evidence.strip()
    point.save()
    record_event(
        event=IMPROVEMENT_CLOSED,
        by=by,
        at=at,
        subject=point.audit_subject,
        detail={"closed_on": closed_on, "due_on": point.due_on, **left_in},
        words=_words(point, "done", "evidence"),
    )
    return point


def _lock_open(point_id: int, seen_version: int | None) -> ImprovementPoint:
    point = ImprovementPoint.objects.select_for_update().get(pk=point_id)
    check_unchanged(point.audit_subject, seen_version)
    if point.closed_at:
        raise NotPossible("This point has been closed. What comes up again is another point.")
    return point


def _check_words(text: str, source: str) -> None:
    if not text.strip():
        raise NotPossible("Enter what is to be improved.", field="text")
    if not source.strip():
        raise NotPossible("Enter where this comes from.", field="source")


def _left_in(confirmed: bool, **texts: str) -> dict[str, Any]:
    """What stays in the texts that may tell who somebody is, as events take it; nothing where nothing does.

    `texts` go by their fields. Raises NotPossible unless it is `confirmed` that none tells who an applicant is.
    """
    counts: Counter[str] = Counter()
    for field, text in texts.items():
        counts.update(check_masked(text, confirmed=confirmed, field=field))
    return {"left_in": dict(counts)} if counts else {}


def _check_owner(owner: User) -> None:
    if not can(Permission.ENTER_ABSENCE, owner):
        raise NotPossible(
            f"{owner.name} is not an active member of the team. Choose someone else.", field="owner"
        )


def _check_due(due_on: date, today: date) -> None:
    if due_on < today:
        raise NotPossible("Enter today or a later day.", field="due_on")
    check_working_day(due_on, field="due_on")


def _words(point: ImprovementPoint, *names: str) -> dict[str, str]:
    return {name: text for name in names if (text := str(getattr(point, name)))}
