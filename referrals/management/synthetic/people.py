"""Who logs and advises on synthetic logs, and what they refer to: forces, criteria, topics, portfolio leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import AccessRegime, Criterion, Force, ForceKind, PortfolioLead, Topic
from requests_app.management.demonstration.authority import set_up_authority

#: Who logs every synthetic log, which marks it as synthetic.
LOGGED_BY = "synthetic.logging@example.org"
ADVISERS = 24


@dataclass(frozen=True)
class Surroundings:
    """Keys of what synthetic logs refer to. `topics`, `criteria` and `leads` are found by name, by code and
    by portfolio."""

    logged_by: int
    advisers: Sequence[tuple[int, str]]
    forces: Sequence[int]
    names: dict[int, str]
    topics: dict[str, int]
    criteria: dict[str, int]
    leads: dict[str, int]


def set_up_surroundings() -> Surroundings:
    """Make the authority, the demonstration accounts and advisers who cannot sign in."""
    set_up_authority()
    return surroundings(
        _person(LOGGED_BY, "Synthetic Logging"),
        [_person(email_of_adviser(n), f"Synthetic Adviser {n:02}") for n in range(1, ADVISERS + 1)],
    )


def surroundings(logged_by: User, advisers: Sequence[User]) -> Surroundings:
    """Find what logs refer to in the register of forces and among the criteria and topics.

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


def email_of_adviser(number: int) -> str:
    """Return the address of adviser `number`, from 1 to ADVISERS."""
    return f"synthetic.adviser{number:02}@example.org"


def _person(email: str, name: str) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, None, name=name, roles=[Role.CRU_ADVISER])
