"""What the audit trail tells of a synthetic log: a few events, from its logging to its closing."""

from collections.abc import Iterator
from typing import Any

from dashboard.demonstration.archive.log_rows import RowMaker, marking_of
from dashboard.demonstration.archive.logs import SyntheticLog
from dashboard.demonstration.archive.trail import SyntheticEvent
from referrals.events.advice import ADVICE_GIVEN
from referrals.events.intake import REFERRAL_LOGGED
from referrals.events.triage import REFERRAL_CLOSED, TRIAGED


def log_events(made: SyntheticLog, maker: RowMaker) -> Iterator[SyntheticEvent]:
    """Tell what was done on a log, in order."""
    names = maker.around.names
    adviser, name = maker.adviser_of(made)
    logged: dict[str, Any] = {
        "received_on": made.received_on.isoformat(),
        "scope": made.scope,
        "forces": [names[force.force] for force in made.forces],
    }
    yield SyntheticEvent(REFERRAL_LOGGED, maker.around.logged_by, made.received_on, 11, logged)
    triaged_on = maker.triaged_on(made)
    if triaged_on:
        criteria = [made.subject.criterion] if made.subject.criterion else []
        triaged = {
            "priority": maker.priority_of(made),
            "applies": criteria if made.is_mandatory else [],
            "set_aside": [] if made.is_mandatory else criteria,
            "adviser": name,
        }
        yield SyntheticEvent(TRIAGED, adviser, triaged_on, 13, triaged)
    if made.advised_on:
        given = {
            "number": 1,
            "given_on": made.advised_on.isoformat(),
            "marking": marking_of(made),
            "exemptions": list(made.subject.exemptions),
        }
        yield SyntheticEvent(ADVICE_GIVEN, adviser, made.advised_on, 15, given)
    if made.ended_on:
        yield SyntheticEvent(REFERRAL_CLOSED, adviser, made.ended_on, 17, {"closing": made.closing})
