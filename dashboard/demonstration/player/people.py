"""The authority, the regulators and the people of the demonstration."""

from dataclasses import dataclass
from datetime import date

from foitracker.accounts.demonstration import create_demonstration_accounts
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import Authority, Regulator


@dataclass(frozen=True)
class Staff:
    """Who acts in the demonstration."""

    intake: User
    officer: User
    decision_maker: User


def set_up_authority() -> Staff:
    """This function will make the accounts and, unless there is one, the authority and its regulators."""
    create_demonstration_accounts()
    Authority.objects.get_or_create(
        id=1,
        defaults={
            "name": "National Police Chiefs’ Council",
            "short_name": "NPCC",
            "office": "Freedom of Information and Central Referral Unit",
            "address": "Example House\n1 Example Street\nFernhollow\nZZ99 1AA",
            "telephone": "01632 960100",
            "email": "foi@example.org",
            "website": "www.example.org",
            "signature_line": "Freedom of Information Officer and Decision Maker",
            "review_address": "Freedom of Information Reviews\nExample House\n1 Example Street\nFernhollow\nZZ99 1AA",
            "review_email": "foi.review@example.org",
        },
    )
    Regulator.objects.get_or_create(
        from_date=date(2005, 1, 1),
        defaults={
            "name": "Information Commissioner",
            "address": "Wycliffe House\nWater Lane\nWilmslow\nCheshire\nSK9 5AF",
            "telephone": "0303 123 1113",
            "website": "ico.org.uk",
        },
    )
    return Staff(
        intake=_one(Role.INTAKE), officer=_one(Role.OFFICER), decision_maker=_one(Role.DECISION_MAKER)
    )


def _one(role: Role) -> User:
    return User.objects.filter(is_demonstration=True, roles__contains=[role], is_active=True).order_by("pk")[
        0
    ]
