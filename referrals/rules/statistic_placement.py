"""A statistic as the answer to a question: its tables, as a letter prints them, under the question's own labels.

What a reader needs is printed with the numbers: the unit of count, the criteria, the force, both dates of each
period, when it was counted, up to which day the log is complete, and what cannot be counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foitracker.pages.words import in_words
from foitracker.statistics.completeness import shortening_notes
from foitracker.statistics.periods import Period
from referrals.rules.statistics import CountedFigure, CountedForce, Counting, Result

#: As long as a label may be in a letter.
LONGEST_LABEL = 60
_MARK = re.compile(r"(?<!\w)\(?([A-Z])[.):](?=\s)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*[/–-]\s*(?:20)?(\d\d)(?!\d))?")
_LETTER = re.compile(r"\(?[A-Za-z0-9]{1,3}[.)]?")


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item of a request, by its key in the database."""

    key: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """Where one period of a statistic goes: to which item, under which label."""

    item: int
    label: str


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure as the letter prints it."""

    item: int
    label: str
    period: Period
    number: int


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Figures that share a definition."""

    unit_of_count: str
    criteria: tuple[str, ...]
    caveat: str
    figures: tuple[PrintedFigure, ...]

    def of_item(self, item: int) -> tuple[PrintedFigure, ...]:
        """Return the figures that answer one item."""
        return tuple(figure for figure in self.figures if figure.item == item)


def suggested_rows(
    periods: Sequence[Period], items: Sequence[AskedItem], words: str
) -> tuple[PlannedRow | None, ...]:
    """Return where each period could go, from what the question calls it; None for nowhere.

    An item of its own that names the period's year takes it, under its own label. The only item there is
    takes every period, under the letter that the question gives the year, such as A in “A. 2025, B. 2024”, or
    else by its own name. With several items there is no guess.
    """
    return tuple(_suggested(period, periods, items, words) for period in periods)


def printed_tables(
    result: Result, rows: Sequence[PlannedRow | None], *, force: CountedForce | None, apart: bool
) -> tuple[PrintedTable, ...]:
    """Return the tables of one force, or of all chosen forces together with None.

    `rows` say where each period of the definition goes; None leaves it out. With `apart` each criterion has a table
    of its own. `result.as_at` is in the authority's time. A period that is not measured has no figure: the caveat
    says so.
    """
    pairs = [
        (figure, row) for figure, row in zip(result.of_force(force), rows, strict=True) if row is not None
    ]
    caveat = _caveat(result, [figure for figure, _ in pairs], apart=apart)
    criteria = {Counting(stated.code): str(stated) for stated in result.criteria}
    wanted: list[Counting | None] = [*criteria] if apart else [None]
    return tuple(
        PrintedTable(
            unit_of_count=result.unit_of_count,
            criteria=(_whose(result, force), *_criteria_lines(criteria, criterion)),
            caveat=caveat,
            figures=tuple(_printed(figure, row, criterion) for figure, row in pairs if figure.is_measured),
        )
        for criterion in wanted
    )


def _printed(figure: CountedFigure, row: PlannedRow, criterion: Counting | None) -> PrintedFigure:
    number = figure.together if criterion is None else figure.by_criterion[criterion]
    return PrintedFigure(row.item, row.label, figure.dates, number or 0)


def _whose(result: Result, force: CountedForce | None) -> str:
    arrived = "each counted on the day the force's first form or letter about it arrived."
    names = [force.name] if force else [one.name for one in result.definition.forces]
    if len(names) == 1:
        return f"Referrals of {names[0]}, {arrived}"
    return f"Referrals of {', '.join(names[:-1])} and {names[-1]}, {arrived} A log of several of them is counted once."


def _criteria_lines(criteria: dict[Counting, str], criterion: Counting | None) -> tuple[str, ...]:
    if criterion is not None:
        return (criteria[criterion],)
    if len(criteria) == 1:
        return tuple(criteria.values())
    return (
        *criteria.values(),
        "A log that meets more than one of these criteria is counted once.",
    )


def _caveat(result: Result, figures: Sequence[CountedFigure], *, apart: bool) -> str:
    definition = result.definition
    sentences = [result.caveat]
    if Counting.SHARED not in definition.criteria:
        sentences.append(
            "A request made to several forces, but not nationally, is counted only where one of the criteria is met."
        )
    if apart and len(definition.criteria) > 1:
        sentences.append("A log can meet more than one criterion, so the tables cannot be added up.")
    sentences.append(f"Counted on {in_words(result.as_at.date())}. {definition.completeness}")
    sentences += shortening_notes([figure.period for figure in figures], definition.complete_to)
    return "\n\n".join(sentences)


def _suggested(
    period: Period, periods: Sequence[Period], items: Sequence[AskedItem], words: str
) -> PlannedRow | None:
    year = period.to_on.year
    if sum(other.to_on.year == year for other in periods) > 1:
        return PlannedRow(items[0].key, period.label[:LONGEST_LABEL]) if len(items) == 1 else None
    own = [item for item in items if year in _years(item.text)]
    if len(items) > 1 and len(own) == 1:
        label = own[0].label if _LETTER.fullmatch(own[0].label) else period.label
        return PlannedRow(own[0].key, label[:LONGEST_LABEL])
    if not own and len(items) > 1:
        return None
    item = own[0] if own else items[0]
    for text in (item.text, words):
        if label := _letters(text).get(year, ""):
            return PlannedRow(item.key, label)
    return PlannedRow(item.key, period.label[:LONGEST_LABEL])


def _letters(text: str) -> dict[int, str]:
    """The letter that a text gives each year: the first year named after “A.”, up to the next letter."""
    marks = list(_MARK.finditer(text))
    found: dict[int, str] = {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    for mark, end in zip(marks, ends, strict=True):
        years = _years(text[mark.end() : end])
        if years and years[0] not in found:
            found[years[0]] = mark[1]
    return found


def _years(text: str) -> list[int]:
    """The years a text names, in its order; 2024/25 is the year that ends in 2025."""
    return [
        int(found[1]) + 1 if found[2] and (int(found[1]) + 1) % 100 == int(found[2]) else int(found[1])
        for found in _YEAR.finditer(text)
    ]
