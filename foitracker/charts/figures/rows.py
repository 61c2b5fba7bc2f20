"""Bars that lie: a row a category, where the names are long or in an order such as age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foitracker.charts.chart import Category, Cell, Figure, Series, Tone, Unit, as_categories
from foitracker.charts.drawing import Pen, bar
from foitracker.charts.figures.plot import legend, write_nothing
from foitracker.charts.lettering import one_line, shortened, width_of, wrapped
from foitracker.charts.scale import Scale, round_ticks
from foitracker.charts.tones import AXIS

_EDGE = 4.0
_TALLEST = 860.0
_LINE_ROOM = 20.0


def horizontal_bars(
    categories: Iterable[str | Category],
    series: Sequence[Series],
    *,
    line_after: int | None = None,
    line_label: str = "",
    tone_after: Tone | None = None,
    heading: str = "Category",
) -> Figure:
    """Return lying bars, with a line between two categories where one is given.

    The line stands after the category with the index `line_after`; those beyond it can have a tone of their own.
    """
    return _Rows(
        categories=as_categories(categories),
        series=tuple(series),
        heading=heading,
        line_after=line_after,
        line_label=line_label,
        tone_after=tone_after,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where rows stand: the foot of the bars, the height of a row, the axis."""

    left: float
    top: float
    pitch: float
    scale: Scale
    numbered: bool


@dataclass(frozen=True, kw_only=True)
class _Rows(Figure):
    line_after: int | None = None
    line_label: str = ""
    tone_after: Tone | None = None

    def tone_of(self, cell: Cell) -> Tone:
        beyond = self.line_after is not None and cell.index > self.line_after
        return self.tone_after if beyond and self.tone_after else cell.series.tone

    def draw(self, pen: Pen, unit: Unit) -> None:
        sheet = self._sheet(pen, unit)
        end = self._row_top(sheet, len(self.categories))
        pen.height = max(end + max(0.0, (pen.size - sheet.pitch) / 2), sheet.top + 60) + _EDGE
        self._name(pen, sheet)
        pen.line(sheet.left, sheet.top, sheet.left, pen.height - _EDGE, stroke=AXIS)
        if self.is_empty:
            middle = (sheet.left + pen.width) / 2
            write_nothing(pen, middle, sheet.top + 34)
            return
        for number, series in enumerate(self.series):
            for cell in self.cells(series, unit):
                self._bar(pen, unit, sheet, cell, number)
        self._threshold(pen, sheet)

    def _sheet(self, pen: Pen, unit: Unit) -> _Sheet:
        top = legend(pen, [(one, "bar") for one in self.series] if len(self.series) > 1 else ())
        room = pen.width * (0.36 if pen.is_narrow else 0.42)
        lines = [wrapped(category.label, pen.size, room, 2) for category in self.categories]
        left = max((width_of(words, pen.size) for parts in lines for words in parts), default=0) + _EDGE + 8
        deepest = max(map(len, lines), default=1)
        wanted = max(30.0, deepest * pen.size * 1.15 + 8, len(self.series) * 18.0 + 8)
        pitch = min(wanted, _TALLEST / max(len(self.categories), 1))
        numbered = pitch / max(len(self.series), 1) >= pen.size
        words = [unit.words(value) for series in self.series for value in series.values if value is not None]
        beside = (
            max((width_of(said, pen.size, bold=True) for said in words), default=0) + 10 if numbered else 4
        )
        ticks = round_ticks(self.highest)
        # Every bar carries its number, so that no axis is drawn, and the longest bar takes all the room.
        ticks = (0, self.highest) if self.highest else ticks  # type: ignore[assignment]
        top += max(0.0, (pen.size * 1.4 - pitch) / 2)
        return _Sheet(left, top, pitch, Scale(ticks, left, pen.width - beside - _EDGE), numbered)

    def _row_top(self, sheet: _Sheet, index: int) -> float:
        beyond = self.line_after is not None and index > self.line_after
        return sheet.top + index * sheet.pitch + (_LINE_ROOM if beyond else 0)

    def _name(self, pen: Pen, sheet: _Sheet) -> None:
        """Write the categories beside their rows, every so many where rows are closer than words."""
        step = max(1, -int(-pen.size * 1.2 // sheet.pitch))
        lines = max(1, int((sheet.pitch * step - 2) // (pen.size * 1.1)))
        for index, category in enumerate(self.categories[::step]):
            parts = wrapped(category.label, pen.size, sheet.left - _EDGE - 7, min(lines, 2))
            middle = self._row_top(sheet, index * step) + sheet.pitch / 2
            first = middle + pen.size * 0.34 - (len(parts) - 1) * pen.size * 0.575
            for number, words in enumerate(parts):
                pen.text(sheet.left - 8, first + number * pen.size * 1.15, words, anchor="end")

    def _bar(self, pen: Pen, unit: Unit, sheet: _Sheet, cell: Cell, number: int) -> None:
        """Draw the bar and its number; nothing counted has a 0 in place of a bar."""
        if cell.value is None:
            return
        gap = min(8.0, sheet.pitch * 0.26)
        part = (sheet.pitch - gap) / len(self.series)
        y = self._row_top(sheet, cell.index) + gap / 2 + number * part
        end = sheet.scale.at(cell.value)
        if cell.value:
            pen.mark(
                cell,
                bar(
                    sheet.left, y, max(end - sheet.left, 0.4), part - min(1.0, part * 0.1), self.tone_of(cell)
                ),
            )
        if sheet.numbered:
            pen.text(end + 6, y + part / 2 + pen.size * 0.34, unit.words(cell.value), bold=True)

    def _threshold(self, pen: Pen, sheet: _Sheet) -> None:
        if self.line_after is None or self.line_after >= len(self.categories):
            return
        y = self._row_top(sheet, self.line_after) + sheet.pitch + _LINE_ROOM - 3
        label = shortened(one_line(self.line_label), pen.size, pen.width - 2 * _EDGE)
        pen.line_before(_EDGE, y, pen.width - _EDGE, y, dash="5 4")
        pen.text(pen.width - _EDGE, y - 5, label, anchor="end")
