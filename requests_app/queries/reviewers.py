"""Who may review an answer: somebody who was not involved in it (s.45 Code, para 5)."""

from django.db.models import QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import those_who_may
from requests_app.models import FoiRequest
from requests_app.queries.took_part import who_approved, who_took_part


def who_was_involved(case: FoiRequest) -> set[int]:
    """Return the keys of those who took part in deciding a request, or approved its answer."""
    return who_took_part(case) | who_approved(case)


def reviewers(case: FoiRequest) -> QuerySet[User]:
    """Return the active people who may review a request's answer, by name."""
    return (
        User.objects.filter(those_who_may(Permission.CARRY_OUT_REVIEW))
        .exclude(pk__in=who_was_involved(case))
        .order_by("name", "pk")
    )
