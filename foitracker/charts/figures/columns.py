"""Upright bars: side by side, stacked, with a line over them, and as a histogram."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from foitracker.charts.chart import Category, Cell, Figure, Number, Series, Tone, Unit, as_categories
from foitracker.charts.drawing import Pen, bar
from foitracker.charts.figures.lines import draw_line, name_last
from foitracker.charts.figures.plot import Plot, Slot, open_plot
from foitracker.charts.lettering import one_line, shortened, width_of
from foitracker.charts.tones import AXIS

_WIDEST = 64.0
#: Numbers inside the parts of a stack only where there are few stacks: over many they are a wall of figures.
_FEW = 12


def bars(
    categories: Iterable[str | Category], series: Sequence[Series], *, heading: str = "Category"
) -> Figure:
    """Return upright bars, those of a category side by side."""
    return _Bars(categories=as_categories(categories), series=tuple(series), heading=heading)


def stacked_bars(
    categories: Iterable[str | Category],
    series: Sequence[Series],
    *,
    apart: int = 0,
    heading: str = "Category",
) -> Figure:
    """Return upright bars whose parts are the series, the first of them at the foot.

    The first `apart` categories are set off from the others, as what is overdue is from the days to come.
    """
    return _Stacks(categories=as_categories(categories), series=tuple(series), heading=heading, apart=apart)


def bars_and_line(
    categories: Iterable[str | Category], series: Sequence[Series], line: Series, *, heading: str = "Month"
) -> Figure:
    """Return upright bars and a line on the same axis: what came and went, and what stood at the end."""
    return _BarsAndLine(categories=as_categories(categories), series=(*series, line), heading=heading)


def histogram(
    counts: Series,
    *,
    starts_at: int = 0,
    bin_width: int = 1,
    open_ended: bool = False,
    line_at: int | None = None,
    line_label: str = "",
    tone_after: Tone | None = None,
    heading: str = "Working days",
) -> Figure:
    """Return how often each whole number occurs: `counts` begins with `starts_at`, `bin_width` numbers a bar.

    With `open_ended` the last bar counts everything from its first number upwards. The line stands after the number
    `line_at`; what lies beyond it can have a tone of its own. Raises ValueError when `line_at` is not the last
    number of a bar.
    """
    firsts = range(starts_at, starts_at + bin_width * len(counts.values), bin_width)
    labels: list[str | Category] = [
        str(first) if bin_width == 1 else f"{first} to {first + bin_width - 1}" for first in firsts
    ]
    if open_ended and labels:
        labels[-1] = Category(f"{firsts[-1]}+", f"{firsts[-1]} or more")
    after = None
    if line_at is not None:
        after, left_over = divmod(line_at - starts_at + 1, bin_width)
        if left_over or not 0 < after <= len(labels):
            raise ValueError(f"{line_at} is not the last number of a bar")
    return _Histogram(
        categories=as_categories(labels),
        series=(counts,),
        heading=heading,
        line_after=None if after is None else after - 1,
        line_label=line_label,
        tone_after=tone_after,
    )


def _shown(cells: Sequence[Cell]) -> Iterable[tuple[Cell, Number]]:
    """The cells that have a bar: of nothing there is none."""
    return ((cell, cell.value) for cell in cells if cell.value)


def _bar_room(slot: Slot, share: float = 0.76) -> tuple[float, float]:
    """Where the bars of a slot begin, and how much room they have."""
    width = min(slot.width * share, _WIDEST)
    return slot.middle - width / 2, width


def _number(pen: Pen, unit: Unit, room: float, values: Sequence[Number]) -> dict[Number, str]:
    """How numbers are written over bars: in full, or short, or, where there is no room for all, not at all."""
    for short in (False, True):
        words = {value: unit.words(value, short=short) for value in values}
        if all(width_of(said, pen.size) <= room for said in words.values()):
            return words
    return {}


def _side_by_side(
    pen: Pen, figure: Figure, unit: Unit, plot: Plot, series: Sequence[Series], *, numbers: bool = True
) -> None:
    share = 0.94 if isinstance(figure, _Histogram) else 0.76
    each = max((_bar_room(slot, share)[1] for slot in plot.slots), default=0) / max(len(series), 1)
    values = [value for one in series for value in one.values if value]
    room = each - 1 if len(series) > 1 else min((slot.width for slot in plot.slots), default=0) - 2
    words = _number(pen, unit, room, values) if numbers else {}
    for number, one in enumerate(series):
        for cell, value in _shown(figure.cells(one, unit)):
            start, wide = _bar_room(plot.slots[cell.index], share)
            part = wide / len(series)
            x, top = start + number * part, plot.scale.at(value)
            pen.mark(
                cell,
                bar(x, top, max(part - min(1.0, part * 0.1), 0.4), plot.bottom - top, figure.tone_of(cell)),
            )
            if value in words:
                pen.text(x + part / 2, top - 5, words[value], anchor="middle", bold=True)


def _legend(series: Sequence[Series]) -> list[tuple[Series, str]]:
    return [(one, "bar") for one in series] if len(series) > 1 else []


@dataclass(frozen=True, kw_only=True)
class _Bars(Figure):
    def draw(self, pen: Pen, unit: Unit) -> None:
        plot = open_plot(pen, self, unit, _legend(self.series), highest=self.highest)
        _side_by_side(pen, self, unit, plot, self.series)


@dataclass(frozen=True, kw_only=True)
class _Stacks(Figure):
    apart: int = 0

    def draw(self, pen: Pen, unit: Unit) -> None:
        totals = self._totals()
        plot = open_plot(
            pen, self, unit, _legend(self.series), highest=max(totals, default=0), apart=self.apart
        )
        if 0 < self.apart < len(plot.slots):
            x = plot.slots[self.apart].x - 7
            pen.line(x, plot.top, x, plot.bottom, stroke=AXIS, dash="2 3")
        below: list[Number] = [0] * len(self.categories)
        inside = len(self.categories) <= _FEW and len(self.series) > 1
        for series in self.series:
            for cell, value in _shown(self.cells(series, unit)):
                foot = plot.scale.at(below[cell.index])
                below[cell.index] = _sum(below[cell.index], value)
                top = plot.scale.at(below[cell.index])
                self._part(
                    pen,
                    unit,
                    plot.slots[cell.index],
                    cell,
                    top,
                    foot,
                    numbered=inside and value != totals[cell.index],
                )
        self._write_totals(pen, unit, plot, totals)

    def _part(
        self, pen: Pen, unit: Unit, slot: Slot, cell: Cell, top: float, foot: float, *, numbered: bool
    ) -> None:
        """One part of a stack, a hair's breadth above the one below it."""
        x, wide = _bar_room(slot)
        height = foot - top
        pen.mark(cell, bar(x, top, max(wide, 0.4), height - min(1.0, height * 0.2), cell.series.tone))
        words = unit.words(cell.value or 0)
        if numbered and height >= pen.size * 1.5 and width_of(words, pen.size) + 8 <= wide:
            pen.text(x + wide / 2, (top + foot) / 2 + pen.size * 0.34, words, anchor="middle", backed=True)

    def _totals(self) -> list[Number]:
        totals: list[Number] = [0] * len(self.categories)
        for series in self.series:
            for index, value in enumerate(series.values):
                totals[index] = _sum(totals[index], value or 0)
        return totals

    def _write_totals(self, pen: Pen, unit: Unit, plot: Plot, totals: Sequence[Number]) -> None:
        room = min((slot.width for slot in plot.slots), default=0) - 2
        words = _number(pen, unit, room, [total for total in totals if total])
        for slot, total in zip(plot.slots, totals, strict=True):
            if total in words:
                pen.text(slot.middle, plot.scale.at(total) - 5, words[total], anchor="middle", bold=True)


