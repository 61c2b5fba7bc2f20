"""Who logs, works and approves synthetic requests."""

from dataclasses import dataclass

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.management.demonstration.authority import set_up_authority

#: Who logs every synthetic request, which marks it as synthetic.
LOGGED_BY = "synthetic.intake@example.org"
OFFICERS = 40
DECISION_MAKERS = 6


@dataclass(frozen=True)
class People:
    """Keys and names of the people of a synthetic population."""

    intake: int
    officers: list[tuple[int, str]]
    decision_makers: list[int]


def set_up_people() -> People:
    """Make the authority, the demonstration accounts and people who cannot sign in."""
    set_up_authority()
    return People(
        intake=_person(LOGGED_BY, "Synthetic Intake", Role.INTAKE).pk,
        officers=[
            (_person(email_of_officer(n), name, Role.OFFICER).pk, name)
            for n, name in enumerate((f"Synthetic Officer {n:02}" for n in range(1, OFFICERS + 1)), start=1)
        ],
        decision_makers=[
            _person(f"synthetic.decider{n}@example.org", f"Synthetic Decider {n}", Role.DECISION_MAKER).pk
            for n in range(1, DECISION_MAKERS + 1)
        ],
    )


def email_of_officer(number: int) -> str:
    """Return the address of officer `number`, from 1 to OFFICERS."""
    return f"synthetic.officer{number:02}@example.org"


def _person(email: str, name: str, role: Role) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, None, name=name, roles=[role])
