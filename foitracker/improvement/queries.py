"""Reading the improvement log."""

from datetime import date

from django.db.models import F, QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import those_who_may
from foitracker.improvement.models import ImprovementPoint


def open_points() -> QuerySet[ImprovementPoint]:
    """Return the points that are not closed."""
    return ImprovementPoint.objects.filter(closed_at__isnull=True)


def overdue_points(today: date) -> QuerySet[ImprovementPoint]:
    """Return the open points whose day is over."""
    return open_points().filter(due_on__lt=today)


def points(show: str, *, today: date) -> QuerySet[ImprovementPoint]:
    """Return the points that are open (""), "overdue", "closed" or "all": open ones first, the first due first."""
    chosen = {
        "overdue": overdue_points(today),
        "closed": ImprovementPoint.objects.filter(closed_at__isnull=False),
        "all": ImprovementPoint.objects.all(),
    }
    found = chosen.get(show, open_points())
    return found.select_related("owner", "closed_by").order_by(
        F("closed_at").desc(nulls_first=True), "due_on", "pk"
    )


def possible_owners() -> QuerySet[User]:
    """Return the active members of the team, by name."""
    return User.objects.filter(those_who_may(Permission.ENTER_ABSENCE)).order_by("name", "pk")
