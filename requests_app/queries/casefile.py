"""One request with everything its page shows, in a fixed number of queries. Identity is not part of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject

from foitracker.accounts.models import User
from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from foitracker.mail.models import OutboxMessage
from requests_app.models import (
    REVERSED_LINK_LABELS,
    Clarification,
    ClockAct,
    ExemptionClaim,
    Figure,
    FigureSet,
    FoiRequest,
    IssueHold,
    Letter,
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
class SearchEntry:
    """One search as the page shows it."""

    searched_on: date
    searched: str
    searched_by: str
    criteria: str
    result: str


@dataclass(frozen=True)
class LinkEntry:
    """A link to or from the request: its kind as read from here, and the other request.

    `pk` is None where the link was made at the other end.
    """

    label: str
    reference: str
    year: int
    number: int
    subject: str
    status: str
    quotes: bool
    pk: int | None


@dataclass(frozen=True)
class HoldEntry:
    """Advice that the answer waits for, or waited for."""

    pk: int
    awaited: str
    page: str
    placed_at: datetime
    ended_at: datetime | None
    ending: str
    override_reason: str


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
    searches: list[SearchEntry]
    clarifications: list[Clarification]
    letters: list[Letter]
    links: list[LinkEntry]
    holds: list[HoldEntry]
    notes: list[Note]
    events: list[Entry]
    more_events: bool = False
    more_notes: bool = False

    @property
    def undecided(self) -> list[RequestItem]:
        return [entry.item for entry in self.items if not entry.item.disposition]

    @property
    def standing_holds(self) -> list[HoldEntry]:
        """What the answer waits for now."""
        return [hold for hold in self.holds if hold.ended_at is None]

    def took_part(self, user: User) -> bool:
        """Return whether `user` decided an item, claimed an exemption or submitted the answer in hand."""
        deciders = {entry.item.decided_by_id for entry in self.items}
        deciders |= {claim.claimed_by_id for claim in self.claims}
        letter = self.answer_in_hand
        return user.pk in deciders or (letter is not None and letter.decided_by_id == user.pk)

    @property
    def answer_in_hand(self) -> Letter | None:
        """The answer that is drafted, submitted or approved; the database allows one at a time."""
        in_hand = (LetterStatus.DRAFT, LetterStatus.SUBMITTED, LetterStatus.APPROVED)
        return next((lt for lt in self.letters if lt.is_answer and lt.status in in_hand), None)


def casefile(
    *,
    year: int,
    number: int,
    today: date,
    events_before: int | None = None,
    notes_before: int | None = None,
    policy: ClockPolicy | None = None,
) -> Casefile:
    """Read a request and all that belongs to it, in eight queries whatever its size.

    `policy` is what the authority has chosen about the clock, when the caller has read its settings.
    `events_before` and `notes_before` go on with what is earlier than that entry or note.
    Raises FoiRequest.DoesNotExist.
    """
    case = (
        FoiRequest.objects.select_related("officer", "logged_by")
        .defer("search")
        .annotate(
            search_rows=_search_rows(),
            link_rows=_link_rows(),
            clock_act_rows=_clock_act_rows(),
            hold_rows=_hold_rows(),
        )
        .prefetch_related(Prefetch("clarifications", queryset=_clarifications()))
        .get(year=year, number=number)
    )
    claims = list(_claims(case))
    events, notes = _events(case, events_before), _notes(case, notes_before)
    return Casefile(
        case=case,
        clock=clock_of(case, today, policy, [_clock_act(row) for row in case.clock_act_rows]),
        items=_items(case, claims),
        claims=claims,
        searches=[_search_entry(row) for row in case.search_rows],
        clarifications=list(case.clarifications.all()),
        letters=list(_letters(case)),
        links=[_link_entry(case, row) for row in case.link_rows],
        holds=[_hold_entry(row) for row in case.hold_rows],
        notes=notes[:PAGE_SIZE],
        events=events[:PAGE_SIZE],
        more_events=len(events) > PAGE_SIZE,
        more_notes=len(notes) > PAGE_SIZE,
    )


def last_return(events: Iterable[Entry]) -> Entry | None:
    """Return the event that returned the answer for more work, unless it was resubmitted; `events` newest first."""
    moves = (entry for entry in events if entry.event in ("letter_returned", "letter_submitted"))
    latest = next(moves, None)
    return latest if latest and latest.event == "letter_returned" else None


def _events(case: FoiRequest, before: int | None) -> list[Entry]:
    """One event more than a page shows, to know whether there are earlier ones."""
    events = timeline(case.reference)
    return list((events.filter(sequence__lt=before) if before else events)[: PAGE_SIZE + 1])


def _notes(case: FoiRequest, before: int | None) -> list[Note]:
    notes = case.notes.select_related("written_by")
    return list((notes.filter(pk__lt=before) if before else notes)[: PAGE_SIZE + 1])


def _clarifications() -> QuerySet[Clarification]:
    excluded = ArrayAgg(
        "excluded_items__label",
        filter=Q(excluded_items__isnull=False),
        order_by="excluded_items__position",
        default=Value([]),
    )
    return Clarification.objects.select_related("asked_by").annotate(excluded_labels=excluded)


def _claims(case: FoiRequest) -> QuerySet[ExemptionClaim]:
    return case.claims.select_related("claimed_by").annotate(
        item_ids=ArrayAgg("items", order_by="items__position"),
        item_labels=ArrayAgg("items__label", order_by="items__position"),
    )


def _items(case: FoiRequest, claims: list[ExemptionClaim]) -> list[ItemEntry]:
    tables = _figure_tables(case)
    return [
        ItemEntry(item, [claim for claim in claims if item.pk in _item_ids(claim)], tables[item.pk])
        for item in case.items.select_related("duplicate_of", "decided_by")
    ]


def _item_ids(claim: ExemptionClaim) -> list[int]:
    ids: list[int] = claim.item_ids  # type: ignore[attr-defined]
    return ids


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
    """The letters with the state of their e-mail: `delivery` and `delivered_at`."""
    key = Concat(Value("letter-"), Cast(OuterRef("pk"), CharField()))
    message = OutboxMessage.objects.filter(key=key)
    return (
        case.letters.select_related("drafted_by", "decided_by", "approved_by", "issued_by")
        .defer("html", "pdf", "facts", "answer", "advice", "enclosures", "own_texts")
        .annotate(
            delivery=Subquery(message.values("status")), delivered_at=Subquery(message.values("sent_at"))
        )
    )


def _search_rows() -> ArraySubquery:
    """The searches as JSON, so that they come with the request: there are few, and they are only shown."""
    columns = {name: name for name in ("searched_on", "searched", "searched_by", "criteria", "result")}
    searches = SearchRecord.objects.filter(foi_request=OuterRef("pk")).order_by("searched_on", "pk")
    return ArraySubquery(searches.values(row=JSONObject(**columns)))


def _search_entry(row: dict[str, Any]) -> SearchEntry:
    return SearchEntry(**{**row, "searched_on": date.fromisoformat(row["searched_on"])})


_HOLD_TIMES = ("placed_at", "ended_at")


def _hold_rows() -> ArraySubquery:
    """What the answer waits or waited for, as JSON."""
    names = ("pk", "awaited", "page", "ending", "override_reason", *_HOLD_TIMES)
    holds = IssueHold.objects.filter(foi_request=OuterRef("pk")).order_by("pk")
    return ArraySubquery(holds.values(row=JSONObject(**{name: name for name in names})))


def _hold_entry(row: dict[str, Any]) -> HoldEntry:
    times = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in _HOLD_TIMES}
    return HoldEntry(**{**row, **times})


_CLOCK_DATES = ("on", "estimate", "comply_by")


def _clock_act_rows() -> ArraySubquery:
    """The recorded events the clock is read from, as JSON."""
    names = ("pk", "kind", "provision", "reason", "replaces_id", "is_withdrawn", *_CLOCK_DATES)
    acts = ClockAct.objects.filter(foi_request=OuterRef("pk")).order_by("on", "pk")
    return ArraySubquery(acts.values(row=JSONObject(**{name: name for name in names})))


def _clock_act(row: dict[str, Any]) -> ClockAct:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _CLOCK_DATES}
    return ClockAct(**{**row, **days})


def _link_rows() -> ArraySubquery:
    """The links in both directions as JSON, with what is shown of the request at either end."""
    columns = {name: name for name in ("pk", "kind", "quote_words", "from_request_id")}
    ends = {
        f"{end}_{name}": f"{end}_request__{name}"
        for end in ("from", "to")
        for name in ("reference", "year", "number", "subject", "status")
    }
    here = Q(from_request=OuterRef("pk")) | Q(to_request=OuterRef("pk"))
    links = RequestLink.objects.filter(here).order_by("pk")
    return ArraySubquery(links.values(row=JSONObject(**columns, **ends)))


def _link_entry(case: FoiRequest, row: dict[str, Any]) -> LinkEntry:
    made_here = row["from_request_id"] == case.pk
    end = "to" if made_here else "from"
    return LinkEntry(
        label=LinkKind(row["kind"]).label if made_here else REVERSED_LINK_LABELS[row["kind"]],
        quotes=made_here and row["quote_words"],
        pk=row["pk"] if made_here else None,
        **{name: row[f"{end}_{name}"] for name in ("reference", "year", "number", "subject", "status")},
    )
