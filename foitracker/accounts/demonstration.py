"""Accounts for trying the system out. Their password is public, so production refuses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.checks import CheckMessage, Error
from django.db import connections, transaction

from . import queries
from .models import User
from .roles import ROLE_DESCRIPTIONS, Role

DEMONSTRATION_PASSWORD = "for trying it out"  # noqa: S105


@dataclass(frozen=True)
class DemonstrationAccount:
    email: str
    name: str
    role: Role

    @property
    def role_description(self) -> str:
        return ROLE_DESCRIPTIONS[self.role]


#: A team of the size that such an authority has. The first of each role is the one whom texts and tests name.
DEMONSTRATION_ACCOUNTS: Sequence[DemonstrationAccount] = (
    DemonstrationAccount("intake@example.org", "Imogen Tranter", Role.INTAKE),
    DemonstrationAccount("officer@example.org", "Owen Halloway", Role.OFFICER),
    DemonstrationAccount("officer.two@example.org", "Perpetua Norland", Role.OFFICER),
    DemonstrationAccount("officer.three@example.org", "Caradoc Winslade", Role.OFFICER),
    DemonstrationAccount("officer.four@example.org", "Yasmin Thornbury", Role.OFFICER),
    DemonstrationAccount("officer.five@example.org", "Lachlan Penrose", Role.OFFICER),
    DemonstrationAccount("officer.six@example.org", "Edith Marchbanks", Role.OFFICER),
    DemonstrationAccount("decision.maker@example.org", "Dorothea Quillan", Role.DECISION_MAKER),
    DemonstrationAccount("decision.maker.two@example.org", "Ambrose Fairleigh", Role.DECISION_MAKER),
    DemonstrationAccount("cru.adviser@example.org", "Rafiq Lindall", Role.CRU_ADVISER),
    DemonstrationAccount("cru.adviser.two@example.org", "Selina Oakridge", Role.CRU_ADVISER),
    DemonstrationAccount("reviewer@example.org", "Marguerite Ashdene", Role.REVIEWER),
    DemonstrationAccount("manager@example.org", "Tobias Fenwright", Role.MANAGER),
    DemonstrationAccount("manager.two@example.org", "Verity Oxborrow", Role.MANAGER),
    DemonstrationAccount("auditor@example.org", "Ngozi Callaway", Role.AUDITOR),
    DemonstrationAccount("administrator@example.org", "Piers Langstroth", Role.ADMINISTRATOR),
    DemonstrationAccount("force.contact@example.org", "Bryony Castleford", Role.FORCE_CONTACT),
    DemonstrationAccount("press.office@example.org", "Hester Pallister", Role.OUTSIDE_READER),
)


@transaction.atomic
def create_demonstration_accounts() -> None:
    """Make the demonstration accounts that do not exist yet; those that do are left as they are."""
    existing = set(User.objects.values_list("email", flat=True))
    missing = [account for account in DEMONSTRATION_ACCOUNTS if account.email not in existing]
    for account in missing:
        User.objects.create_user(
            account.email,
            None,
            name=account.name,
            roles=[account.role],
            is_demonstration=True,
        )
    if missing:  # hashed once: that takes long, and the password is public
        made = User.objects.filter(email__in=[account.email for account in missing])
        made.update(password=make_password(DEMONSTRATION_PASSWORD))


def check_no_demonstration_account_in_production(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report, as a system check, any active account in production whose password is public."""
    if settings.FOITRACKER_MODE != "production" or not databases:
        return []
    if User._meta.db_table not in connections["default"].introspection.table_names():
        return []  # not migrated yet, so no one can sign in
    if not queries.active_demonstration_users().exists():
        return []
    return [
        Error(
            "A demonstration account is active, and its password is public.",
            hint="Deactivate every demonstration account under Settings, Users.",
            id="accounts.E001",
        )
    ]
