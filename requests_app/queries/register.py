"""The register: requests by filter, search and order, without anything about applicants.

Live requests are the default. Lists read one page from an index and count no further than a cap, so the
cost does not grow with the archive.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorExact
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from foitracker.accounts.models import User
from foitracker.casework.search import searched_text
from foitracker.pages.lists.paging import is_usual
from requests_app.models import FoiRequest
from requests_app.rules.casework.reference import ReferenceNotUnderstood, RequestReference
from requests_app.rules.casework.workflow import Status

ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("due_on", "id"),
    "-due": ("-due_on", "-id"),
    "reference": ("year", "number"),
    "-reference": ("-year", "-number"),
    "received": ("received_on", "id"),
    "-received": ("-received_on", "-id"),
    "closed": ("closed_on", "id"),
    "-closed": ("-closed_on", "-id"),
}


@dataclass(frozen=True)
class RegisterFilter:
    """What the register shows. `live` leaves closed requests out, except one whose reference is looked for.

    `measured` is the condition of the measures chosen.
    """

    live: bool = True
    status: str = ""
    outcome: str = ""
    officer_id: int | None = None
    unassigned: bool = False
    regime: str = ""
    priority: str = ""
    received_from: date | None = None
    received_to: date | None = None
    measured: Q = field(default_factory=Q)
    text: str = ""
    order: str = ""


class _WordsOfTheArchive(SearchQuery):
    """Words to search the archive by, which PostgreSQL reads only when it runs the query.

    Read before, it would multiply how often each occurs, and so take words that always come together (“body-worn
    video retention”) for very rare: it then fetches all their matches and no other filter helps. Not knowing them
    it takes them for fairly rare, and combines the search with other filters.
    """

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, parameters = super().as_sql(*args, **kwargs)
        return f"(SELECT {sql})", parameters


def register(chosen: RegisterFilter, *, user: User) -> QuerySet[FoiRequest]:
    """Return the requests of a filter that `user` may know of, in its order, with their officers, for paging."""
    found = _looked_for(chosen, FoiRequest.objects.visible_to(user)).filter(chosen.measured)
    for name in ("status", "outcome", "regime", "priority", "officer_id"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    if chosen.unassigned:
        found = found.filter(officer__isnull=True)
    if chosen.received_from:
        found = found.filter(received_on__gte=chosen.received_from)
    if chosen.received_to:
        found = found.filter(received_on__lte=chosen.received_to)
    return found.order_by(*ORDERS.get(chosen.order, ORDERS[default_order(chosen)]))


def default_order(chosen: RegisterFilter) -> str:
    """Return the order of a list no one has sorted: what is due first, or the newest.

    Between days of receipt the newest is what came last, which one index both finds and orders.
    """
    if chosen.live:
        return "due"
    return "-received" if chosen.received_from or chosen.received_to else "-reference"


def _looked_for(chosen: RegisterFilter, known: QuerySet[FoiRequest]) -> QuerySet[FoiRequest]:
    """A reference typed in any form finds that request, closed or not; other words search the live ones or all."""
    found = known.select_related("officer").defer("words", "search")
    text = chosen.text.strip()
    try:
        reference = RequestReference.parse(text)
    except ReferenceNotUnderstood:
        if text:
            found = found.filter(_has_words(text, chosen, known))
        return found.exclude(status=Status.CLOSED) if chosen.live else found
    return found.filter(year=reference.year, number=reference.number)


def _has_words(text: str, chosen: RegisterFilter, known: QuerySet[FoiRequest]) -> Q:
    """The condition that a request has these words.

    Words that most requests of the archive have are no help in finding those of another filter, and their index
    lists all of the archive: they are looked for in each request which that filter finds.
    """
    words = SearchQuery if chosen.live else _WordsOfTheArchive
    asked = words(searched_text(text), search_type="websearch", config="english")
    is_all_that_is_asked = chosen == RegisterFilter(live=False, text=chosen.text, order=chosen.order)
    if chosen.live or is_all_that_is_asked or not is_usual(known.filter(search=asked)):
        return Q(search=asked)
    each = Coalesce(F("search"), F("search"))  # which no index holds
    return Q(SearchVectorExact(each, asked))


def register_is_empty() -> bool:
    """Return whether no request was ever logged."""
    return not FoiRequest.objects.exists()


def by_reference(reference: RequestReference) -> FoiRequest:
    """Return the request with a reference. Raises FoiRequest.DoesNotExist."""
    return FoiRequest.objects.get(year=reference.year, number=reference.number)
