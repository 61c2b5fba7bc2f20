"""What made-up logs refer to: people, forces, criteria, topics and portfolio leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from foitracker.accounts.models import User
from referrals.models import AccessRegime, Criterion, Force, ForceKind, PortfolioLead
from requests_app.models import Topic


@dataclass(frozen=True)
class Surroundings:
    """Keys of what logs refer to. `topics`, `criteria` and `leads` are found by name, by code and by portfolio."""

    logged_by: int
    advisers: Sequence[tuple[int, str]]
    forces: Sequence[int]
    names: dict[int, str]
    topics: dict[str, int]
    criteria: dict[str, int]
    leads: dict[str, int]


def surroundings(logged_by: User, advisers: Sequence[User]) -> Surroundings:
    """Return what logs refer to in the register of forces and among the criteria and topics.

    The forces are those that are there today and have a limit under FOIA.
    """
    forces = Force.objects.filter(
        kind__in=[ForceKind.TERRITORIAL, ForceKind.SPECIAL],
        regime__in=[AccessRegime.FOIA, AccessRegime.DESIGNATED],
        to_on__isnull=True,
    )
    names = dict(forces.values_list("pk", "name"))
    return Surroundings(
        logged_by=logged_by.pk,
        advisers=[(adviser.pk, adviser.name) for adviser in advisers],
        forces=list(names),
        names=names,
        topics=dict(Topic.objects.values_list("name", "pk")),
        criteria=dict(Criterion.objects.filter(ended_at__isnull=True).values_list("code", "pk")),
        leads=dict(PortfolioLead.objects.values_list("portfolio", "pk")),
    )
