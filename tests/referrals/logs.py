"""Logs put straight into the database: for pages and lists that show what operations of other tests write."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Force, Referral, ReferralForce
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from tests import factories

#: A Monday.
RECEIVED = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WORDS = "How many officers were trained to fly drones in each of the last three years?"

_numbers = count(7001)


def adviser(**fields: Any) -> User:
    """Return someone who advises forces."""
    return factories.person(Role.CRU_ADVISER, **fields)


def force(name: str) -> Force:
    """Return an invented force."""
    return Force.objects.get_or_create(
        name=f"{name} Constabulary",
        defaults={"short": name, "kind": "territorial", "regime": "foia", "email": f"{name}@example.org"},
    )[0]


def log(*forces: str, by: User | None = None, **fields: Any) -> Referral:
    """Return a log with these forces, which referred it to us for advice unless `triggers` says otherwise."""
    number = fields.pop("number", None) or next(_numbers)
    year = fields.pop("year", 2026)
    trigger = fields.pop("trigger", Trigger.ADVICE)
    received_on = fields.setdefault("received_on", RECEIVED)
    case = Referral.objects.create(
        number=number,
        year=year,
        log_number=f"{number}/{year % 100:02}",
        logged_by=by or factories.person(Role.CRU_ADVISER),
        logged_at=AT,
        **{"scope": Scope.SINGLE, "subject": "Drones", "wording": WORDS, **fields},
    )
    for name in forces:
        refer(case, name, trigger=trigger, form_received_on=received_on)
    return case


def refer(case: Referral, name: str, **fields: Any) -> ReferralForce:
    """Return a force on a log, which sent its form the day the log came."""
    day = fields.setdefault("form_received_on", case.received_on)
    involved: ReferralForce = case.forces.create(
        force=force(name),
        **{
            "role": ForceRole.REFERRED_BY,
            "trigger": Trigger.ADVICE,
            "first_contact_on": day,
            **fields,
        },
    )
    return involved
