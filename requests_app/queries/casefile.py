"""One request with everything its page shows, in a fixed number of queries. Identity is not part of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import (
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from requests_app.models import (
    REVERSED_LINK_LABELS,
    Clarification,
    ExemptionClaim,
    Figure,
    FigureSet,
    FoiRequest,
    IssueHold,
    Letter,
    LetterDespatch,
    LetterStatus,
    LinkKind,
    Note,
    RequestItem,
    RequestLink,
    SearchRecord,
)
from requests_app.queries.clock import clock_of
from requests_app.rules.clock.course import ClockPolicy
from requests_app.rules.clock.statutory_clock import ClockReading

#: A casefile shows this many events and notes at a time.
PAGE_SIZE = 50


@dataclass(frozen=True)
class LinkEntry:
    """A link to or from the request: its kind as read from here, and the other request.

    `pk` is None where the link was made at the other end.
    """

    label: str
    other: FoiRequest
    quotes: bool
    pk: int | None


@dataclass(frozen=True)
class FigureTable:
    """Figures with their definition."""

    definition: FigureSet
    figures: list[Figure]


@dataclass(frozen=True)
class ItemEntry:
    """An item with what was decided on it: the claims that name it and its figures."""

    item: RequestItem
    claims: list[ExemptionClaim]
    figure_tables: list[FigureTable]


@dataclass(frozen=True)
class Casefile:
    """What the page of a request shows. `more_events` and `more_notes` say that there are earlier ones."""

    case: FoiRequest
    clock: ClockReading
    items: list[ItemEntry]
    claims: list[ExemptionClaim]
    searches: list[SearchRecord]
    clarifications: list[Clarification]
    letters: list[Letter]
    links: list[LinkEntry]
    holds: list[IssueHold]
    notes: list[Note]
    events: list[Entry]
    more_events: bool = False
    more_notes: bool = False

    @property
    def undecided(self) -> list[RequestItem]:
        return [entry.item for entry in self.items if not entry.item.disposition]

    @property
    def standing_holds(self) -> list[IssueHold]:
        """What the answer waits for now."""
        return [hold for hold in self.holds if hold.ended_at is None]

    @property
    def undelivered(self) -> list[Letter]:
        """The letters in force that were sent and did not arrive."""
        return [
            letter
            for letter in self.letters
            if letter.status == LetterStatus.ISSUED
            and letter.despatches.all()
            and not any(one.counts for one in letter.despatches.all())
        ]

    @property
    def answer_in_hand(self) -> Letter | None:
        """The answer that is drafted, submitted or approved; the database allows one at a time."""
        in_hand = (LetterStatus.DRAFT, LetterStatus.SUBMITTED, LetterStatus.APPROVED)
        return next((lt for lt in self.letters if lt.is_answer and lt.status in in_hand), None)


def casefile(
    case: FoiRequest,
    *,
    today: date,
    events_before: int | None = None,
    notes_before: int | None = None,
    policy: ClockPolicy | None = None,
) -> Casefile:
    """Read all that belongs to a request, in as many queries whatever its size.

    `policy` is what the authority has chosen about the clock, when the caller has read its settings.
    `events_before` and `notes_before` go on with what is earlier than that entry or note.
    """
    prefetch_related_objects([case], Prefetch("clarifications", _clarifications()), "recorded_clock_events")
    claims = list(case.claims.select_related("claimed_by").prefetch_related("items"))
    events, notes = _events(case, events_before), _notes(case, notes_before)
    return Casefile(
        case=case,
        clock=clock_of(case, today, policy),
        items=_items(case, claims),
        claims=claims,
        searches=list(case.searches.all()),
        clarifications=list(case.clarifications.all()),
        letters=list(_letters(case)),
        links=_links(case),
        holds=list(case.holds.all()),
        notes=notes[:PAGE_SIZE],
        events=events[:PAGE_SIZE],
        more_events=len(events) > PAGE_SIZE,
        more_notes=len(notes) > PAGE_SIZE,
    )


def _events(case: FoiRequest, before: int | None) -> list[Entry]:
    """One event more than a page shows, to know whether there are earlier ones."""
    events = timeline(case.reference)
    return list((events.filter(sequence__lt=before) if before else events)[: PAGE_SIZE + 1])


def _notes(case: FoiRequest, before: int | None) -> list[Note]:
    notes = case.notes.select_related("written_by")
    return list((notes.filter(pk__lt=before) if before else notes)[: PAGE_SIZE + 1])


def _clarifications() -> QuerySet[Clarification]:
    return Clarification.objects.select_related("asked_by").prefetch_related("excluded_items")


def _items(case: FoiRequest, claims: list[ExemptionClaim]) -> list[ItemEntry]:
    tables = _figure_tables(case)
    return [
        ItemEntry(item, [claim for claim in claims if item in claim.items.all()], tables[item.pk])
        for item in case.items.select_related("duplicate_of", "decided_by")
    ]


def _figure_tables(case: FoiRequest) -> dict[int, list[FigureTable]]:
    """The figures of a case by item, read in one query: a set without figures does not exist."""
    by_item: dict[int, list[FigureTable]] = defaultdict(list)
    figures = (
        Figure.objects.filter(figure_set__item__foi_request=case)
        .select_related("figure_set")
        .order_by("figure_set_id", "position")
    )
    for figure_set, members in groupby(figures, key=lambda figure: figure.figure_set):
        by_item[figure_set.item_id].append(FigureTable(figure_set, list(members)))
    return by_item


def _letters(case: FoiRequest) -> QuerySet[Letter]:
    """The letters, each with the times it was sent."""
    return (
        case.letters.select_related("drafted_by", "decided_by", "approved_by", "issued_by")
        .defer("html", "pdf", "facts", "answer", "advice", "enclosures", "own_texts")
        .prefetch_related(Prefetch("despatches", despatches()))
    )


def despatches() -> QuerySet[LetterDespatch]:
    """Return the times that letters were sent, with the state of their e-mails, in order."""
    return (
        LetterDespatch.objects.select_related("message", "by", "entered_by")
        .defer("message__body")
        .order_by("pk")
    )


def _links(case: FoiRequest) -> list[LinkEntry]:
    """The links in both directions, in the order they were made."""
    links = (
        RequestLink.objects.filter(Q(from_request=case) | Q(to_request=case))
        .select_related("from_request", "to_request")
        .defer("from_request__words", "from_request__search", "to_request__words", "to_request__search")
        .order_by("pk")
    )
    return [_link_entry(link, made_here=link.from_request == case) for link in links]


def _link_entry(link: RequestLink, *, made_here: bool) -> LinkEntry:
    kind = LinkKind(link.kind)
    return LinkEntry(
        label=kind.label if made_here else REVERSED_LINK_LABELS[kind],
        other=link.to_request if made_here else link.from_request,
        quotes=made_here and link.quote_words,
        pk=link.pk if made_here else None,
    )
