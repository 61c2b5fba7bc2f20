"""Operations on the register of forces: add, change, rename and merge bodies, and the names that find them.

Dates decide everything. A log keeps the force it was logged with, whatever became of that force since.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values, check_unchanged
from foitracker.pages.words import short_date
from referrals.events.forces import (
    FORCE_ENDED,
    FORCE_NAME_ADDED,
    FORCE_NAME_ENDED,
    FORCE_NAME_REMOVED,
    FORCE_RENAMED,
    FORCE_RESTORED,
    REGISTER_ENTRY_ADDED,
    REGISTER_ENTRY_CHANGED,
)
from referrals.models import AccessRegime, Force, ForceKind, ForceName, ForceNameKind
from referrals.operations.deadlines import recompute_at_next_pass
from referrals.queries.forces import bearers
from referrals.rules.force_names import is_everywhere, normalise


@dataclass(frozen=True)
class Particulars:
    """What the register says of a body besides its names."""

    kind: str = ForceKind.TERRITORIAL
    nation: str = ""
    region: str = ""
    regime: str = AccessRegime.UNKNOWN
    email: str = ""


@transaction.atomic
def add_to_register(
    *, by: User, at: datetime, name: str, short: str, particulars: Particulars, from_on: date | None = None
) -> Force:
    """Add a force or another body, from a day on or from the beginning.

    Raises NotPossible for an empty name or one held by another body.
    """
    check_can(Permission.CHANGE_FORCES, by)
    if Force.objects.filter(name=name).exists():
        raise NotPossible(f"{name} is in the register already.", field="name")
    _check_free(name, None, from_on, None, field="name")
    _check_free(short, None, from_on, None, field="short")
    force = Force.objects.create(name=name, short=short, from_on=from_on, **asdict(particulars))
    _give_name(force, name, ForceNameKind.OFFICIAL, from_on)
    if short != name:
        _give_name(force, short, ForceNameKind.SHORT, from_on)
    detail = {"name": name, "from_on": _iso(from_on)}
    record_event(event=REGISTER_ENTRY_ADDED, by=by, at=at, subject=force.audit_subject, detail=detail)
    return force


@transaction.atomic
def change_entry(
    *,
    by: User,
    at: datetime,
    force_id: int,
    short: str,
    particulars: Particulars,
    seen_version: int | None = None,
) -> Force:
    """Change what the register says of a force; nothing is recorded when nothing changes.

    With another access law its deadlines are worked out again by the next pass. A new short name finds it
    besides the old one. Raises SettingsChanged, and NotPossible for a short name held by another body.
    """
    force = _lock(by, force_id, seen_version)
    changed = change_values(force, {"short": short, **asdict(particulars)})
    if "short" in changed:
        _check_free(short, force, None, None, field="short")
        if not force.names.filter(normalised=normalise(short)).exists():
            _give_name(force, short, ForceNameKind.SHORT, None)
    if changed:
        force.save()
        if "regime" in changed:
            recompute_at_next_pass()
        detail = {"name": force.name, "changed": changed}
        record_event(event=REGISTER_ENTRY_CHANGED, by=by, at=at, subject=force.audit_subject, detail=detail)
    return force


@transaction.atomic
def rename_force(
    *,
    by: User,
    at: datetime,
    today: date,
    force_id: int,
    name: str,
    from_on: date,
    keeps_old_name: bool = True,
    seen_version: int | None = None,
) -> Force:
    """Give a force another official name from a day on.

    It is the same force: all its logs are found under either name. With `keeps_old_name` the old one also
    finds it after that day. Raises SettingsChanged, and NotPossible for a day in the future, a force that has
    ended, the same name, or a name held by another body.
    """
    force = _lock(by, force_id, seen_version)
    _check_not_ended(force)
    if from_on > today:
        raise NotPossible(
            "A new name is recorded once it is borne. Choose today or earlier.", field="from_on"
        )
    if name == force.name:
        raise NotPossible(f"It is called {name} already.", field="name")
    official = force.names.filter(kind=ForceNameKind.OFFICIAL, to_on=None)
    began = max((one.from_on for one in official if one.from_on), default=force.from_on)
    if began and from_on <= began:
        raise NotPossible(
            f"It has been called {force.name} since {short_date(began)}. Choose a later day.", field="from_on"
        )
    _check_free(name, force, from_on, None, field="name")
    old = force.name
    official.update(to_on=from_on - timedelta(days=1))
    _give_name(force, name, ForceNameKind.OFFICIAL, from_on)
    if keeps_old_name and normalise(old) != normalise(name):
        _give_name(force, old, ForceNameKind.ALIAS, from_on)
    force.name = name
    force.save(update_fields=["name"])
    detail = {"from": old, "to": name, "from_on": from_on.isoformat()}
    record_event(event=FORCE_RENAMED, by=by, at=at, subject=force.audit_subject, detail=detail)
    return force


@transaction.atomic
def end_force(
    *,
    by: User,
    at: datetime,
    force_id: int,
    from_on: date,
    into_id: int | None = None,
    seen_version: int | None = None,
) -> Force:
    """Record that a force no longer exists from a day on, because it merged into another or was abolished.

    Its logs stay its own. Raises SettingsChanged, and NotPossible when it has already ended or had not begun,
    and for a successor that does not exist on that day.
    """
    force = _lock(by, force_id, seen_version)
    _check_not_ended(force)
    last_day = from_on - timedelta(days=1)
    if force.from_on and last_day < force.from_on:
        raise NotPossible(f"{force.name} began on {short_date(force.from_on)}.", field="from_on")
    into = Force.objects.get(pk=into_id) if into_id else None
    if into is not None:
        if into.pk == force.pk:
            raise NotPossible("A force cannot take its own place. Choose another.", field="into")
        if (into.from_on and from_on < into.from_on) or (into.to_on and into.to_on < from_on):
            raise NotPossible(f"{into.name} is not there on {short_date(from_on)}.", field="into")
    force.to_on, force.succeeded_by = last_day, into
    force.save(update_fields=["to_on", "succeeded_by"])
    detail = {"name": force.name, "last_day": last_day.isoformat(), "into": into.name if into else ""}
    record_event(event=FORCE_ENDED, by=by, at=at, subject=force.audit_subject, detail=detail)
    return force


@transaction.atomic
def restore_force(*, by: User, at: datetime, force_id: int, seen_version: int | None = None) -> Force:
    """Undo the end of a force. Raises SettingsChanged and NotPossible."""
    force = _lock(by, force_id, seen_version)
    if force.to_on is None:
        raise NotPossible(f"{force.name} has not ended.")
    detail = {"name": force.name, "last_day": force.to_on.isoformat()}
    for name in force.names.all():
        first, last = name.from_on, name.to_on
        if last is None or last > force.to_on:
            _check_free(name.name, force, max(filter(None, (first, force.to_on)), default=None), last)
    force.to_on, force.succeeded_by = None, None
    force.save(update_fields=["to_on", "succeeded_by"])
    record_event(event=FORCE_RESTORED, by=by, at=at, subject=force.audit_subject, detail=detail)
    return force


@transaction.atomic
def add_name(
    *,
    by: User,
    at: datetime,
    force_id: int,
    name: str,
    from_on: date | None = None,
    seen_version: int | None = None,
) -> ForceName:
    """Let a force be found by another name, from a day on or on any day.

    Raises SettingsChanged, and NotPossible when the name finds it already or is held by another body.
    """
    force = _lock(by, force_id, seen_version)
    if force.names.filter(normalised=normalise(name), to_on=None, from_on=None).exists():
        raise NotPossible(f"“{name}” finds {force.name} already.", field="name")
    _check_free(name, force, from_on, None, field="name")
    if force.names.filter(kind=ForceNameKind.ALIAS, name=name, from_on=from_on).exists():
        raise NotPossible(f"“{name}” is recorded from that day already.", field="name")
    made = _give_name(force, name, ForceNameKind.ALIAS, from_on)
    detail = {"name": name, "from_on": _iso(from_on)}
    record_event(event=FORCE_NAME_ADDED, by=by, at=at, subject=force.audit_subject, detail=detail)
    return made


@transaction.atomic
def end_name(
    *,
    by: User,
    at: datetime,
    force_id: int,
    name_id: int,
    to_on: date | None,
    seen_version: int | None = None,
) -> None:
    """End a name besides the official one with its last day; without a day it was an error, and is removed.

    Raises SettingsChanged, and NotPossible for the official name, which ends by renaming, and for a last day
    before the first.
    """
    force = _lock(by, force_id, seen_version)
    name = force.names.get(pk=name_id)
    if name.kind == ForceNameKind.OFFICIAL:
        raise NotPossible("The official name ends when the force is renamed.")
    if to_on and name.from_on and to_on < name.from_on:
        raise NotPossible(f"It began on {short_date(name.from_on)}.", field="to_on")
    detail: dict[str, Any] = {"name": name.name, "last_day": _iso(to_on)}
    if to_on is None:
        name.delete()
    else:
        name.to_on = to_on
        name.save(update_fields=["to_on"])
    record_event(
        event=FORCE_NAME_ENDED if to_on else FORCE_NAME_REMOVED,
        by=by,
        at=at,
        subject=force.audit_subject,
        detail=detail,
    )


def entered_particulars(values: Mapping[str, Any]) -> Particulars:
    """Return the particulars from the data of a form."""
    return Particulars(**{name: values[name] for name in Particulars.__dataclass_fields__})


def _lock(by: User, force_id: int, seen_version: int | None) -> Force:
    check_can(Permission.CHANGE_FORCES, by)
    force = Force.objects.select_for_update(no_key=True).get(pk=force_id)
    check_unchanged(force.audit_subject, seen_version)
    return force


def _check_not_ended(force: Force) -> None:
    if force.to_on:
        raise NotPossible(f"{force.name} ends, or ended, on {short_date(force.to_on)}. Take that back first.")


def _check_free(
    name: str, force: Force | None, from_on: date | None, to_on: date | None, *, field: str = ""
) -> None:
    """A name means one body on any day: refuse one that another holds in that time, and an empty one."""
    if is_everywhere(name):
        raise NotPossible(f"“{name}” means all forces, so no force can be called so.", field=field)
    if not normalise(name).removesuffix("police"):
        raise NotPossible("Write a name that tells it apart from other forces.", field=field)
    if len(normalise(name)) > _LONGEST:
        raise NotPossible(f"Shorten the name to {_LONGEST} characters.", field=field)
    taken = bearers(name, from_on, to_on).exclude(force=force).select_related("force").first()
    if taken is not None:
        raise NotPossible(f"“{name}” means {taken.force.name}, as “{taken.name}”.", field=field)


_LONGEST = 100


def _give_name(force: Force, name: str, kind: ForceNameKind, from_on: date | None) -> ForceName:
    return ForceName.objects.create(
        force=force, name=name, normalised=normalise(name), kind=kind, from_on=from_on
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
