"""SVG: marks, lines and words, by presentation attributes (a printer applies no page style sheet to inline SVG)."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foitracker.charts.chart import Cell, Chart
from foitracker.charts.lettering import FONTS, one_line, width_of
from foitracker.charts.tones import INK, PAINTS, PAPER, Paint, lines_across

Attribute = str | float | None
#: Shapes of points, one a series, so that lines differ without colour.
SHAPES = ("circle", "square", "diamond", "triangle")
DASHES = ("", "7 4", "2 3", "10 3 2 3")


def element(name: str, attributes: Mapping[str, Attribute], content: str = "") -> str:
    """Return an element. Attributes are escaped and left out where None; `content` is mark-up already."""
    written = "".join(f' {key}="{_written(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value)
    rounded = round(value, 2)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def words_element(name: str, words: str, attributes: dict[str, Attribute] | None = None) -> str:
    """Return an element that holds other people's words, on one line."""
    return element(name, attributes or {}, escape(one_line(words)))


class Pen:
    """Draws one figure of a given width: what lies behind, the marks, what stands before them."""

    def __init__(self, width: int, *, size: float, linked: bool = True) -> None:
        """`size` is that of the words. Without `linked` no mark leads anywhere, as on paper."""
        self.width, self.size, self.linked = float(width), size, linked
        self.height = 0.0
        self._behind: list[str] = []
        self._marks: list[str] = []
        self._before: list[str] = []

    @property
    def is_narrow(self) -> bool:
        """Whether the figure is drawn for a phone."""
        return self.width < 480

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        bold: bool = False,
        fill: str = INK,
        size: float | None = None,
        backed: bool = False,
    ) -> None:
        """Write words with their baseline at `y`; `backed` puts paper behind them where they cross marks."""
        size = size or self.size
        if backed:
            wide = width_of(words, size, bold=bold) * 0.86
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            self._before.append(
                element(
                    "rect",
                    {
                        "x": left - 2,
                        "y": y - size * 0.82,
                        "width": wide + 4,
                        "height": size * 1.08,
                        "fill": PAPER,
                    },
                )
            )
        self._before.append(
            words_element(
                "text",
                words,
                {
                    "x": x,
                    "y": y,
                    "font-size": size,
                    "font-weight": "600" if bold else None,
                    "text-anchor": None if anchor == "start" else anchor,
                    "fill": fill,
                },
            )
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1, dash: str = ""
    ) -> None:
        """Draw a line behind the marks."""
        self._behind.append(segment(x1, y1, x2, y2, stroke=stroke, width=width, dash=dash))

    def line_before(self, x1: float, y1: float, x2: float, y2: float, *, dash: str = "") -> None:
        """Draw a line before the marks: a threshold."""
        self._before.append(segment(x1, y1, x2, y2, stroke=INK, width=1.5, dash=dash))

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Draw a box behind the marks."""
        self._behind.append(element("rect", {"x": x, "y": y, "width": width, "height": height, "fill": fill}))

    def polyline(self, points: Sequence[tuple[float, float]], *, stroke: str, dash: str = "") -> None:
        """Draw a line from point to point among the marks, cased in paper so that it stands out from bars."""
        place = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        for colour, width, pattern in ((PAPER, 4.5, ""), (stroke, 2.5, dash)):
            self._marks.append(
                element(
                    "polyline",
                    {
                        "points": place,
                        "fill": "none",
                        "stroke": colour,
                        "stroke-width": width,
                        "stroke-linejoin": "round",
                        "stroke-dasharray": pattern or None,
                        "class": "app-chart__line",
                    },
                )
            )

    def mark(self, cell: Cell, shape: str) -> None:
        """Draw what stands for a number: named, and a link where the number can be opened."""
        content = words_element("title", cell.title) + shape
        group = element("g", {"class": "app-chart__mark"}, content)
        if cell.link and self.linked:
            attributes: dict[str, Attribute] = {
                "href": cell.link,
                "class": "app-chart__link",
                "aria-label": one_line(cell.title),
            }
            group = element("a", attributes, group)
        self._marks.append(group)

    def key(self, shape: str) -> None:
        """Draw a sample of a series in the legend."""
        self._before.append(shape)

    @property
    def has_links(self) -> bool:
        """Whether any mark leads somewhere."""
        return any(mark.startswith("<a ") for mark in self._marks)

    def svg(self, chart: Chart, html_id: str, classes: Iterable[str] = ()) -> SafeString:
        """Return the drawing with its name and description.

        An image hides what is in it from screen readers, so a drawing with links is a group: its marks are read one by
        one, and axes and numbers, which say the same, are left out.
        """
        layers = [
            ("behind", self._behind, {"aria-hidden": "true"}),
            ("marks", self._marks, {}),
            ("before", self._before, {"aria-hidden": "true", "pointer-events": "none"}),
        ]
        names = words_element(
            "title",
            f"{chart.title}. {chart.summary}" if not self.linked else chart.title,
            {"id": f"{html_id}-title"},
        )
        names += words_element("desc", chart.summary, {"id": f"{html_id}-desc"})
        return mark_safe(  # noqa: S308 - every element escapes what it holds
            element(
                "svg",
                {
                    "xmlns": "http://www.w3.org/2000/svg",
                    "viewBox": f"0 0 {_written(self.width)} {_written(self.height)}",
                    "width": None if self.linked else "100%",
                    "role": "group" if self.has_links else "img",
                    "aria-labelledby": f"{html_id}-title {html_id}-desc",
                    "class": " ".join(("app-chart__drawing", *classes)),
                    "font-family": FONTS,
                    "font-size": self.size,
                },
                names
                + "".join(
                    element("g", attributes, "".join(layer)) for _, layer, attributes in layers if layer
                ),
            )
        )


def segment(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1, dash: str = ""
) -> str:
    """Return a straight line. The printer would fill one that does not say it has no fill."""
    place: dict[str, Attribute] = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "fill": "none"}
    return element(
        "line", place | {"stroke": stroke, "stroke-width": width, "stroke-dasharray": dash or None}
    )


def bar(x: float, y: float, width: float, height: float, tone: str) -> str:
    """Return a bar in its tone: fill, texture, outline. The outline stays inside."""
    paint: Paint = PAINTS[tone]
    edge = min(1.2, width / 3, height / 3) if paint.outline else 0
    box: dict[str, Attribute] = {
        "x": x + edge / 2,
        "y": y + edge / 2,
        "width": max(width - edge, 0),
        "height": max(height - edge, 0),
        "fill": paint.fill,
    }
    if edge:
        box |= {"stroke": paint.outline, "stroke-width": edge}
    drawn = element("rect", {**box, "class": f"app-chart__bar app-chart__bar--{tone}"})
    if paint.texture and width > 4 and height > 4:
        path = lines_across(paint.texture, x + edge, y + edge, width - 2 * edge, height - 2 * edge)
        if path:
            drawn += element("path", {"d": path, "stroke": paint.lines, "stroke-width": 1.1, "fill": "none"})
    return drawn


def point(x: float, y: float, radius: float, tone: str, shape: str) -> str:
    """Return a point of a line."""
    colour = PAINTS[tone].strong
    look: dict[str, Attribute] = {
        "fill": colour,
        "stroke": PAPER,
        "stroke-width": 1,
        "class": "app-chart__point",
    }
    if shape == "circle":
        return element("circle", {"cx": x, "cy": y, "r": radius, **look})
    far = radius * 1.25
    corners = {
        "square": [(-radius, -radius), (radius, -radius), (radius, radius), (-radius, radius)],
        "diamond": [(0, -far), (far, 0), (0, far), (-far, 0)],
        "triangle": [(0, -far), (far, radius), (-far, radius)],
    }[shape]
    places = " ".join(f"{x + dx:.2f},{y + dy:.2f}" for dx, dy in corners)
    return element("polygon", {"points": places, **look})
