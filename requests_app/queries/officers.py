"""Who a request can be given to."""

from django.db.models import QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role


def officers() -> QuerySet[User]:
    """Return the active people who can work on a case, by name."""
    return User.objects.filter(
        is_active=True, roles__overlap=[str(Role.OFFICER), str(Role.DECISION_MAKER)]
    ).order_by("name", "pk")
