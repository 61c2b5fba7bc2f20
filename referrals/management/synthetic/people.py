"""Who logs and advises on synthetic logs, and what they refer to: forces, criteria, topics, portfolio leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.management.demonstration.subjects import SUBJECTS
from referrals.models import AccessRegime, Criterion, Force, ForceKind, PortfolioLead, Topic
from requests_app.management.demonstration.authority import set_up_authority

#: Who logs every synthetic log, by which synthetic logs are told from others.
LOGGED_BY = "synthetic.logging@example.org"
ADVISERS = 24


@dataclass(frozen=True)
class Surroundings:
    """Keys of what synthetic logs refer to. `topics` and `criteria` are found by name and by code."""

    logged_by: int
    advisers: Sequence[tuple[int, str]]
    forces: Sequence[int]
    names: dict[int, str]
    topics: dict[str, int]
    criteria: dict[str, int]
    leads: Sequence[int]


def set_up_surroundings() -> Surroundings:
    """This function will make the authority, the demonstration accounts, advisers who cannot sign in, and the
    topics that are not there yet. The forces and criteria are those of the register."""
    set_up_authority()
    forces = list(
        Force.objects.filter(
            kind__in=[ForceKind.TERRITORIAL, ForceKind.SPECIAL],
            regime__in=[AccessRegime.FOIA, AccessRegime.DESIGNATED],
            to_on__isnull=True,
        )
    )
    return Surroundings(
        logged_by=_person(LOGGED_BY, "Synthetic Logging").pk,
        advisers=[
            (_person(email_of_adviser(n), name).pk, name)
            for n, name in enumerate((f"Synthetic Adviser {n:02}" for n in range(1, ADVISERS + 1)), start=1)
        ],
        forces=[force.pk for force in forces],
        names={force.pk: force.name for force in forces},
        topics={name: Topic.objects.get_or_create(name=name)[0].pk for name in {s.topic for s in SUBJECTS}},
        criteria=dict(Criterion.objects.filter(ended_at__isnull=True).values_list("code", "pk")),
        leads=list(PortfolioLead.objects.values_list("pk", flat=True)),
    )


def email_of_adviser(number: int) -> str:
    """This function will give the address of adviser `number`, from 1 to ADVISERS."""
    return f"synthetic.adviser{number:02}@example.org"


def _person(email: str, name: str) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, None, name=name, roles=[Role.CRU_ADVISER])
