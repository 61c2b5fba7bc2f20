"""One request with everything its page shows, in a fixed number of queries. Identity is not part of it."""

from dataclasses import dataclass
from datetime import date

from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from requests_app.models import (
    Clarification,
    ExemptionClaim,
    FoiRequest,
    Letter,
    Note,
    RequestItem,
    RequestLink,
    SearchRecord,
)
from requests_app.queries.clock import clock_of
from requests_app.rules.statutory_clock import ClockReading

#: A casefile shows this many of the latest events and notes; the rest are a page away.
LATEST = 50


@dataclass(frozen=True)
class Casefile:
    """What the page of a request shows."""

    case: FoiRequest
    clock: ClockReading
    items: list[RequestItem]
    claims: list[ExemptionClaim]
    searches: list[SearchRecord]
    clarifications: list[Clarification]
    letters: list[Letter]
    links: list[RequestLink]
    linked_from: list[RequestLink]
    notes: list[Note]
    events: list[Entry]

    @property
    def undecided(self) -> list[RequestItem]:
        return [item for item in self.items if not item.disposition]


def casefile(*, year: int, number: int, today: date) -> Casefile:
    """This function will read a request and all that belongs to it. Raises FoiRequest.DoesNotExist."""
    case = (
        FoiRequest.objects.select_related("officer", "logged_by")
        .defer("search")
        .prefetch_related("clarifications__excluded_items")
        .get(year=year, number=number)
    )
    links = RequestLink.objects.select_related("to_request", "from_request").defer(
        "to_request__words", "to_request__search", "from_request__words", "from_request__search"
    )
    return Casefile(
        case=case,
        clock=clock_of(case, today),
        items=list(
            case.items.select_related("duplicate_of", "decided_by").prefetch_related("figure_sets__figures")
        ),
        claims=list(case.claims.select_related("claimed_by").prefetch_related("items")),
        searches=list(case.searches.select_related("recorded_by")),
        clarifications=list(case.clarifications.all()),
        letters=list(
            case.letters.select_related("drafted_by", "decided_by", "approved_by", "issued_by").defer(
                "html", "pdf", "facts"
            )
        ),
        links=list(links.filter(from_request=case)),
        linked_from=list(links.filter(to_request=case)),
        notes=list(case.notes.select_related("written_by")[:LATEST]),
        events=list(timeline(case.reference)[:LATEST]),
    )


def acts_since_version(case: FoiRequest, version: int) -> list[Entry]:
    """This function will list what was done to a case after it had `version`, oldest first."""
    return list(timeline(case.reference).filter(detail__version__gt=version).order_by("sequence"))
