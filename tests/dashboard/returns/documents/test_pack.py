"""The pack as a PDF reader finds it: tagged throughout, its own footer, definitions and charts in it."""

from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from dashboard.returns.documents.charts import charts_of
from dashboard.returns.documents.pack import pack_pdf
from dashboard.returns.documents.printed import Printed, printed
from dashboard.returns.kinds import BY_CODE
from dashboard.returns.operations.making import make_return
from foitracker.accounts.roles import Role
from foitracker.statistics.periods import quarter
from tests import factories
from tests.dashboard.returns import population
from tests.dashboard.returns.population import AT
from tests.factories import person
from tests.foitracker.printing.test_pdf import PAINTING, painted, tag_tree

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def pack() -> Printed:
    population.quarter(factories.staff())
    return printed(
        make_return(by=person(Role.MANAGER), at=AT, kind=BY_CODE["s45"], period=quarter(2026, 7)), None, None
    )


def test_it_is_tagged_as_pdf_ua_asks(pack: Printed) -> None:
    pdf = PdfReader(BytesIO(pack_pdf(pack)))
    root = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert 'pdfuaid:part="1"' in root["/Metadata"].get_data().decode()
    for page in pdf.pages:
        assert all(tag for operator, tag, _ in painted(page, pdf) if operator in PAINTING)
    tags = [tag for tag, _, _ in tag_tree(pdf)]
    levels = [int(tag[2]) for tag in tags if tag in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    # One of particulars, one a section, one a chart; one that goes over a page is tagged on each.
    assert tags.count("/Table") >= 1 + len(pack.statement.parts) + 3
    assert tags.count("/Figure") == 3


def test_a_chart_of_lines_says_which_is_highest(pack: Printed) -> None:
    summaries = [chart.summary for chart in charts_of(pack.statement)]
    assert any(summary.startswith("Highest: answered in time, within 20") for summary in summaries), summaries


def test_its_footer_says_what_it_is_and_how_it_stands(pack: Printed) -> None:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pack_pdf(pack))).pages]
    for number, page in enumerate(pages, start=1):
        assert "Working of the time limit" not in page
        assert "return " in page
        assert "as at 30 November 2026 at 09:00. Not approved." in page
        assert f"Page {number} of {len(pages)}" in page
