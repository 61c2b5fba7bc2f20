"""The names of forces that a page offers while one is typed."""

from referrals.models import ForceName


def names_to_offer() -> list[tuple[str, str]]:
    """Return every current name of a force, with the force's own, by name."""
    borne = ForceName.objects.filter(to_on=None, force__to_on=None).order_by("name")
    return list(borne.values_list("name", "force__name"))
