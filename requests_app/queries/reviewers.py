"""Who took part in a decision, and so does not review it (s.45 Code, para 5: someone not involved)."""

from django.db.models import QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import FoiRequest


def who_took_part(case: FoiRequest) -> set[int]:
    """Return the keys of those who decided, claimed, drafted, submitted or approved."""
    found = set(case.items.values_list("decided_by", flat=True))
    found |= set(case.claims.values_list("claimed_by", flat=True))
    for letter in case.letters.values_list("drafted_by", "decided_by", "approved_by"):
        found |= set(letter)
    return {key for key in found if key is not None}


def reviewers(case: FoiRequest) -> QuerySet[User]:
    """Return the active people who may review a request's answer, by name."""
    roles = [str(Role.REVIEWER), str(Role.DECISION_MAKER), str(Role.MANAGER)]
    return (
        User.objects.filter(is_active=True, roles__overlap=roles)
        .exclude(pk__in=who_took_part(case))
        .order_by("name", "pk")
    )
