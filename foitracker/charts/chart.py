"""A chart as a value: what it shows, where that comes from and how complete it is. Drawing and table follow from it."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from django.utils import timezone
from django.utils.text import slugify

from foitracker.charts.numbers import number_words
from foitracker.pages.words import in_words, moment_in_words

if TYPE_CHECKING:
    from foitracker.charts.drawing import Pen

Number = int | float | Decimal
#: The tones of tags and panels; each has its own colour and its own texture (`tones.py`).
Tone = Literal["neutral", "info", "progress", "wait", "good", "bad", "closed"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted, in words (“requests”, “per cent of answers”), and the sign that follows a number (“%”)."""

    name: str = "requests"
    sign: str = ""

    def words(self, value: Number, *, short: bool = False) -> str:
        """Return a number as it is read: 1,204; 91.5%; 1.2m when it has to be short."""
        return f"{number_words(value, short=short)}{self.sign}"


REQUESTS = Unit("requests")
PER_CENT = Unit("per cent", "%")


@dataclass(frozen=True, slots=True)
class Category:
    """A place on the axis: what stands there, and the same in full for the table and for screen readers."""

    label: str
    full: str = ""

    def __str__(self) -> str:
        return self.full or self.label


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, a number a category; None where there is none.

    `links` lead to the list that a number counts. `words` are said instead of the bare number where that says too
    little: “91.5% (43 of 47)”. Raises ValueError for a number that cannot be drawn.
    """

    name: str
    values: Sequence[Number | None]
    tone: Tone = "progress"
    links: Sequence[str | None] | None = None
    words: Sequence[str | None] | None = None

    def __post_init__(self) -> None:
        if any(value is not None and (not math.isfinite(value) or value < 0) for value in self.values):
            raise ValueError(f"{self.name}: a chart shows numbers from 0 upwards")
        for others in (self.links, self.words):
            if others is not None and len(others) != len(self.values):
                raise ValueError(f"{self.name}: as many links and words as values")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a chart: what its mark is named by and leads to, and what stands in the table."""

    series: Series
    category: Category
    index: int
    value: Number | None
    link: str | None
    said: str

    @property
    def title(self) -> str:
        """Series, category and number, as the mark is read out."""
        return f"{self.series.name}, {self.category}: {self.said}"


@dataclass(frozen=True, kw_only=True)
class Figure(ABC):
    """Numbers and the form they are drawn in. Make one with the functions of `foitracker.charts.figures`.

    `heading` stands above the categories in the table (“Month”). Raises ValueError where a series has not one value
    a category.
    """

    #: Drawn from nothing but Nones and zeros, a form says so in words; a line may show zeros.
    zero_is_empty: ClassVar[bool] = True

    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    heading: str

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(
                    f"{series.name}: {len(series.values)} values, {len(self.categories)} categories"
                )

    @abstractmethod
    def draw(self, pen: Pen, unit: Unit) -> None:
        """Draw the figure; the pen knows the width and is told the height."""

    def notes(self, unit: Unit) -> tuple[str, ...]:
        """Return what a reader of the drawing has to be told, such as an axis that does not begin at zero."""
        return ()

    def cells(self, series: Series, unit: Unit) -> list[Cell]:
        """Return the numbers of a series, category by category: drawing and table are both made from them."""
        return [
            Cell(
                series,
                category,
                index,
                value,
                series.links[index] if series.links and value is not None else None,
                (series.words[index] if series.words else None)
                or ("none" if value is None else unit.words(value)),
            )
            for index, (category, value) in enumerate(zip(self.categories, series.values, strict=True))
        ]

    def tone_of(self, cell: Cell) -> Tone:
        """Return the tone of a mark: that of its series, unless the form marks some out."""
        return cell.series.tone

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        values = [value for series in self.series for value in series.values]
        return all(value is None or (self.zero_is_empty and value == 0) for value in values)

    @property
    def highest(self) -> Number:
        """The highest number of all series, 0 when there is none."""
        return max(
            (value for series in self.series for value in series.values if value is not None), default=0
        )


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure with everything a reader needs to judge it.

    `summary` is one sentence that says what is to be seen; it is the text alternative. `name` is unique on its page
    and leads to the chart (#chart-name); without it, it is made from the title. `wide` charts have a row to
    themselves.
    """

    title: str
    summary: str
    figure: Figure
    source: str
    period: str
    as_at: datetime | str
    complete_to: date | str = ""
    notes: Sequence[str] = ()
    unit: Unit = field(default_factory=Unit)
    name: str = ""
    wide: bool = False

    @property
    def html_id(self) -> str:
        """What the ids of the chart begin with."""
        return f"chart-{self.name or slugify(self.title) or 'figure'}"

    @property
    def caption(self) -> list[str]:
        """Return the sentences below the drawing: source, period, as at, complete to, notes."""
        facts = [
            ("Source", self.source),
            ("Period", self.period),
            ("As at", _moment(self.as_at)),
            (
                "Complete to",
                in_words(self.complete_to) if isinstance(self.complete_to, date) else self.complete_to,
            ),
        ]
        said = [
            _sentence(f"{name}: {words}" if name in {"Source", "Period"} else f"{name} {words}")
            for name, words in facts
            if words
        ]
        return [*said, *map(_sentence, (*self.figure.notes(self.unit), *self.notes))]


def as_categories(labels: Iterable[str | Category]) -> tuple[Category, ...]:
    """Return labels as categories."""
    return tuple(label if isinstance(label, Category) else Category(label) for label in labels)


def _moment(moment: datetime | str) -> str:
    if isinstance(moment, str):
        return moment
    return moment_in_words(moment.astimezone(timezone.get_current_timezone()) if moment.tzinfo else moment)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
