"""Who has what: a row for each person, for those who have left and for what nobody has, and a total that adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from dashboard.team_today.numbers import Number, age
from foitracker.accounts.models import User
from foitracker.accounts.queries import absences_on
from foitracker.casework.measures import Measure, Measures, Viewpoint
from requests_app.measures import (
    ANSWER_WAITS,
    CLOCK_STOPPED,
    DUE_NEXT,
    NOBODY,
    OFFICER_GONE,
    OPEN,
    OVERDUE,
    REQUESTS,
    RequestView,
)


@dataclass(frozen=True)
class Sheet:
    """What a table of this kind counts: the cases of `columns`' first measure, by the person they are with.

    `gone` chooses those of people who have left, `nobody` is what the list's field of people is set to for those of
    no one. `hands_over_at` names the page that gives cases to somebody else, where there is one.
    """

    kind: Measures[Any, Any] = field(repr=False)
    columns: tuple[tuple[str, Measure[Any, Any]], ...]
    gone: Measure[Any, Any]
    nobody: str
    #: What the first column, the row of nobody and the total are called.
    names: tuple[str, str, str]
    hands_over_at: str = ""

    @property
    def all(self) -> Measure[Any, Any]:
        return self.columns[0][1]


REQUEST_SHEET = Sheet(
    kind=REQUESTS,
    columns=(
        ("Open", OPEN),
        ("Overdue", OVERDUE),
        ("Due in 5 working days", DUE_NEXT),
        ("Clock stopped", CLOCK_STOPPED),
        ("Waiting for approval or issue", ANSWER_WAITS),
    ),
    gone=OFFICER_GONE,
    nobody=NOBODY,
    names=("Officer", "No officer", "Team"),
    hands_over_at="dashboard:hand_over",
)


@dataclass(frozen=True)
class Holder:
    """Whose cases a row counts: their keys, and the fields of the list's filter that choose them."""

    name: str
    keys: frozenset[int | None]
    chosen: Mapping[str, str]
    is_person: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its numbers in the order of the columns, and how many working days the oldest has been here.

    `target` is how many one person is meant to hold; `away_until` the last day they are away, when they are today.
    `hand_over_url` is given where somebody else has to take the cases.
    """

    holder: Holder
    numbers: tuple[Number, ...]
    oldest: int | None
    target: int | None = None
    away_until: date | None = None
    hand_over_url: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it is more than one person is meant to hold."""
        return self.target is not None and self.numbers[0].count > self.target


@dataclass(frozen=True)
class Caseload:
    """The table: heads of the columns and rows, the total last. It has a target where its people have one."""

    sheet: Sheet
    rows: list[Row]
    has_target: bool


def away_until(today: date) -> dict[int, date]:
    """Return until when those are away who are today, by key of the person."""
    last: dict[int, date] = {}
    for person, day in absences_on(today).values_list("person", "to_on"):
        last[person] = max(day, last.get(person, day))
    return last


def caseload(
    sheet: Sheet,
    people: Iterable[User],
    away: Mapping[int, date],
    *,
    view: RequestView,
    counted_from: Viewpoint,
    target: int | None = None,
) -> Caseload:
    """Return the table of the people who can be given cases. `counted_from` is what its measures are read from."""
    by_person = _by_person(sheet, counted_from)
    rows = [
        _row(sheet, holder, [by_person[key] for key in holder.keys if key in by_person], away, view, target)
        for holder in _holders(sheet, people, by_person.keys())
    ]
    return Caseload(sheet, rows, has_target=target is not None)


def _by_person(sheet: Sheet, view: Viewpoint) -> dict[int | None, dict[str, Any]]:
    owner = sheet.kind.owner
    counts = {one.code: Count("pk", filter=one.condition(view)) for _, one in sheet.columns}
    rows = sheet.kind.rows(sheet.all, view).values(owner).annotate(**counts, since=Min("received_on"))
    return {row.pop(owner): row for row in rows.order_by()}


def _holders(sheet: Sheet, people: Iterable[User], with_cases: Iterable[int | None]) -> list[Holder]:
    """Whose rows there are. Those of nobody and of people who have left are always there, so that 0 is read."""
    owner = sheet.kind.owner
    here = [
        Holder(person.name, frozenset({person.pk}), {owner: str(person.pk)}, is_person=True)
        for person in people
    ]
    present: frozenset[int | None] = frozenset().union(*(holder.keys for holder in here))
    gone = frozenset(with_cases) - present - {None}
    _, nobody, everybody = sheet.names
    return [
        *here,
        Holder("People who have left", gone, sheet.gone.chosen_by),
        Holder(nobody, frozenset({None}), {owner: sheet.nobody}),
        Holder(everybody, present | gone | {None}, {}, is_total=True),
    ]


def _row(
    sheet: Sheet,
    holder: Holder,
    found: list[dict[str, Any]],
    away: Mapping[int, date],
    view: RequestView,
    target: int | None,
) -> Row:
    numbers = tuple(
        Number(
            sum(one[measure.code] for one in found),
            sheet.kind.list_url(measure, **holder.chosen),
            f"{holder.name}, {label}",
        )
        for label, measure in sheet.columns
    )
    since = min((one["since"] for one in found), default=None)
    until = next((away.get(key) for key in holder.keys if key), None) if holder.is_person else None
    is_left_alone = not holder.is_total and (until is not None or not holder.is_person)
    return Row(
        holder,
        numbers,
        oldest=None if since is None else age(view, since),
        target=target if holder.is_person else None,
        away_until=until,
        hand_over_url=_hand_over(sheet, holder) if is_left_alone and numbers[0].count else "",
    )


def _hand_over(sheet: Sheet, holder: Holder) -> str:
    listed = sheet.kind.list_url(sheet.all, **holder.chosen)
    return f"{reverse(sheet.hands_over_at)}?{listed.partition('?')[2]}" if sheet.hands_over_at else ""