def _sum(one: Number, other: Number) -> Number:
    """Two numbers of whichever kinds, added without a rounding error."""
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return Decimal(str(one)) + Decimal(str(other))


@dataclass(frozen=True, kw_only=True)
class _BarsAndLine(Figure):
    def draw(self, pen: Pen, unit: Unit) -> None:
        *uprights, line = self.series
        entries = [*((one, "bar") for one in uprights), (line, "line 0")]
        plot = open_plot(pen, self, unit, entries, highest=self.highest)
        _side_by_side(pen, self, unit, plot, uprights, numbers=False)
        if not self.is_empty:
            places = draw_line(pen, plot, self.cells(line, unit), 0)
            name_last(pen, plot, self.cells(line, unit), places, f"{line.name}: ")


@dataclass(frozen=True, kw_only=True)
class _Histogram(Figure):
    line_after: int | None = None
    line_label: str = ""
    tone_after: Tone | None = None

    def tone_of(self, cell: Cell) -> Tone:
        beyond = self.line_after is not None and cell.index > self.line_after
        return self.tone_after if beyond and self.tone_after else cell.series.tone

    def draw(self, pen: Pen, unit: Unit) -> None:
        plot = open_plot(pen, self, unit, (), highest=self.highest, headroom=46.0)
        _side_by_side(pen, self, unit, plot, self.series)
        if self.line_after is None:
            return
        slot = plot.slots[self.line_after]
        x = slot.x + slot.width
        pen.line_before(x, plot.top - 34, x, plot.bottom, dash="5 4")
        right, left = pen.width - x - 8, x - 8
        label = one_line(self.line_label)
        if width_of(label, pen.size) <= right or right > left:
            pen.text(x + 6, plot.top - 25, shortened(label, pen.size, right))
        else:
            pen.text(x - 6, plot.top - 25, shortened(label, pen.size, left), anchor="end")
