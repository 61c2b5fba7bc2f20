"""Operations on groups of similar forces, and on the requests that forces report."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values, check_unchanged
from referrals.events.similar_forces import (
    FORCE_GROUP_ADDED,
    FORCE_GROUP_CHANGED,
    FORCE_GROUP_REMOVED,
    FORCE_REQUESTS_CORRECTED,
    FORCE_REQUESTS_ENTERED,
    FORCE_REQUESTS_REMOVED,
)
from referrals.models import Force, ForceGroup, ForceRequests

#: What the trail calls the groups, and the numbers of requests.
GROUPS, REPORTED = "force-groups", "force-requests"
#: The fewest forces that can be compared, and the most that a page can show.
LEAST_FORCES, MOST_FORCES = 2, 60


@transaction.atomic
def save_group(
    *,
    by: User,
    at: datetime,
    name: str,
    basis: str,
    forces: Collection[Force],
    group_id: int | None = None,
    seen_version: int | None = None,
) -> ForceGroup:
    """Add a group, or change the one given: its name, why the forces are alike, and which they are.

    Raises NotPossible for the name of another, or for fewer than two forces; SettingsChanged. The trail keeps who was
    added and removed; nothing is recorded when nothing changed.
    """
    check_can(Permission.CHANGE_FORCES, by)
    check_unchanged(GROUPS, seen_version)
    group = ForceGroup.objects.select_for_update().get(pk=group_id) if group_id else ForceGroup()
    if ForceGroup.objects.filter(name__iexact=name).exclude(pk=group.pk).exists():
        raise NotPossible("There is a group of that name already.", field="name")
    if not LEAST_FORCES <= len(forces) <= MOST_FORCES:
        raise NotPossible(f"Choose from {LEAST_FORCES} to {MOST_FORCES} forces.", field="forces")
    before = set(group.forces.all()) if group_id else set()
    changed = change_values(group, {"name": name, "basis": basis})
    if not changed and before == set(forces):
        return group
    group.save()
    group.forces.set(forces)
    detail: dict[str, Any] = {"name": name, "forces": _names(forces)}
    if group_id:
        detail |= {"added": _names(set(forces) - before), "removed": _names(before - set(forces))}
    event = FORCE_GROUP_CHANGED if group_id else FORCE_GROUP_ADDED
    record_event(event=event, by=by, at=at, subject=GROUPS, detail=detail, words={"basis": basis})
    return group


@transaction.atomic
def remove_group(*, by: User, at: datetime, group_id: int) -> None:
    """Remove a group. Forces and figures stay; the trail keeps which forces were in it."""
    check_can(Permission.CHANGE_FORCES, by)
    group = ForceGroup.objects.select_for_update().get(pk=group_id)
    detail = {"name": group.name, "forces": _names(group.forces.all())}
    group.delete()
    record_event(
        event=FORCE_GROUP_REMOVED, by=by, at=at, subject=GROUPS, detail=detail, words={"basis": group.basis}
    )


@transaction.atomic
def enter_requests(
    *,
    by: User,
    at: datetime,
    today: date,
    force: Force,
    from_on: date,
    to_on: date,
    received: int,
    source: str,
    published_on: date,
) -> ForceRequests:
    """Enter how many requests a force reported for a period. A number entered for the same days is corrected.

    Raises NotPossible for a period that ends before it begins, or a source of a day before its end or to come.
    """
    check_can(Permission.CHANGE_FORCES, by)
    if to_on <= from_on:
        raise NotPossible("The last day comes after the first.", field="to_on")
    if not to_on < published_on <= today:
        raise NotPossible(
            "Enter the day of the source: after the period, and not in the future.", field="published_on"
        )
    found = ForceRequests.objects.select_for_update(no_key=True)
    row = found.filter(force=force, from_on=from_on, to_on=to_on).first()
    values = {"received": received, "source": source, "published_on": published_on}
    detail: dict[str, Any] = {"force": force, "from_on": from_on, "to_on": to_on}
    detail |= {"received": received, "published_on": published_on}
    recorded: dict[str, Any] = {"by": by, "at": at, "subject": REPORTED, "words": {"source": source}}
    if row is None:
        row = ForceRequests.objects.create(force=force, from_on=from_on, to_on=to_on, **values)
        record_event(event=FORCE_REQUESTS_ENTERED, detail=detail, **recorded)
    elif changed := change_values(row, values):
        row.save()
        detail["changed"] = changed
        record_event(event=FORCE_REQUESTS_CORRECTED, detail=detail, **recorded)
    return row


@transaction.atomic
def remove_requests(*, by: User, at: datetime, row_id: int) -> None:
    """Remove a number that was entered for the wrong force or days; the trail keeps it."""
    check_can(Permission.CHANGE_FORCES, by)
    row = ForceRequests.objects.select_for_update(of=("self",)).select_related("force").get(pk=row_id)
    names = ("force", "from_on", "to_on", "received", "published_on")
    detail = {name: getattr(row, name) for name in names}
    row.delete()
    record_event(
        event=FORCE_REQUESTS_REMOVED,
        by=by,
        at=at,
        subject=REPORTED,
        detail=detail,
        words={"source": row.source},
    )


def _names(forces: Collection[Force] | Any) -> list[str]:
    return sorted(force.name for force in forces)
