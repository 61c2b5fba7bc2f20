"""Reads a drawing and a table back: what a browser and a screen reader find in them."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from django.template import Context, Template

from foitracker.charts.chart import Chart
from foitracker.charts.drawing import Pen
from foitracker.charts.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = ((640, 13.5), (960, 14.0), (340, 12.5))


@dataclass(frozen=True)
class Mark:
    """A mark with its name, its shape (the first below the name) and where it leads."""

    title: str
    shape: ElementTree.Element
    link: str | None

    def number(self, name: str) -> float:
        return float(self.shape.attrib[name])


def drawn(chart: Chart, width: int = 640, size: float = 13.5, *, linked: bool = True) -> ElementTree.Element:
    """Return the drawing of a chart, parsed as XML: it fails where it is not well-formed."""
    pen = Pen(width, size=size, linked=linked)
    chart.figure.draw(pen, chart.unit)
    return ElementTree.fromstring(pen.svg(chart, chart.html_id))  # noqa: S314 - our own


def marks(svg: ElementTree.Element) -> list[Mark]:
    """Return the marks of a drawing in their order."""
    links = {id(group): anchor.get("href") for anchor in svg.iter(f"{SVG}a") for group in anchor}
    groups = [group for group in svg.iter(f"{SVG}g") if group.get("class") == "app-chart__mark"]
    return [Mark(group[0].text or "", group[1], links.get(id(group))) for group in groups]


def boxes(svg: ElementTree.Element) -> list[tuple[str, float, float, float, float]]:
    """Return whatever is drawn as boxes: name, left, top, right, bottom."""
    found = []
    for node in svg.iter():
        name, at = node.tag.removeprefix(SVG), node.attrib
        if name == "rect":
            x, y = float(at["x"]), float(at["y"])
            found.append((name, x, y, x + float(at["width"]), y + float(at["height"])))
        elif name == "line":
            found.append((name, *(float(at[key]) for key in ("x1", "y1", "x2", "y2"))))
        elif name == "circle":
            x, y, r = (float(at[key]) for key in ("cx", "cy", "r"))
            found.append((name, x - r, y - r, x + r, y + r))
        elif name in {"polyline", "polygon"}:
            places = [tuple(map(float, pair.split(","))) for pair in at["points"].split()]
            xs, ys = zip(*places, strict=True)
            found.append((name, min(xs), min(ys), max(xs), max(ys)))
        elif name == "text":
            size, words = float(at["font-size"]), node.text or ""
            wide = width_of(words, size, bold="font-weight" in at)
            x = float(at["x"]) - {"start": 0, "middle": wide / 2, "end": wide}[at.get("text-anchor", "start")]
            found.append((words, x, float(at["y"]) - size * 0.8, x + wide, float(at["y"]) + size * 0.25))
    return found


def page(*charts: Chart) -> str:
    """Return the charts as a page has them."""
    template = Template("{% load chart_tags %}{% for one in charts %}{% chart one %}{% endfor %}")
    return template.render(Context({"charts": charts}))


def table_cells(html: str) -> list[str]:
    """Return the cells of the tables, as mark-up."""
    return re.findall(r"<td[^>]*>(.*?)</td>", html)
