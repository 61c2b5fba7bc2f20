"""The scorecard: what each row says of a period and of the same dates a year earlier, with the change in its unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foitracker.statistics.comparison import NOT_APPLICABLE, change, days_change, share_change
from foitracker.statistics.shares import Band, Share
from requests_app.measures.periods import BY_CODE
from requests_app.measures.periods.figures import PeriodFigures

BAND_WORDS: dict[Band, str] = {
    Band.GOOD: "good",
    Band.ADEQUATE: "adequate",
    Band.UNSATISFACTORY: "unsatisfactory",
}


@dataclass(frozen=True)
class Cell:
    """What a row says of one period. `url` lists what is counted; `band` is given where the regulator has bands."""

    words: str
    url: str = ""
    band: Band | None = None

    @property
    def band_words(self) -> str:
        return BAND_WORDS[self.band] if self.band else ""


@dataclass(frozen=True)
class Row:
    """A row of the scorecard: how it reads one period, and how it compares two."""

    name: str
    definition: str
    cell: Callable[[PeriodFigures], Cell]
    compare: Callable[[PeriodFigures, PeriodFigures], str]


@dataclass(frozen=True)
class Line:
    """A row with its cells, for each comparison in order: now, before, change."""

    row: Row
    cells: Sequence[tuple[Cell, Cell, str]]


def _number(code: str) -> Row:
    measure = BY_CODE[code]

    def cell(figures: PeriodFigures) -> Cell:
        return Cell(f"{figures.numbers[code]:,}", measure.list_url(figures.view))

    def compare(now: PeriodFigures, before: PeriodFigures) -> str:
        return str(change(before.numbers[code], now.numbers[code]))

    return Row(measure.name, measure.definition, cell, compare)


def _share(code: str, *, banded: bool = False) -> Row:
    measure = BY_CODE[code]

    def cell(figures: PeriodFigures) -> Cell:
        share = figures.share(code)
        return Cell(str(share), measure.list_url(figures.view), share.band if banded else None)

    def compare(now: PeriodFigures, before: PeriodFigures) -> str:
        return share_change(before.share(code), now.share(code))

    return Row(measure.name, measure.definition, cell, compare)


def _days(name: str, percent: int) -> Row:
    definition = "Working days of the clock to the answer, of those answered in the period (nearest rank)."

    def cell(figures: PeriodFigures) -> Cell:
        days = figures.days.percentile(percent)
        return Cell(NOT_APPLICABLE if days is None else str(days))

    def compare(now: PeriodFigures, before: PeriodFigures) -> str:
        return days_change(before.days.percentile(percent), now.days.percentile(percent))

    return Row(name, definition, cell, compare)


#: In the order they are printed; the headline figure first among those in time.
ROWS: tuple[Row, ...] = (
    _number("received"),
    _number("answered"),
    _share("fell_due_in_time", banded=True),
    _share("answered_in_time", banded=True),
    _share("within_10"),
    _days("Working days to the answer, median", 50),
    _days("Working days to the answer, 90th percentile", 90),
    _number("open_at_end"),
    _number("open_older_than_20"),
    _number("reviews_received"),
    _share("reviews_in_time", banded=True),
    _share("reviews_upheld"),
    _share("reviews_partly_upheld"),
    _share("reviews_overturned"),
    _number("complaints"),
    _number("notices"),
)


def scorecard(pairs: Sequence[tuple[PeriodFigures, PeriodFigures]]) -> list[Line]:
    """Return the lines of the scorecard for several comparisons, each of a period and the one before it."""
    return [
        Line(row, [(row.cell(now), row.cell(before), row.compare(now, before)) for now, before in pairs])
        for row in ROWS
    ]


def headline(year: PeriodFigures, period: str, before: PeriodFigures) -> str:
    """Return the sentence a page begins with, of the year to date; `period` is its days in words."""
    due: Share = year.share("fell_due_in_time")
    if not due.of:
        return f"No request fell due from {period}."
    owed = year.numbers["fell_due_owed"]
    words = (
        f"From {period} {due.of:,} requests fell due; {due.number:,} were answered in time ({due.percent}%)"
    )
    words += f", and {owed:,} {'is' if owed == 1 else 'are'} still owed. " if owed else ". "
    answered = year.share("answered_in_time")
    if answered.of:
        words += f"Of the {answered.of:,} answered, {answered.percent}% were in time. "
    more = year.numbers["open_at_end"] - before.numbers["open_at_end"]
    words += f"{year.numbers['open_at_end']:,} are open, "
    if more == 0:
        return words + "as many as a year ago."
    return words + f"{abs(more):,} {'more' if more > 0 else 'fewer'} than a year ago."
