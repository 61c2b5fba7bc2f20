"""Advice for tests, given and told by the operations the pages call."""

from datetime import UTC, date, datetime
from typing import Any

from foitracker.accounts.models import User
from referrals.models import Advice, Force, PortfolioLead, Referral
from referrals.operations.advice import give_advice
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from tests.referrals.factories import entry, referral

#: Four days after the logs of `tests.referrals.factories` came.
TODAY = date(2026, 3, 6)
AT = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
ADVICE = "Consider the larkspur exemption.\n\nIt is qualified, so weigh the public interest."


def advise(log: Referral, by: User, **given: Any) -> Advice:
    """Give advice on a log."""
    usual: dict[str, Any] = {"text": ADVICE, "exemptions": ["31(1)(a)"], "at": AT, "today": TODAY}
    return give_advice(referral_id=log.pk, by=by, **{**usual, **given})


def mailbox(name: str, **fields: Any) -> Force:
    """Return an invented force that advice can be e-mailed to."""
    return Force.objects.create(
        **{
            "name": f"{name} Constabulary",
            "short": name,
            "kind": "territorial",
            "regime": "foia",
            "email": f"foi.{name.lower()}@example.org",
            **fields,
        }
    )


def national_log(*forces: Force, by: User, **log: Any) -> Referral:
    """Return a national log that each of these forces corresponds on, with a reference that names the force."""
    entries = [
        entry(
            one,
            role=ForceRole.LOGGED_WITH,
            trigger=Trigger.CORRESPONDENCE,
            reference=f"{one.short.upper()}/1",
        )
        for one in forces
    ]
    return referral(by=by, forces=entries, scope=Scope.NATIONAL, **log)


def lead(**fields: Any) -> PortfolioLead:
    """Return an invented portfolio lead with a mailbox."""
    usual = {"portfolio": "Invented portfolio", "post": "Staff officer", "email": "lead@example.org"}
    return PortfolioLead.objects.create(**{**usual, **fields})
