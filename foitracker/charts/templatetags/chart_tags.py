"""A chart on a page ({% chart chart %}) and in a printed document ({% chart_printed chart %}).

The engine of printed documents takes this module among its `filters`.
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from foitracker.charts.chart import Cell, Chart
from foitracker.charts.drawing import Pen
from foitracker.charts.lettering import one_line
from foitracker.printing.print_text import isolated

register = template.Library()

#: Widths of the drawings and the size of their words: beside another chart, in a row of its own, on a phone.
_BESIDE, _ROW, _PHONE = (640, 13.5), (960, 14.0), (340, 12.5)


@register.inclusion_tag("charts/chart.html", name="chart")
def chart_on_page(chart: Chart, heading: int = 3) -> dict[str, Any]:
    """Return a chart with its heading (of that level), caption and folded table; numbers lead to what they count."""
    return {
        **_context(chart, heading),
        "drawings": [
            _drawing(chart, _ROW if chart.wide else _BESIDE, "", ("app-chart__drawing--wide",)),
            _drawing(chart, _PHONE, "-small", ("app-chart__drawing--narrow",)),
        ],
    }


@register.inclusion_tag("charts/chart_printed.html", name="chart_printed")
def chart_in_document(chart: Chart, heading: int = 2) -> dict[str, Any]:
    """Return a chart as it is printed: the same drawing without links, and the table in full."""
    return {**_context(chart, heading), "drawing": _drawing(chart, _BESIDE, "", linked=False)}


def _context(chart: Chart, heading: int) -> dict[str, Any]:
    """Words may be somebody else's (names of people, topics, areas) and are made safe to read and to print."""
    columns = [chart.figure.cells(series, chart.unit) for series in chart.figure.series]
    rows = [
        (isolated(str(category)), [_table_cell(column[index]) for column in columns])
        for index, category in enumerate(chart.figure.categories)
    ]
    return {
        "chart": chart,
        "heading": heading,
        "title": isolated(chart.title),
        "label": one_line(chart.title),
        "summary": isolated(chart.summary),
        "caption": [isolated(sentence) for sentence in chart.caption],
        "counted": isolated(chart.unit.name),
        "head": [
            isolated(name) for name in (chart.figure.heading, *(one.name for one in chart.figure.series))
        ],
        "rows": rows,
    }


def _table_cell(cell: Cell) -> dict[str, str]:
    return {"said": isolated(cell.said), "link": cell.link or "", "title": one_line(cell.title)}


def _drawing(
    chart: Chart, form: tuple[int, float], suffix: str, classes: tuple[str, ...] = (), *, linked: bool = True
) -> SafeString:
    width, size = form
    pen = Pen(width, size=size, linked=linked)
    chart.figure.draw(pen, chart.unit)
    return pen.svg(chart, f"{chart.html_id}{suffix}", classes)
