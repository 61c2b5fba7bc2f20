"""The register of forces: which force a name means, on a day or at any time."""

import json
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db.models import Q, QuerySet

from foitracker.pages.words import short_date
from referrals.models import Force, ForceName, ForceNameKind
from referrals.rules.force_names import is_everywhere, near_names, normalise


class ForceNotKnown(LookupError):
    """A name that means no force, or more than one. The message says so; `near` are names that do mean one."""

    def __init__(self, message: str, near: list[str] | None = None) -> None:
        super().__init__(message)
        self.near = near or []


def find_force(name: str, on: date | None = None) -> Force:
    """Return the force a name means, however it is spelt: official, short or another name.

    With `on`, only names held that day count, by forces that existed. Without, a name of any time does, and
    a force still called so comes before one that was. Raises ForceNotKnown, naming near ones.
    """
    if is_everywhere(name):
        raise ForceNotKnown(f"“{_shown(name)}” is a scope, not a force. Choose it as the scope of the log.")
    found = list(
        ForceName.objects.filter(normalised=normalise(name)).select_related("force", "force__succeeded_by")
    )
    borne = [one for one in found if _was_borne(one, on)]
    if on is None and len({one.force_id for one in borne}) > 1:
        borne = [one for one in borne if one.to_on is None and one.force.to_on is None]
    forces = {one.force_id: one.force for one in borne}
    if len(forces) == 1:
        return forces.popitem()[1]
    if forces:
        names = sorted(force.name for force in forces.values())
        raise ForceNotKnown(f"“{_shown(name)}” may mean {' or '.join(names)}. Write which.", names)
    if found and on is not None:
        raise _not_that_day(name, found[0].force, on)
    raise _unknown(name, on)


def official_name(force: Force, on: date) -> str:
    """Return what a force was called on a day; its name of today where none is recorded."""
    names = force.names.filter(_is_there(on), kind=ForceNameKind.OFFICIAL).order_by("-from_on")
    return names.values_list("name", flat=True).first() or force.name


def bearers(name: str, from_on: date | None, to_on: date | None) -> QuerySet[ForceName]:
    """Return the names that compare equal with `name` and are held on a day between two.

    None is the beginning, or the end, of time.
    """
    found = ForceName.objects.filter(normalised=normalise(name))
    for one in ("", "force__"):
        if from_on:
            found = found.filter(Q(**{f"{one}to_on": None}) | Q(**{f"{one}to_on__gte": from_on}))
        if to_on:
            found = found.filter(Q(**{f"{one}from_on": None}) | Q(**{f"{one}from_on__lte": to_on}))
    return found


@lru_cache(maxsize=1)
def shipped_forces() -> tuple[dict[str, Any], ...]:
    """Read the forces the software is shipped with; it needs no database."""
    return tuple(read_shipped("forces.json")["forces"])


def read_shipped(name: str) -> Any:
    """Read one of the data files of referrals."""
    return json.loads(files("referrals.data").joinpath(name).read_text(encoding="utf-8"))


def _is_there(day: date, prefix: str = "") -> Q:
    """The rows that have begun by a day and not ended before it."""
    begun = Q(**{f"{prefix}from_on": None}) | Q(**{f"{prefix}from_on__lte": day})
    return begun & (Q(**{f"{prefix}to_on": None}) | Q(**{f"{prefix}to_on__gte": day}))


def _was_borne(name: ForceName, on: date | None) -> bool:
    """Whether the name, and the force that held it, existed on a day; at any time without one."""
    return on is None or all(
        (one.from_on is None or one.from_on <= on) and (one.to_on is None or on <= one.to_on)
        for one in (name, name.force)
    )


def _not_that_day(name: str, force: Force, on: date) -> ForceNotKnown:
    """A name that was held on another day: what to write instead."""
    if force.to_on and force.to_on < on:
        ended = f"{force.name} ended on {short_date(force.to_on)}."
        heir = force.succeeded_by
        return ForceNotKnown(
            f"{ended} {heir.name} took its place." if heir else ended, [heir.name] if heir else []
        )
    if force.from_on and on < force.from_on:
        return ForceNotKnown(f"{force.name} began on {short_date(force.from_on)}, after that day.")
    called = official_name(force, on)
    return ForceNotKnown(f"“{_shown(name)}” was not its name on {short_date(on)}. Write {called}.", [called])


def _unknown(name: str, on: date | None) -> ForceNotKnown:
    borne = (
        ForceName.objects.filter(_is_there(on), _is_there(on, "force__"))
        if on
        else ForceName.objects.filter(to_on=None, force__to_on=None)
    )
    near = near_names(name, dict(borne.values_list("normalised", "force__name")))
    meant = f" Did you mean {_either(near)}?" if near else " Look it up in the register of forces."
    return ForceNotKnown(f"“{_shown(name)}” is not the name of a force we know.{meant}", near)


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _shown(name: str) -> str:
    """What was typed, short enough to be read in a message."""
    return " ".join(name.split())[:60]
