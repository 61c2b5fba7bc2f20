"""The printed working, read back from the file."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from pypdf import PdfReader

from requests_app.letters.clock_working import Working, working_html, working_pdf
from requests_app.rules.clock.statutory_clock import read_clock
from tests.foitracker.printing.test_pdf import painted, read, tag_tree
from tests.requests_app.rules.clock.clock_cases import CALENDAR, event, restart

EVENTS = (
    *restart("2026-05-26", "2026-06-01"),
    event(
        "pit_extension", "2026-06-24", provision="s.31", estimate="2026-07-08", text="said <b>Perpetua</b>"
    ),
)


def working(reference: str = "2253/2026") -> Working:
    return Working(
        authority_name="Council of Example Chiefs",
        reference=reference,
        reading=read_clock(date(2026, 5, 22), EVENTS, CALENDAR, on=date(2026, 6, 17)),
        events=EVENTS,
        printed_at=datetime(2026, 6, 17, 9, 30, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return read(working_pdf(working()))


@pytest.fixture(scope="module")
def text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_it_holds_the_facts_the_dates_with_their_law_and_every_day(text: str) -> None:
    for words in (
        "Council of Example Chiefs",
        "Request 2253/2026",
        "Tuesday 26 May 2026 Clarification asked FOIA s.1(3)",
        "Tuesday 30 June 2026 Notice of refusal or extension due FOIA s.17(1) and (2)",
        "Wednesday 8 July 2026 Response due FOIA s.10(3)",
        "the end of Wednesday 17 June 2026: Running: working day 11 of 20, 9 left",
        "Wednesday 17 June 2026 at 09:30",
        f"version {CALENDAR.version}",
        "Monday 15 June 2026 no World Cup bank holiday, bank holiday in Scotland",
    ):
        assert words in text
    for step in working().reading.steps:
        assert step.date.strftime("%-d %B %Y") in text


def test_remarks_stay_out(text: str) -> None:
    assert "Perpetua" not in text


def test_the_same_working_gives_the_same_bytes() -> None:
    assert working_pdf(working()) == working_pdf(working())


def test_without_a_case_the_day_of_receipt_is_the_title() -> None:
    html = working_html(working(reference=""))
    assert "<title>Working of the time limit: received Friday 22 May 2026</title>" in html


def test_it_is_accessible(pdf: PdfReader) -> None:
    assert pdf.metadata
    assert pdf.metadata.title == "Working of the time limit: request 2253/2026"
    assert pdf.root_object["/Lang"] == "en-GB"
    assert 'pdfuaid:part="1"' in pdf.root_object["/Metadata"].get_object().get_data().decode()
    tags = tag_tree(pdf)
    assert all(tag for page in pdf.pages for _, tag, _ in painted(page, pdf))
    headers = [element for kind, _, element in tags if kind == "/TH"]
    assert headers
    assert all(element["/A"]["/Scope"] in {"/Row", "/Column"} for element in headers)
    levels = [int(kind[2]) for kind, _, _ in tags if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_page_says_what_it_is_and_which_page(pdf: PdfReader) -> None:
    count = len(pdf.pages)
    assert count > 1
    for number, page in enumerate(pdf.pages, start=1):
        words = " ".join(page.extract_text().split())
        assert f"Page {number} of {count}" in words
        assert "Working of the time limit. Request 2253/2026" in words
