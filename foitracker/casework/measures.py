"""What is counted and listed. A measure is declared once; all that shows or counts it is made from the declaration.

A measure says which cases of a kind it counts: as a query, and as a predicate on one case. From it come its count,
its list, the filter of the kind's list, the figure on My work and the mark on a row. A figure opens the list filtered
by the very condition that was counted, so the two cannot differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can

#: What a ticked box of a filter is sent as.
TICKED = "on"


def overdue_by(column: str, today: date) -> Q:
    """Return `is_overdue` as a query, of the day in a column."""
    return Q(**{f"{column}__lt": today})


@dataclass(frozen=True)
class Viewpoint:
    """What measures are read from: the day, and the person who asks. Nobody does when a command counts."""

    today: date
    user: User | None = None


AnyCase = TypeVar("AnyCase", bound=Model)
AnyView = TypeVar("AnyView", bound=Viewpoint)
_Listed = TypeVar("_Listed", bound=Model, covariant=True)


class Cases(Protocol[_Listed]):
    """All cases of a kind, and those a person may know of: what `objects` of a kind of case is."""

    def all(self) -> "QuerySet[_Listed]": ...

    def visible_to(self, user: User) -> "QuerySet[_Listed]": ...


@dataclass(frozen=True)
class Tile:
    """A figure on My work, for those who may do one thing and not another. `mine` counts only their own cases."""

    label: str
    permission: Permission
    but_not: Permission | None = None
    mine: bool = False

    def is_for(self, user: User) -> bool:
        return can(self.permission, user) and not (self.but_not and can(self.but_not, user))


@dataclass(frozen=True)
class Measure(Generic[AnyCase, AnyView]):
    """One thing that is counted and listed of a kind of case.

    `condition` and `holds` say the same, of all cases and of one. `mark` is what the row of a case says for which
    it holds. `filters` are the fields of the kind's list that choose it, and what they are set to (or not, where
    empty): unless it says otherwise, a box of its own, for those with `permission`; none where the list shows it
    unasked. A box that is not `is_offered` is filled in by figures alone. `list_also` is what else the list is set
    to when a figure opens it, where it would leave cases out unasked.
    `code` is unique among all kinds.
    """

    code: str
    name: str
    condition: Callable[[AnyView], Q]
    holds: Callable[[AnyCase, AnyView], bool]
    tone: str = "neutral"
    shape: str = "dash"
    mark: Callable[[AnyCase, AnyView], str] | None = None
    tiles: tuple[Tile, ...] = ()
    filters: Mapping[str, str] | None = field(default=None, hash=False)
    permission: Permission | None = None
    list_also: Mapping[str, str] = field(default_factory=dict, hash=False)
    is_offered: bool = True

    @property
    def chosen_by(self) -> Mapping[str, str]:
        return {self.code: TICKED} if self.filters is None else self.filters

    def is_open_to(self, user: User) -> bool:
        return self.permission is None or can(self.permission, user)


@dataclass(frozen=True)
class Figure:
    """A number that opens the cases it counts."""

    label: str
    count: int
    url: str
    tone: str
    shape: str


@dataclass(frozen=True)
class Mark:
    """What a measure says on the row of a case."""

    words: str
    tone: str
    shape: str


@dataclass(frozen=True)
class Measures(Generic[AnyCase, AnyView]):
    """The measures of one kind of case.

    `list_page` names the page that lists the cases; `owner` the column of the person a case is with, and the
    field that filters the list by it.
    """

    about: str
    cases: Cases[AnyCase]
    list_page: str
    owner: str
    declared: tuple[Measure[AnyCase, AnyView], ...] = field(repr=False)

    def rows(
        self, measure: Measure[AnyCase, AnyView], view: AnyView, *, mine: bool = False
    ) -> QuerySet[AnyCase]:
        """Return the cases a measure counts, of those the person may know of; with `mine`, of those with them."""
        known = self.cases.all() if view.user is None else self.cases.visible_to(view.user)
        found = known.filter(measure.condition(view))
        return found.filter(**{self.owner: view.user}) if mine else found

    def figure(
        self, measure: Measure[AnyCase, AnyView], view: AnyView, *, label: str = "", mine: bool = False
    ) -> Figure:
        """Return how many cases a measure counts, with the address of the list of them."""
        count = self.rows(measure, view, mine=mine).count()
        whose = {self.owner: str(view.user.pk)} if mine and view.user else {}
        url = self.list_url(measure, **whose)
        tone = "neutral" if measure.tone == "bad" and not count else measure.tone
        return Figure(label or measure.name, count, url, tone, measure.shape)

    def list_url(self, *measures: Measure[AnyCase, AnyView], **narrowed: str) -> str:
        """Return the address of the list of the cases that all of some measures count.

        `narrowed` are further fields of the list's filter. Raises ValueError where one field would have to have two
        values.
        """
        chosen: dict[str, str] = {}
        for wanted in (*({**one.chosen_by, **one.list_also} for one in measures), narrowed):
            for name, value in wanted.items():
                if chosen.setdefault(name, value) != value:
                    raise ValueError(f"The list cannot be set to both {chosen[name]} and {value} ({name}).")
        query = urlencode({name: value for name, value in chosen.items() if value})
        return reverse(self.list_page) + (f"?{query}" if query else "")

    def counts(self, view: AnyView) -> list[dict[str, Any]]:
        """Return what every measure is called and how many cases it counts."""
        return [
            {
                "about": self.about,
                "code": measure.code,
                "name": measure.name,
                "count": self.rows(measure, view).count(),
            }
            for measure in self.declared
        ]

    def figures(self, view: AnyView) -> dict[str, Figure]:
        """Return the figures of My work for the person, by code; that of their own cases as `my_` code."""
        return {
            f"my_{measure.code}" if tile.mine else measure.code: self.figure(
                measure, view, label=tile.label, mine=tile.mine
            )
            for measure in self.declared
            for tile in measure.tiles
            if view.user is not None and tile.is_for(view.user)
        }

    def boxes(self, user: User) -> dict[str, forms.Field]:
        """Return a box of the list's filter for every measure that is chosen by one alone, by field."""
        return {
            name: forms.BooleanField(
                label=measure.name,
                required=False,
                widget=forms.CheckboxInput if measure.is_offered else forms.HiddenInput,
            )
            for measure in self.declared
            if measure.is_open_to(user) and list(measure.chosen_by.values()) == [TICKED]
            for name in measure.chosen_by
        }

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return what a field of the filter with several values offers of the measures: value and name."""
        return [
            (measure.chosen_by[name], measure.name) for measure in self.declared if name in measure.chosen_by
        ]

    def chosen(self, values: Mapping[str, Any], view: AnyView) -> Q:
        """Return the condition of all measures that the values of a filter choose."""
        condition = Q()
        for measure in self.declared:
            wanted = measure.chosen_by.items()
            if wanted and all(_is_set(values.get(name), value) for name, value in wanted):
                condition &= measure.condition(view)
        return condition

    def marks(self, case: AnyCase, view: AnyView) -> list[Mark]:
        """Return what the measures say on the row of a case."""
        return list(self._marks(case, view))

    def _marks(self, case: AnyCase, view: AnyView) -> Iterator[Mark]:
        for measure in self.declared:
            if measure.mark is not None and measure.holds(case, view):
                yield Mark(measure.mark(case, view), measure.tone, measure.shape)


def _is_set(value: Any, wanted: str) -> bool:
    """Whether a field of a filter has the value that chooses a measure; a ticked box has the value True."""
    return value is True if wanted == TICKED else value == wanted
