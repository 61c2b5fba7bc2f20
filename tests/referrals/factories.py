"""Logs for tests, made by the operations the pages call."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Criterion, Force, Referral, ReferralForce
from referrals.operations.intake import ForceEntry, ReferralDetails, log_referral
from referrals.operations.triage import triage
from referrals.queries.criteria_to_weigh import suggested_for
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from tests.factories import person

#: A Monday. Twenty working days later is 31 March, because 17 March is a bank holiday in Northern Ireland.
RECEIVED = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WORDING = "Please provide the number of patrols in each of the last three years."

#: What a test may name a force by.
AnyForce = str | Force | ForceEntry


def adviser(**fields: Any) -> User:
    """Return someone of the unit who can log, triage and advise."""
    return person(Role.CRU_ADVISER, **fields)


def force(name: str) -> Force:
    """Return a force of the shipped register, by any of its names."""
    return find_force(name)


def entry(of: str | Force, *, came: date = RECEIVED, **fields: Any) -> ForceEntry:
    """Return one force on a log: it sent a form for advice on the day `came`, unless `fields` say otherwise."""
    found = force(of) if isinstance(of, str) else of
    role = fields.pop("role", ForceRole.REFERRED_BY)
    usual: dict[str, Any] = {"trigger": "" if role == ForceRole.CONSULTED else Trigger.ADVICE}
    if role == ForceRole.REFERRED_BY:
        usual["form_received_on"] = came
    return ForceEntry(**{"force_id": found.pk, "role": role, **usual, **fields})


def details(**fields: Any) -> ReferralDetails:
    """Return the details of a log."""
    usual = {"subject": "Patrols", "wording": WORDING, "scope": Scope.SINGLE, "received_on": RECEIVED}
    return ReferralDetails(**{**usual, **fields})


def referral(
    *,
    by: User | None = None,
    forces: Sequence[AnyForce] = ("Lancashire Constabulary",),
    at: datetime | None = None,
    today: date | None = None,
    criteria: Sequence[Criterion | int] = (),
    log: dict[str, Any] | None = None,
    **said: Any,
) -> Referral:
    """Return a log. `said` are its details; `log` are further arguments of `log_referral`.

    Its scope follows from the number of forces that turned to the unit, unless it is given. A force named
    alone sent a form, and wants advice. All say the same, so each is another request unless `log` says
    otherwise.
    """
    came = said.get("received_on", RECEIVED)
    entries = [one if isinstance(one, ForceEntry) else entry(one, came=came) for one in forces]
    turned = [one for one in entries if one.role != ForceRole.CONSULTED]
    scope = {0: Scope.NATIONAL, 1: Scope.SINGLE}.get(len(turned), Scope.SEVERAL)
    return log_referral(
        by=by or adviser(),
        at=at or datetime.combine(came, time(10), tzinfo=UTC),
        today=today or came,
        details=details(**{"scope": scope, **said}),
        forces=entries,
        criteria=[one if isinstance(one, int) else one.pk for one in criteria],
        **{"is_another": True, **(log or {})},
    )


def triaged(log: Referral, *, by: User, **given: Any) -> Referral:
    """Return a log in hand with an adviser; what the words suggest does not apply, unless `given` says so."""
    applies, flags = given.get("applies", []), given.get("flags", log.flags)
    suggested = [pk for pk in suggested_for(log, flags) if pk not in applies]
    usual: dict[str, Any] = {
        "priority": "medium",
        "reason": "Nothing presses.",
        "applies": [],
        "set_aside": dict.fromkeys(suggested, "Not asked about here."),
        "topic_id": log.topic_id,
        "flags": log.flags,
        "adviser_id": by.pk,
        "at": AT,
        "today": RECEIVED,
    }
    return triage(referral_id=log.pk, by=by, **{**usual, **given})


def involved(log: Referral, name: str) -> ReferralForce:
    """Return a force on a log, by any of its names."""
    return log.forces.select_related("force").get(force=force(name))
