"""Who logs, works, advises and approves in a synthetic population. None of them can sign in."""

from dataclasses import dataclass

from dashboard.demonstration.archive.surroundings import Surroundings, surroundings
from dashboard.demonstration.player.people import set_up_authority
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role

#: Who logs every synthetic request, and every synthetic log: by them they are told from others.
LOGS_REQUESTS, LOGS_REFERRALS = "synthetic.intake@example.org", "synthetic.logging@example.org"
OFFICERS = 40
DECISION_MAKERS = 6
ADVISERS = 24


@dataclass(frozen=True)
class People:
    """Keys and names of the people of a population of requests."""

    intake: int
    officers: list[tuple[int, str]]
    decision_makers: list[int]


def set_up_people() -> People:
    """Make the authority, the demonstration accounts and the people who work on requests. Return these."""
    set_up_authority()
    return People(
        intake=_person(LOGS_REQUESTS, "Synthetic Intake", Role.INTAKE).pk,
        officers=[
            (_person(email_of_officer(n), name, Role.OFFICER).pk, name)
            for n, name in enumerate((f"Synthetic Officer {n:02}" for n in range(1, OFFICERS + 1)), start=1)
        ],
        decision_makers=[
            _person(email_of_decision_maker(n), f"Synthetic Decider {n}", Role.DECISION_MAKER).pk
            for n in range(1, DECISION_MAKERS + 1)
        ],
    )


def set_up_surroundings() -> Surroundings:
    """Make the authority, the demonstration accounts and the advisers. Return what synthetic logs refer to."""
    set_up_authority()
    return surroundings(
        _person(LOGS_REFERRALS, "Synthetic Logging", Role.CRU_ADVISER),
        [
            _person(email_of_adviser(n), f"Synthetic Adviser {n:02}", Role.CRU_ADVISER)
            for n in range(1, ADVISERS + 1)
        ],
    )


def email_of_officer(number: int) -> str:
    """Return the address of officer `number`, from 1 to OFFICERS."""
    return f"synthetic.officer{number:02}@example.org"


def email_of_decision_maker(number: int) -> str:
    """Return the address of decision maker `number`, from 1 to DECISION_MAKERS."""
    return f"synthetic.decider{number}@example.org"


def email_of_adviser(number: int) -> str:
    """Return the address of adviser `number`, from 1 to ADVISERS."""
    return f"synthetic.adviser{number:02}@example.org"


def _person(email: str, name: str, role: Role) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, None, name=name, roles=[role])
