"""The charts of a return, from the lines it prints: the same on the page and in the pack."""

from collections.abc import Callable, Iterator

from dashboard.returns.statement import ChartBars, Row, Statement
from foitracker.charts.chart import Category, Chart, Figure, Series, Tone, Unit
from foitracker.charts.figures import bars, horizontal_bars
from foitracker.pages.words import moment_in_words

_SOURCE = "register of requests"


def charts_of(statement: Statement, link: Callable[[Row], str | None] | None = None) -> Iterator[Chart]:
    """Yield the charts; `link` gives the list that a line opens, where the reader can open it."""
    if len(statement.months) > 1:
        yield _months(statement)
    for chart in statement.charts:
        yield _bars(statement, chart, link)


#: What the chart of the months shows: measure, name, tone.
_BY_MONTH: tuple[tuple[str, str, Tone], ...] = (
    ("received", "Received", "info"),
    ("answered", "Answered", "good"),
    ("closed", "Closed", "progress"),
)


def _months(statement: Statement) -> Chart:
    """What came and went by month. It opens nothing: a return keeps the requests of its lines, not of each month."""
    months = [Category(f"{month.words[:3]} {month.words[-2:]}", month.words) for month in statement.months]
    series = [
        Series(name, [getattr(month, code) for month in statement.months], tone)
        for code, name, tone in _BY_MONTH
    ]
    received = sum(month.received for month in statement.months)
    closed = sum(month.closed for month in statement.months)
    summary = f"{received:,} requests were received and {closed:,} closed."
    return _chart(
        statement,
        "months",
        "Received, answered and closed by month",
        summary,
        bars(months, series, heading="Month"),
        "requests",
    )


def _bars(statement: Statement, chart: ChartBars, link: Callable[[Row], str | None] | None) -> Chart:
    rows = [statement.row(code) for code in chart.rows]
    counted = Series(
        chart.unit.capitalize(),
        [row.number for row in rows],
        "progress",
        [link(row) for row in rows] if link else None,
    )
    most = max(rows, key=lambda row: row.number or 0, default=None)
    summary = (
        f"Highest: {most.name[:1].lower()}{most.name[1:]}, {most.number:,}."
        if most and most.number
        else "No cases."
    )
    figure = horizontal_bars([row.name for row in rows], [counted], heading="Line")
    return _chart(statement, chart.name, chart.title, summary, figure, chart.unit)


def _chart(statement: Statement, name: str, title: str, summary: str, figure: Figure, unit: str) -> Chart:
    return Chart(
        title=title,
        summary=summary,
        figure=figure,
        source=_SOURCE,
        period=statement.dates,
        as_at=moment_in_words(statement.as_at),
        complete_to=statement.to_on,
        unit=Unit(unit),
        name=name,
    )
