"""The scorecard: what each row says of a period and of the same dates a year earlier, with the change in its unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foitracker.pages.words import in_words, working_days_words
from foitracker.statistics.comparison import NOT_APPLICABLE, change, days_change, share_change
from foitracker.statistics.shares import NO_CASES, Band
from requests_app.measures.periods import BY_CODE
from requests_app.measures.periods.figures import PeriodFigures

BAND_WORDS: dict[Band, str] = {
    Band.GOOD: "good",
    Band.ADEQUATE: "adequate",
    Band.UNSATISFACTORY: "unsatisfactory",
}


@dataclass(frozen=True)
class Counted:
    """A number that opens the list of what it counts; `of` says to a screen reader what that is."""

    number: int
    url: str
    of: str


@dataclass(frozen=True)
class Cell:
    """What a row says of one period: a number, or one of another, and words beside them.

    `band` is given where the regulator has bands.
    """

    words: str = ""
    number: Counted | None = None
    whole: Counted | None = None
    band: Band | None = None

    @property
    def band_words(self) -> str:
        return BAND_WORDS[self.band] if self.band else ""


@dataclass(frozen=True)
class Row:
    """A row of the scorecard: how it reads one period, and how it compares two."""

    code: str
    name: str
    definition: str
    cell: Callable[[PeriodFigures], Cell]
    compare: Callable[[PeriodFigures, PeriodFigures], str]


@dataclass(frozen=True)
class Line:
    """A row with its cells, for each comparison in order: now, before, change."""

    row: Row
    cells: Sequence[tuple[Cell, Cell, str]]


def counted(code: str, figures: PeriodFigures) -> Counted:
    """Return a number of a period with the list that it opens."""
    measure, view = BY_CODE[code], figures.view
    return Counted(figures.numbers[code], measure.list_url(view), f"{measure.name}, {view.days}")


def share_cell(code: str, figures: PeriodFigures, *, banded: bool = False) -> Cell:
    """Return a number as part of its whole, both opening their lists."""
    share = figures.share(code)
    if not share.of:
        return Cell(NO_CASES)
    whole = counted(BY_CODE[code].part_of, figures)
    return Cell(f"{share.percent}%", counted(code, figures), whole, share.band if banded else None)


def _number(code: str) -> Row:
    measure = BY_CODE[code]

    def cell(figures: PeriodFigures) -> Cell:
        return Cell(number=counted(code, figures))

    def compare(now: PeriodFigures, before: PeriodFigures) -> str:
        return str(change(before.numbers[code], now.numbers[code]))

    return Row(code, measure.name, measure.definition, cell, compare)


def _share(code: str, *, banded: bool = False) -> Row:
    measure = BY_CODE[code]

    def cell(figures: PeriodFigures) -> Cell:
        return share_cell(code, figures, banded=banded)

    def compare(now: PeriodFigures, before: PeriodFigures) -> str:
        return share_change(before.share(code), now.share(code))

    return Row(code, measure.name, measure.definition, cell, compare)


def _days(code: str, name: str, percent: int) -> Row:
    definition = "Working days of the clock to the answer, of those answered in the period (nearest rank)."

    def cell(figures: PeriodFigures) -> Cell:
        days = figures.days.percentile(percent)
        return Cell(NOT_APPLICABLE if days is None else working_days_words(days))

    def compare(now: PeriodFigures, before: PeriodFigures) -> str:
        return days_change(before.days.percentile(percent), now.days.percentile(percent))

    return Row(code, name, definition, cell, compare)


#: In the order they are printed; the headline figure first among those in time.
ROWS: tuple[Row, ...] = (
    _number("received"),
    _number("answered"),
    _share("fell_due_in_time", banded=True),
    _share("answered_in_time", banded=True),
    _share("within_10"),
    _days("median_days", "Working days to the answer, median", 50),
    _days("p90_days", "Working days to the answer, 90th percentile", 90),
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


#: What the rows need to be counted: their measures, and what the headline says besides.
MEASURES = [
    measure
    for measure in BY_CODE.values()
    if measure.code in {"fell_due", "fell_due_owed", "reviews_answered", *(row.code for row in ROWS)}
]


def scorecard(pairs: Sequence[tuple[PeriodFigures, PeriodFigures]]) -> list[Line]:
    """Return the lines of the scorecard for several comparisons, each of a period and the one before it."""
    return [
        Line(row, [(row.cell(now), row.cell(before), row.compare(now, before)) for now, before in pairs])
        for row in ROWS
    ]


def headline(now: PeriodFigures, before: PeriodFigures) -> str:
    """Return the sentences a page begins with, of a period and the same dates a year earlier."""
    due, owed = now.share("fell_due_in_time"), now.numbers["fell_due_owed"]
    words = f"From {now.view.days}, "
    if not due.of:
        words += "no request fell due. "
    else:
        words += f"{due.of:,} {_requests(due.of)} fell due; "
        words += f"{due.number:,} {_were(due.number)} answered in time ({due.percent}%)"
        words += f", and {owed:,} {_are(owed)} still owed. " if owed else ". "
    answered = now.share("answered_in_time")
    if answered.of:
        words += f"Of the {answered.of:,} answered, "
        words += f"{answered.number:,} {_were(answered.number)} in time ({answered.percent}%). "
    number = now.numbers["open_at_end"]
    more = number - before.numbers["open_at_end"]
    words += f"At the end of {in_words(now.view.last_day)}, {number:,} {_were(number)} open, "
    than = f"a year earlier, on {in_words(before.view.last_day)}"
    if more == 0:
        return f"{words}as many as {than}."
    return f"{words}{abs(more):,} {'more' if more > 0 else 'fewer'} than {than}."


def _requests(number: int) -> str:
    return "request" if number == 1 else "requests"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
