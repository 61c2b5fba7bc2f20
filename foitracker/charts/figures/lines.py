"""A line over time, with bands that say what a height means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from foitracker.charts.chart import Category, Cell, Figure, Number, Series, Unit, as_categories
from foitracker.charts.drawing import DASHES, SHAPES, Pen, point
from foitracker.charts.figures.plot import Plot, open_plot
from foitracker.charts.lettering import shortened, width_of
from foitracker.charts.scale import round_ticks
from foitracker.charts.tones import AXIS, INK, PAINTS, QUIET

Place = tuple[Cell, float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """What the heights from `at` upwards mean, up to the next band: Band("good", 95)."""

    name: str
    at: Number


def line_with_bands(
    categories: Iterable[str | Category],
    series: Sequence[Series],
    *,
    bands: Sequence[Band] = (),
    axis_from: Number = 0,
    axis_to: Number | None = None,
    heading: str = "12 months to the end of",
) -> Figure:
    """Return lines with labelled bands. An axis that begins above zero is said so below the chart.

    The axis reaches further down than `axis_from` where a number lies below it. Numbers that are None leave a gap.
    """
    return _Lines(
        categories=as_categories(categories),
        series=tuple(series),
        heading=heading,
        bands=tuple(sorted(bands, key=lambda band: band.at)),
        axis_from=axis_from,
        axis_to=axis_to,
    )


def draw_line(pen: Pen, plot: Plot, cells: Sequence[Cell], number: int) -> list[Place]:
    """Draw the line of a series and its points; return the points. Numbers that are missing leave a gap."""
    runs: list[list[Place]] = [[]]
    for cell in cells:
        if cell.value is None:
            runs.append([])
        else:
            runs[-1].append((cell, plot.slots[cell.index].middle, plot.scale.at(cell.value)))
    tone = cells[0].series.tone
    for run in runs:
        if len(run) > 1:
            dash = DASHES[number % len(DASHES)]
            pen.polyline([(x, y) for _, x, y in run], stroke=PAINTS[tone].strong, dash=dash)
    places = [place for run in runs for place in run]
    radius = 4.0 if len(cells) <= 40 else 2.0
    for cell, x, y in places:
        pen.mark(cell, point(x, y, radius, tone, SHAPES[number % len(SHAPES)]))
    return places


def name_last(pen: Pen, plot: Plot, cells: Sequence[Cell], places: Sequence[Place], before: str = "") -> None:
    """Write the last number beside its point, clear of the line."""
    if not places:
        return
    cell, x, _ = places[-1]
    words = shortened(f"{before}{cell.said}", pen.size, (plot.right - plot.left) * 0.8)
    wide = width_of(words, pen.size, bold=True)
    end = min(x + 6, plot.right)
    start = max(end - wide, plot.left)
    lowest, highest = _reach(places, start - 4, end)
    above = highest - 10
    y = above if above - pen.size >= plot.top - 24 else min(lowest + 10 + pen.size * 0.8, plot.bottom - 4)
    pen.text(
        start + wide, y, words, anchor="end", bold=True, backed=True, fill=PAINTS[cell.series.tone].strong
    )


def _reach(places: Sequence[Place], start: float, end: float) -> tuple[float, float]:
    """The lowest and highest place of the line between two places along the axis (y grows downwards)."""
    found = [y for _, x, y in places if start <= x <= end]
    for (_, x1, y1), (_, x2, y2) in pairwise(places):
        if x1 < start < x2:
            found.append(y1 + (y2 - y1) * (start - x1) / (x2 - x1))
    return max(found), min(found)


@dataclass(frozen=True, kw_only=True)
class _Lines(Figure):
    zero_is_empty: ClassVar[bool] = False

    bands: tuple[Band, ...] = ()
    axis_from: Number = 0
    axis_to: Number | None = None

    @property
    def _lowest(self) -> Number:
        values = [value for series in self.series for value in series.values if value is not None]
        return min([self.axis_from, *values])

    def notes(self, unit: Unit) -> tuple[str, ...]:
        begins = self._ticks_begin()
        return (f"The axis begins at {unit.words(begins)}, not at 0",) if begins else ()

    def _ticks_begin(self) -> Number:
        whole = all(
            isinstance(value, int) for series in self.series for value in series.values if value is not None
        )
        return round_ticks(self._top, lowest=self._lowest, whole=whole)[0]

    @property
    def _top(self) -> Number:
        return max([self.highest, self._lowest, *([] if self.axis_to is None else [self.axis_to])])

    def draw(self, pen: Pen, unit: Unit) -> None:
        entries = [(one, f"line {number}") for number, one in enumerate(self.series)]
        said = self._band_words(unit)
        right = (
            max((width_of(words, pen.size, bold=True) for lines in said for words in lines), default=0) + 10
            if said
            else 0.0
        )
        plot = open_plot(
            pen,
            self,
            unit,
            entries if len(entries) > 1 else (),
            highest=self._top,
            lowest=self._lowest,
            right=right,
        )
        self._draw_bands(pen, plot, said)
        if self.is_empty:
            return
        for number, series in enumerate(self.series):
            places = draw_line(pen, plot, self.cells(series, unit), number)
            if len(self.series) == 1:
                name_last(pen, plot, self.cells(series, unit), places)

    def _band_words(self, unit: Unit) -> list[tuple[str, str]]:
        """The name of each band and its numbers."""
        said = []
        for index, band in enumerate(self.bands):
            above = self.bands[index + 1].at if index + 1 < len(self.bands) else None
            if above is None:
                numbers = f"{unit.words(band.at)} or more"
            elif index == 0 and band.at == 0:
                numbers = f"under {unit.words(above)}"
            else:
                numbers = f"{unit.words(band.at)} to {unit.words(above)}"
            said.append((band.name[:1].upper() + band.name[1:], numbers))
        return said

    def _draw_bands(self, pen: Pen, plot: Plot, said: Sequence[tuple[str, str]]) -> None:
        """Draw a line at the foot of each band and, beside the plot, what it is called."""
        last = plot.bottom + pen.size * 1.2
        for index, (band, (name, numbers)) in enumerate(zip(self.bands, said, strict=True)):
            above = self.bands[index + 1].at if index + 1 < len(self.bands) else plot.scale.high
            if above <= plot.scale.low or band.at > plot.scale.high:
                continue
            foot = plot.scale.at(max(band.at, plot.scale.low))
            top = plot.scale.at(min(above, plot.scale.high))
            if band.at > plot.scale.low:
                pen.line(plot.left, foot, plot.right + 6, foot, stroke=AXIS, width=1.5, dash="5 4")
            two = foot - top >= pen.size * 2.6
            middle = (foot + top) / 2 + pen.size * 0.34
            y = min(middle + (pen.size * 0.58 if two else 0), last - pen.size * 1.2)
            if y - pen.size < plot.top - 24:
                continue
            if two:
                pen.text(plot.right + 8, y - pen.size * 1.15, name, bold=True, fill=INK)
                pen.text(plot.right + 8, y, numbers, fill=QUIET)
                last = y - pen.size * 1.15
            else:
                pen.text(plot.right + 8, y, name, bold=True, fill=INK)
                last = y
