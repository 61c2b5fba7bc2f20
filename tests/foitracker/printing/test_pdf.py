"""The PDF as readers and screen readers find it, read back from the file."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject
from weasyprint.urls import FatalURLFetchingError

from foitracker.printing.render import render_pdf
from requests_app.letters.render import render_html
from tests.requests_app.letters.golden import CASES
from tests.requests_app.letters.hard_cases import hostile
from tests.requests_app.letters.letter_cases import draft, redacted_cases, three_years

ROOT = Path(__file__).resolve().parents[3]
SHOWING = {b"Tj", b"TJ"}
PAINTING = SHOWING | {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module", params=[*CASES, "hostile"])
def pdf(request: pytest.FixtureRequest) -> PdfReader:
    facts = hostile() if request.param == "hostile" else CASES[request.param]()
    return read(render_pdf(render_html(facts)))


def elements(node: Any, parent: str = "") -> Iterator[tuple[str, str, DictionaryObject]]:
    """Return every element of the tag tree, in reading order: its type, its parent's type, itself."""
    node = node.get_object()
    if not isinstance(node, DictionaryObject) or "/S" not in node:
        return
    yield node["/S"], parent, node
    for child in node.get("/K", []):
        if hasattr(child, "get_object") and not isinstance(child, int):
            yield from elements(child, node["/S"])


def tag_tree(pdf: PdfReader) -> list[tuple[str, str, DictionaryObject]]:
    return list(elements(pdf.root_object["/StructTreeRoot"]["/K"][0]))


def painted(page: Any, pdf: PdfReader) -> Iterator[tuple[bytes, str, list[Any]]]:
    """Return every painting operator of a page with the tag it stands in."""
    tags: list[str] = []
    for operands, operator in ContentStream(page.get_contents(), pdf).operations:
        if operator in {b"BDC", b"BMC"}:
            tags.append(operands[0])
        elif operator == b"EMC":
            tags.pop()
        elif operator in PAINTING:
            yield operator, tags[-1] if tags else "", operands


def test_it_declares_what_pdf_ua_1_asks(pdf: PdfReader) -> None:
    root = pdf.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in metadata
    assert pdf.metadata
    assert pdf.metadata.title
    assert pdf.metadata.title in metadata


def test_everything_painted_is_tagged_or_an_artifact(pdf: PdfReader) -> None:
    untagged = [
        (number, operator)
        for number, page in enumerate(pdf.pages, start=1)
        for operator, tag, _ in painted(page, pdf)
        if not tag
    ]
    assert not untagged


def test_fonts_are_embedded_and_can_be_read_as_text(pdf: PdfReader) -> None:
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font


