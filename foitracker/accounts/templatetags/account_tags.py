from collections.abc import Iterable

from django import template

from foitracker.accounts.roles import Role

register = template.Library()


@register.filter
def role_labels(codes: Iterable[str] | None) -> str:
    """Return the names of a person's roles, joined by commas."""
    return ", ".join(Role(code).label if code in Role.values else code for code in codes or ())
