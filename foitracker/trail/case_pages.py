"""The addresses below which each page is about one case, as the apps register them when they start."""

from collections.abc import Callable

from django.http import HttpRequest

#: Gives the reference by which the trail knows a case, from the year and the number in an address.
Reference = Callable[[int, int], str]

_references: dict[str, Reference] = {}


def register(route: str, reference: Reference) -> None:
    """Say that the routes beginning with `route`, which holds `year` and `number`, are about one case."""
    _references[route] = reference


def case_in_address(request: HttpRequest) -> str:
    """Return the reference of the case that the address names; empty where it names none."""
    match = request.resolver_match
    if match is None:
        return ""
    for route, reference in _references.items():
        if match.route.startswith(route):
            try:
                return reference(match.kwargs["year"], match.kwargs["number"])
            except ValueError:  # no case has this number
                return ""
    return ""
