"""Who a log can be given to."""

from django.db.models import QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role


def advisers() -> QuerySet[User]:
    """Return the active advisers of the unit, by name."""
    return User.objects.filter(is_active=True, roles__contains=[str(Role.CRU_ADVISER)]).order_by("name", "pk")
