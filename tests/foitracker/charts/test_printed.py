"""A chart in a PDF/UA file, read back: its colours, its name, its table."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from foitracker.charts.chart import Chart
from foitracker.charts.tones import PAINTS
from foitracker.printing.render import DOCUMENT_STYLESHEETS, render_pdf, render_template
from tests.foitracker.charts import samples
from tests.foitracker.printing.test_pdf import tag_tree

DOCUMENT = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Pack</title></head>
<body class="document"><main><h1>Pack</h1>
{% for one in charts %}{% chart_printed one %}{% endfor %}</main></body></html>"""
FILTERS = ("foitracker.charts.templatetags.chart_tags",)


def html_of(tmp_path: Any, *charts: Chart) -> str:
    (tmp_path / "pack.html").write_text(DOCUMENT)
    return render_template("pack.html", {"charts": charts}, filters=FILTERS, folders=(str(tmp_path),))


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: Any) -> PdfReader:
    html = html_of(tmp_path_factory.mktemp("pack"), samples.due_days(), samples.ages(), samples.rolling())
    return PdfReader(io.BytesIO(render_pdf(html, DOCUMENT_STYLESHEETS)))


def filled(page: Any, pdf: PdfReader) -> Iterator[str]:
    """Return the colour of every area that a page fills, what it draws as a form of its own included."""
    resources = page.get("/Resources", {}).get_object()
    contents = page.get_contents() if hasattr(page, "get_contents") else page
    colour, kept = "#000000", []
    for operands, operator in ContentStream(contents, pdf).operations:
        if operator == b"q":
            kept.append(colour)
        elif operator == b"Q":
            colour = kept.pop()
        elif operator in {b"rg", b"sc", b"scn"}:
            colour = "#" + "".join(f"{round(float(part) * 255):02x}" for part in operands[:3])
        elif operator == b"g":
            colour = "#" + f"{round(float(operands[0]) * 255):02x}" * 3
        elif operator in {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}:
            yield colour
        elif operator == b"Do":
            form = resources["/XObject"][operands[0]].get_object()
            if form["/Subtype"] == "/Form":
                yield from filled(form, pdf)


def test_bars_have_their_colours(pdf: PdfReader) -> None:
    """A printer that read the page's style sheet alone would draw them black."""
    first = list(filled(pdf.pages[0], pdf))
    assert "#000000" not in first
    for tone, count in {"bad": 1, "info": 20, "progress": 8, "wait": 4}.items():
        assert first.count(PAINTS[tone].fill) >= count, tone
    assert {PAINTS["bad"].fill, PAINTS["progress"].fill} <= {
        c for page in pdf.pages for c in filled(page, pdf)
    }


def test_each_chart_is_a_figure_with_a_text_alternative(pdf: PdfReader) -> None:
    figures = [element for kind, _, element in tag_tree(pdf) if kind == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [
        f"{chart.title}. {chart.summary}" for chart in (samples.due_days(), samples.ages(), samples.rolling())
    ]
    assert 'pdfuaid:part="1"' in pdf.root_object["/Metadata"].get_object().get_data().decode()


def test_the_table_is_printed_in_full_and_nothing_is_a_link(pdf: PdfReader) -> None:
    kinds = [kind for kind, _, _ in tag_tree(pdf)]
    assert kinds.count("/TH") >= 26 + 10 + 15  # heads and rows of the three tables; heads again on a new page
    assert "/Link" not in kinds
    assert not any("/Annots" in page for page in pdf.pages)
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "30 December 2026" in text
    assert "91.5% (43 of 47)" in text
    assert "The axis begins at 80%, not at 0." in text


def test_a_printed_chart_names_no_address(tmp_path: Any) -> None:
    html = html_of(tmp_path, *(make() for make in samples.FORMS))
    assert "href" not in html
    assert "/requests/" not in html


def test_hostile_words_can_be_printed(tmp_path: Any) -> None:
    html = html_of(tmp_path, *(chart for chart in samples.hard() if chart.title == samples.HOSTILE))
    text = PdfReader(io.BytesIO(render_pdf(html, DOCUMENT_STYLESHEETS))).pages[0].extract_text()
    assert "[grinning face]" in text
