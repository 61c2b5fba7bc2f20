"""The PDF pack of a return: figures with their definitions, charts and commentary, as tagged PDF/UA-1."""

from dashboard.returns.documents.charts import charts_of
from dashboard.returns.documents.printed import Printed, cells
from foitracker.printing.render import DOCUMENT_STYLESHEETS, render_document, render_pdf

_FILTERS = ("foitracker.charts.templatetags.chart_tags",)


def pack_html(printed: Printed) -> str:
    """Return the pack as a complete HTML document."""
    parts = [
        (part.heading, [(cells(part.heading, row), row) for row in part.rows])
        for part in printed.statement.parts
    ]
    return render_document(
        "return_pack.html",
        {
            "title": printed.title,
            "printed": printed,
            "statement": printed.statement,
            "created": printed.statement.as_at.isoformat(timespec="seconds"),
            "parts": parts,
            "charts": list(charts_of(printed.statement)),
        },
        filters=_FILTERS,
    )


def pack_pdf(printed: Printed) -> bytes:
    """Return the pack as PDF/UA-1: the same return gives the same bytes. It takes a second or more."""
    return render_pdf(pack_html(printed), DOCUMENT_STYLESHEETS)
