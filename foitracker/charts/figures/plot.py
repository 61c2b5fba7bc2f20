"""What upright charts have in common: legend, unit, gridlines, and categories along the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from foitracker.charts.chart import Category, Figure, Number, Series, Unit
from foitracker.charts.drawing import DASHES, SHAPES, Pen, bar, point, segment
from foitracker.charts.lettering import fits, one_line, shortened, width_of, wrapped
from foitracker.charts.scale import STEPS, Scale, round_ticks
from foitracker.charts.tones import AXIS, GRID, PAINTS, QUIET

NOTHING = "Nothing in this period"
_EDGE = 4.0
#: Room above the highest gridline for numbers on marks and the words of a threshold.
_HEADROOM = 26.0
_FEW = 12
#: Labels of many categories are shortened to this.
_LONGEST = 110.0


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a category along the axis."""

    x: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things stand: the edges of the plot, the axis of numbers, a slot a category."""

    left: float
    right: float
    top: float
    bottom: float
    scale: Scale
    slots: tuple[Slot, ...]


def legend(pen: Pen, entries: Sequence[tuple[Series, str]]) -> float:
    """Draw what stands for which series, in rows; return the height taken. Kinds: `bar`, or `line` and a number."""
    x, y, step = _EDGE, 0.0, pen.size * 1.6
    for series, kind in entries:
        name = shortened(one_line(series.name), pen.size, pen.width - 40)
        wide = 24 + width_of(name, pen.size) + 14
        if x > _EDGE and x + wide > pen.width:
            x, y = _EDGE, y + step
        if kind == "bar":
            pen.key(bar(x, y + 3, 16, 13, series.tone))
        else:
            number = int(kind.removeprefix("line "))
            dash = DASHES[number % len(DASHES)]
            pen.key(
                segment(x, y + 10, x + 18, y + 10, stroke=PAINTS[series.tone].strong, width=2.5, dash=dash)
            )
            pen.key(point(x + 9, y + 10, 4, series.tone, SHAPES[number % len(SHAPES)]))
        pen.text(x + 24, y + 10 + pen.size * 0.34, name)
        x += wide
    return y + step + 4 if entries else 0.0


def open_plot(
    pen: Pen,
    figure: Figure,
    unit: Unit,
    entries: Sequence[tuple[Series, str]],
    *,
    highest: Number,
    lowest: Number = 0,
    apart: int = 0,
    right: float = 0,
    headroom: float = _HEADROOM,
) -> Plot:
    """Draw everything but the marks, and return where those go. `right` is room kept free beside the plot."""
    y = legend(pen, entries)
    pen.text(
        _EDGE,
        y + pen.size,
        shortened(one_line(unit.name[:1].upper() + unit.name[1:]), pen.size, pen.width * 0.7),
        fill=QUIET,
    )
    top = y + pen.size + headroom
    bottom = top + (170.0 if pen.is_narrow else 210.0)
    whole = all(
        isinstance(value, int) for series in figure.series for value in series.values if value is not None
    )
    scale = Scale(round_ticks(highest, lowest=lowest, whole=whole), bottom, top)
    short = float(scale.high) >= 100_000
    named = [(unit.words(tick, short=short), scale.at(tick)) for tick in scale.ticks]
    left = max(width_of(words, pen.size) for words, _ in named) + _EDGE + 6
    edge = pen.width - _EDGE - right
    for words, place in named:
        pen.line(left, place, edge, place, stroke=AXIS if place == bottom else GRID)
        pen.text(left - 6, place + pen.size * 0.34, words, anchor="end", fill=QUIET)
    slots = _slots(figure.categories, left, edge, apart, pen.size)
    foot = _label(pen, figure.categories, slots, apart, bottom)
    pen.height = foot + _EDGE
    if figure.is_empty:
        pen.text(
            (left + edge) / 2,
            (top + bottom) / 2,
            NOTHING,
            anchor="middle",
            fill=QUIET,
            size=pen.size + 2,
            backed=True,
        )
    return Plot(left, edge, top, bottom, scale, slots)


def write_nothing(pen: Pen, x: float, y: float) -> None:
    """Say that there is nothing to draw."""
    pen.text(x, y, NOTHING, anchor="middle", fill=QUIET, size=pen.size + 2, backed=True)


def _slots(
    categories: Sequence[Category], left: float, right: float, apart: int, size: float
) -> tuple[Slot, ...]:
    """Slots of one width, the first `apart` of them wider where their labels need it and set off by a gap."""
    gap = 14.0 if 0 < apart < len(categories) else 0.0
    room = right - left - gap
    even = room / max(len(categories), 1)
    wanted = [
        min(max(even, width_of(category.label, size) + 4), room * 0.25) for category in categories[:apart]
    ]
    wanted = [max(width, even) for width in wanted] if apart < len(categories) else [even] * len(categories)
    rest = (room - sum(wanted)) / max(len(categories) - apart, 1)
    slots, x = [], left
    for index in range(len(categories)):
        if index == apart:
            x += gap
        width = wanted[index] if index < apart else rest
        slots.append(Slot(x, width))
        x += width
    return tuple(slots)


@dataclass(frozen=True, slots=True)
class _Label:
    """A category as it stands below the axis."""

    x: float
    half: float
    parts: list[str]

    def touches(self, x: float) -> bool:
        """Whether it reaches as far as a place to its right."""
        return self.x + self.half + 4 > x


def _label(
    pen: Pen, categories: Sequence[Category], slots: Sequence[Slot], apart: int, bottom: float
) -> float:
    """Write the categories below the axis, as many as have room and always the last; return where they end."""
    step, broken = _thin(categories[apart:], slots[apart:], pen.size)
    broken = [wrapped(one.label, pen.size, slots[0].width - 2, 2) for one in categories[:apart]] + broken
    shown: list[_Label] = []
    for index, (parts, slot) in enumerate(zip(broken, slots, strict=True)):
        is_last = index == len(slots) - 1
        if not is_last and index >= apart and (index - apart) % step:
            continue
        half = max((width_of(words, pen.size) for words in parts), default=0) / 2
        x = min(max(slot.middle, half + 1), pen.width - half - 1)
        if shown and index == apart > 0 and shown[-1].touches(x - half):
            x = shown[-1].x + shown[-1].half + half + 4.5
        while len(shown) > max(apart, 1) and shown[-1].touches(x - half) and is_last:
            shown.pop()
        if not shown or not shown[-1].touches(x - half):
            shown.append(_Label(x, half, parts))
    for label in shown:
        for number, words in enumerate(label.parts):
            y = bottom + pen.size * (1.35 + number * 1.15)
            pen.text(label.x, y, words, anchor="middle")
    deepest = max((len(label.parts) for label in shown), default=1)
    return bottom + pen.size * (0.6 + max(deepest, 1) * 1.15)


def _thin(categories: Sequence[Category], slots: Sequence[Slot], size: float) -> tuple[int, list[list[str]]]:
    """Return every which category is named, and the lines of each: all of a few, a round part of many."""
    if not categories:
        return 1, []
    slot, labels = slots[0].width, [one_line(category.label) for category in categories]
    if all(width_of(label, size) + 4 <= slot for label in labels):
        return 1, [[label] for label in labels]
    if len(labels) <= _FEW and slot >= size * 3:
        return 1, [wrapped(label, size, slot - 4, 4) for label in labels]
    # Labels of two words (“1 Dec”) are all broken alike, others on two lines where they need them.
    pairs = all(len(label.split()) <= 2 for label in labels)
    for step in STEPS:
        room = min(slot * step - 8, _LONGEST)
        broken = [label.split() if pairs else wrapped(label, size, room, 2) for label in labels]
        widest = max(width_of(words, size) for parts in broken[::step] for words in parts or [""])
        whole = pairs or all(fits(label, size, room, 2) for label in labels[::step])
        if widest <= room and (whole or room == _LONGEST):
            return step, broken
    return len(labels), [wrapped(label, size, _LONGEST, 2) for label in labels]