def test_headings_go_down_one_step_at_a_time(pdf: PdfReader) -> None:
    levels = [int(kind[2]) for kind, _, _ in tag_tree(pdf) if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_and_lists_are_real(pdf: PdfReader) -> None:
    for kind, parent, element in tag_tree(pdf):
        if kind == "/TH":
            assert element["/A"]["/Scope"] in {"/Row", "/Column"}
        if kind in {"/TH", "/TD"}:
            assert parent == "/TR"
        if kind == "/TR":
            assert parent in {"/THead", "/TBody"}
        if kind == "/LI":
            assert parent == "/L"
        if kind in {"/Lbl", "/LBody"}:
            assert parent == "/LI"


def test_links_say_where_they_lead(pdf: PdfReader) -> None:
    links = [a.get_object() for page in pdf.pages for a in page.get("/Annots", [])]
    assert links
    assert all(link["/Contents"] and "/StructParent" in link for link in links)


def test_pages_are_a4_and_numbered(pdf: PdfReader) -> None:
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"Page {number} of {count}" in page.extract_text()
        assert "Reference 2" in page.extract_text()


def test_bookmarks_follow_the_headings() -> None:
    def titles(outline: list[Any]) -> Iterator[str]:
        for entry in outline:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    found = list(titles(read(render_pdf(render_html(redacted_cases()))).outline))
    for title in (
        "Your request",
        "Our answer",
        "Your right to complain",
        "Section 31(1)(a) and (b): Law enforcement",
    ):
        assert title in found


def test_the_draft_mark_is_on_every_page_and_is_no_part_of_the_letter() -> None:
    pdf = read(render_pdf(render_html(draft())))
    assert all("DRAFT: not issued" in page.extract_text() for page in pdf.pages)
    issued = read(render_pdf(render_html(redacted_cases())))
    assert not any("DRAFT" in page.extract_text() for page in issued.pages)
    artifacts = [
        sum(operator in SHOWING and tag == "/Artifact" for operator, tag, _ in painted(page, pdf))
        for page in pdf.pages
    ]
    assert all(count >= 3 for count in artifacts), "mark, reference and page number are artifacts"


def test_the_address_stands_in_the_window_of_a_dl_envelope() -> None:
    found: dict[str, tuple[float, float]] = {}

    def note(text: str, page: list[float], line: list[float], *_: Any) -> None:
        across = line[4] * page[0] + line[5] * page[2] + page[4]
        up = line[4] * page[1] + line[5] * page[3] + page[5]
        if text.strip():
            found.setdefault(text.strip(), (across / 72 * 25.4, 297 - up / 72 * 25.4))

    read(render_pdf(render_html(redacted_cases()))).pages[0].extract_text(visitor_text=note)
    for line in ("Rowan Ashdown", "14 Larch Terrace", "SA1 9ZZ"):
        left, baseline = found[line]
        assert 20 <= left <= 30, "millimetres from the left edge"
        assert 55 <= baseline <= 85, "millimetres from the top"
    assert found["PO Box 9000"][1] < 50, "nothing of the sender shows above the address"


def test_the_text_comes_back_as_it_went_in() -> None:
    text = " ".join(page.extract_text() for page in read(render_pdf(render_html(three_years()))).pages)
    text = " ".join(text.split())
    for said in (
        "Dear Rowan Ashdown",
        "31 March 2024 21",
        "24 June 2025",
        "referrals to the Central Referral Unit",
    ):
        assert said in text


def test_table_rows_are_not_split_and_headings_not_left_behind() -> None:
    pages = [page.extract_text() for page in read(render_pdf(render_html(redacted_cases()))).pages]
    for number in range(1, 13):
        holding = [page for page in pages if f"Bundle {number} is enclosed" in page]
        assert len(holding) == 1
        assert "What you asked for" in holding[0], "the head of the table is repeated"
    ends = [page.split("Reference 2216/2025")[0].strip() for page in pages]
    assert not any(
        end.endswith(("Our answer", "Refusal notice", "Why it applies", "The harm")) for end in ends
    )


def test_same_html_same_bytes_in_any_process_at_any_time(tmp_path: Path) -> None:
    html = render_html(redacted_cases())
    (tmp_path / "letter.html").write_text(html, encoding="utf-8")
    program = (
        "import sys, hashlib, django; django.setup()\n"
        "from foitracker.printing.render import render_pdf\n"
        f"html = open({str(tmp_path / 'letter.html')!r}, encoding='utf-8', newline='').read()\n"
        "print(hashlib.sha256(render_pdf(html)).hexdigest())"
    )

    def elsewhere(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    first = elsewhere("1", "UTC")
    assert first == elsewhere("2", "Pacific/Auckland")
    before = render_pdf(html)
    render_pdf(render_html(hostile()))
    assert render_pdf(html) == before, "an earlier letter leaves no trace"


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://192.0.2.1/x.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<link rel="stylesheet" href="../../pyproject.toml">',
        '<img src="/static/build/fonts/ttf/../../../../manage.py">',
        '<img src="data:image/png;base64,AAAA">',
    ],
)
def test_nothing_is_fetched_but_the_letters_own_assets(markup: str) -> None:
    html = render_html(three_years()).replace("</main>", f"{markup}</main>")
    with pytest.raises(FatalURLFetchingError):
        render_pdf(html)
