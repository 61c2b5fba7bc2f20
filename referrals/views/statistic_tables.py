"""The figures of a statistic as a table and as a file: each number a link, each change with its base."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from foitracker.pages.words import short_moment
from foitracker.statistics.periods import Period
from referrals.forms.statistics import LEFT_OUT, TOGETHER
from referrals.rules.statistic_changes import ChangeSince, changes
from referrals.rules.statistics import CountedFigure, CountedForce, LeftOut, Result

#: Gives the address of the logs behind a figure: the figure, and what of it is counted.
AddressOf = Callable[[CountedFigure, str], str]

ALL_TOGETHER = "All chosen forces together"


@dataclass(frozen=True)
class Cell:
    """One number with the address of its logs, and what it counts for those who only hear it."""

    number: int | None
    url: str
    counts: str


@dataclass(frozen=True)
class FigureRow:
    """One period of a force."""

    label: str
    dates: Period
    is_shortened: bool
    by_criterion: tuple[Cell, ...]
    together: Cell
    left_out: Cell
    left_out_why: str
    change: ChangeSince | None


@dataclass(frozen=True)
class FigureGroup:
    """One force, or all of them together."""

    name: str
    rows: tuple[FigureRow, ...]


def figure_groups(result: Result, address_of: AddressOf) -> list[FigureGroup]:
    """Return the table: a group for each force, preceded by all forces together if there are several."""
    groups = []
    for force in _shown(result):
        name = force.name if force else ALL_TOGETHER
        groups.append(FigureGroup(name, _rows(result, result.of_force(force), name, address_of)))
    return groups


def csv_header(result: Result) -> list[str]:
    """Return the column headings of the figures as a file."""
    return [
        "force", "period", "from", "to (included)", *(stated.label for stated in result.criteria), "together",
        "not counted", "change", "change %", "change since", "unit of count", "as at", "complete to", "criteria",
        "notes", "caveat",
    ]  # fmt: skip


def csv_rows(result: Result) -> Iterator[list[Any]]:
    """Return every figure with its definition beside it."""
    as_at = short_moment(timezone.localtime(result.as_at))
    definition = [
        result.unit_of_count,
        as_at,
        result.definition.completeness,
        " ".join(str(stated) for stated in result.criteria),
        " ".join(result.definition.notes),
        result.caveat,
    ]
    for force in (
        (None, *result.definition.forces)
        if len(result.definition.forces) > 1
        else (*result.definition.forces,)
    ):
        figures = result.of_force(force)
        for figure, since in zip(figures, changes(figures), strict=True):
            change = since.change if since else None
            yield [
                force.name if force else ALL_TOGETHER,
                figure.period.asked.label,
                figure.dates.from_on.isoformat(),
                figure.dates.to_on.isoformat(),
                *_numbers(result, figure),
                change.number if change else None,
                change.percent if change else None,
                since.base.dates if since else None,
                *definition,
            ]


def _shown(result: Result) -> tuple[CountedForce | None, ...]:
    """The forces that have a group; None is all of them together."""
    forces = result.definition.forces
    return forces if len(forces) == 1 else (None, *forces)


def _numbers(result: Result, figure: CountedFigure) -> list[Any]:
    if not figure.is_measured:
        return ["not measured"] * (len(result.criteria) + 2)
    return [*figure.by_criterion.values(), figure.together, figure.left_out.all]


def _rows(
    result: Result, figures: Sequence[CountedFigure], name: str, address_of: AddressOf
) -> tuple[FigureRow, ...]:
    return tuple(
        _row(result, figure, since, name, address_of)
        for figure, since in zip(figures, changes(figures), strict=True)
    )


def _row(
    result: Result, figure: CountedFigure, since: ChangeSince | None, name: str, address_of: AddressOf
) -> FigureRow:
    what = f"{name}, {figure.dates.dates}"

    def cell(number: int | None, code: str, label: str) -> Cell:
        return Cell(number, address_of(figure, code), f"{label}: {what}")

    return FigureRow(
        label=figure.period.asked.label,
        dates=figure.dates,
        is_shortened=figure.period.is_shortened,
        by_criterion=tuple(
            cell(figure.by_criterion.get(code), code.value, stated.label)
            for code, stated in zip(result.definition.criteria, result.criteria, strict=True)
        ),
        together=cell(figure.together, TOGETHER, "Together"),
        left_out=cell(figure.left_out.all if figure.is_measured else None, LEFT_OUT, "Not counted"),
        left_out_why=_why(figure.left_out),
        change=since,
    )


def _why(left_out: LeftOut) -> str:
    """What the logs are that no criterion counts."""
    parts = [
        (left_out.shared, "shared, not national"),
        (left_out.in_error, "logged in error"),
        (left_out.other, "meeting no criterion"),
    ]
    return ", ".join(f"{number:,} {words}" for number, words in parts if number)
