"""What is recorded of the register of forces, their names, and the accounts that act for them."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Changes, Code, Day, Person, Reference, Words
from referrals.models import AccessRegime, ForceKind

EVENTS = Vocabulary("Referrals: register of forces")

_NAME = {"name": Reference("Name")}
_FROM = {"from_on": Day("From")}
_LAST = {"last_day": Day("Last day")}


def _from(said: Said) -> Iterable[str]:
    yield f"{said['name']}{' from ' + said['from_on'] if said['from_on'] else ''}."


def _to(said: Said) -> Iterable[str]:
    yield f"{said['name']}{' to ' + said['last_day'] if said['last_day'] else ''}."


def _ended(said: Said) -> Iterable[str]:
    into = f", then part of {said['into']}" if said["into"] else ""
    yield f"{said['name']} to {said['last_day']}{into}."


REGISTER_ENTRY_ADDED = EVENTS.event(
    "register_entry_added", "Body added to the register", fields={**_NAME, **_FROM}, says=(_from,)
)
REGISTER_ENTRY_CHANGED = EVENTS.event(
    "register_entry_changed",
    "Entry of the register changed",
    fields={
        **_NAME,
        "changed": Changes(
            "Changed",
            {
                "short": Words("Short name"),
                "kind": Code("Kind", dict(ForceKind.choices)),
                "nation": Words("Nation"),
                "region": Words("Region"),
                "regime": Code("Access law", dict(AccessRegime.choices)),
                "email": Words("E-mail"),
            },
        ),
    },
    says=("{changed}",),
)
FORCE_RENAMED = EVENTS.event(
    "force_renamed",
    "Force renamed",
    fields={"from": Reference("Name before"), "to": Reference("Name"), **_FROM},
    says=("{from} is called {to} from {from_on}.",),
)
FORCE_ENDED = EVENTS.event(
    "force_ended", "Force ended", fields={**_NAME, **_LAST, "into": Reference("Into")}, says=(_ended,)
)
FORCE_RESTORED = EVENTS.event(
    "force_restored", "Force taken as going on after all", fields={**_NAME, **_LAST}, says=(_to,)
)
FORCE_NAME_ADDED = EVENTS.event("force_name_added", "Name added", fields={**_NAME, **_FROM}, says=(_from,))
FORCE_NAME_ENDED = EVENTS.event("force_name_ended", "Name ended", fields={**_NAME, **_LAST}, says=(_to,))
FORCE_NAME_REMOVED = EVENTS.event(
    "force_name_removed", "Name removed", fields={**_NAME, **_LAST}, says=(_to,)
)

_CONTACT = {"contact": Person("Contact"), "force": Reference("Force")}
FORCE_CONTACT_SET = EVENTS.event(
    "force_contact_set",
    "Account tied to a force",
    fields={**_CONTACT, "before": Reference("Force before")},
    says=("{contact}: {force}.", "Before: {before}."),
)
FORCE_CONTACT_ENDED = EVENTS.event(
    "force_contact_ended",
    "Account no longer tied to a force",
    fields=_CONTACT,
    says=("{contact}: {force}.",),
)
