"""Whether requests are to be referred to somebody for advice, as the apps above know it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from requests_app.models import FoiRequest


@dataclass(frozen=True)
class Referring:
    """What is said of one request. `referred` names where it was referred to; `reasons` suggest that it should be.

    Nothing is decided by a suggestion: an officer decides whether a criterion applies.
    """

    referred: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


#: Apps above say it of many requests at once, in a fixed number of queries; by the key of the request.
sources: list[Callable[[Sequence[FoiRequest]], Mapping[int, Referring]]] = []


def referring_of(cases: Sequence[FoiRequest]) -> dict[int, Referring]:
    """Return what is known of each request about referring it; nothing where nothing is."""
    found = {case.pk: Referring() for case in cases}
    for source in sources:
        for key, said in source(cases).items():
            known = found[key]
            found[key] = Referring(known.referred + said.referred, known.reasons + said.reasons)
    return found
