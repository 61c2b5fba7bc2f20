"""The audit trail of a synthetic log: a few events, from its logging to its closing."""

from collections.abc import Iterator
from typing import Any

from referrals.management.synthetic.population import SyntheticLog
from referrals.management.synthetic.rows import RowMaker, marking_of
from requests_app.management.synthetic.trail import Done


def acts(made: SyntheticLog, maker: RowMaker) -> Iterator[Done]:
    """Return what was done on a log, in order."""
    names = maker.around.names
    adviser, name = maker.adviser_of(made)
    logged: dict[str, Any] = {
        "received_on": made.received_on.isoformat(),
        "scope": made.scope,
        "forces": [names[force.force] for force in made.forces],
    }
    yield Done("referral_logged", maker.around.logged_by, made.received_on, 11, logged)
    triaged_on = maker.triaged_on(made)
    if triaged_on:
        criteria = [made.subject.criterion] if made.subject.criterion else []
        triaged = {
            "priority": maker.priority_of(made),
            "applies": criteria if made.is_mandatory else [],
            "set_aside": [] if made.is_mandatory else criteria,
            "adviser": name,
        }
        yield Done("triaged", adviser, triaged_on, 13, triaged)
    if made.advised_on:
        given = {
            "number": 1,
            "given_on": made.advised_on.isoformat(),
            "marking": marking_of(made),
            "exemptions": list(made.subject.exemptions),
        }
        yield Done("advice_given", adviser, made.advised_on, 15, given)
    if made.ended_on:
        yield Done("referral_closed", adviser, made.ended_on, 17, {"closing": made.closing})
