"""Page, CSV, spreadsheet and PDF say the same, line by line; nothing is computed; the public copy tells less."""

import csv
import io
import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dashboard.returns.documents.pack import pack_html, pack_pdf
from dashboard.returns.documents.printed import HEADER, Printed, printed
from dashboard.returns.documents.workbook import workbook
from dashboard.returns.kinds import BY_CODE, KINDS, ReturnKind
from dashboard.returns.kinds.periods import latest_period
from dashboard.returns.models import Return
from dashboard.returns.operations.approval import write_commentary
from dashboard.returns.operations.making import make_return
from dashboard.returns.queries.reading import commentary_of
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from tests import factories
from tests.dashboard.returns import population
from tests.dashboard.returns.population import AT, TODAY
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

COMMENTARY = "=1+1 is no formula. In August the search system was away for a week."


@pytest.fixture
def manager() -> User:
    return person(Role.MANAGER, name="Ottoline Farthing")


def made(kind: ReturnKind, manager: User) -> Return:
    population.quarter(factories.staff())
    of = make_return(by=manager, at=AT, kind=kind, period=latest_period(kind.length, TODAY, 4))
    write_commentary(by=manager, at=AT, return_id=of.pk, text=COMMENTARY)
    return of


def as_printed(of: Return, *, for_public: bool = False) -> Printed:
    return printed(of, commentary_of(of), None, for_public=for_public)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def page_rows(html: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of the page: its code, and the text of its cells."""
    for code, row in re.findall(
        r'<tr class="govuk-table__row" data-line="([^"]+)">(.*?)</tr>', html, re.DOTALL
    ):
        yield code, [plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_page_csv_spreadsheet_and_pdf_are_equal(client: Client, manager: User, kind: ReturnKind) -> None:
    of = made(kind, manager)
    client.force_login(manager)
    page = client.get(of.get_absolute_url()).content.decode()
    text = b"".join(client.get(f"{of.get_absolute_url()}return.csv")).decode("utf-8-sig")
    file = client.get(f"{of.get_absolute_url()}return.xlsx").content
    in_csv = list(csv.reader(io.StringIO(text)))
    in_book = [
        [
            str(int(cell)) if isinstance(cell, float) and place in (2, 3) else str(cell)
            for place, cell in enumerate(row)
        ]
        for row in CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()
    ]
    assert in_csv[0] == list(HEADER)
    assert in_book == in_csv
    assert "Required by" in [row[1] for row in in_csv[1:] if row[0] == "About this return"]
    lines = [row for row in in_csv[1:] if row[0] != "About this return"]
    rows = list(of.statement.rows())
    assert [row[1] for row in lines] == [row.name for row in rows]
    about = {row[1]: row[5] for row in in_csv if row[0] == "About this return"}
    assert about["Status"] == f"Return {of.pk}. Not approved."

    on_page = dict(page_rows(page))
    pdf = " ".join(page.extract_text() for page in PdfReader(BytesIO(pack_pdf(as_printed(of)))).pages)
    printed_text = squeezed(pdf)
    for row, line in zip(rows, lines, strict=True):
        if row.number is None:
            assert on_page[row.code] == ["Not filled"]
            assert line[2:5] == ["", "", ""]
            assert line[5].startswith("Not filled. ")
        else:
            assert [cell.replace(",", "").removesuffix("%") for cell in on_page[row.code]] == line[2:5]
        cells = "".join(on_page[row.code])
        assert squeezed(line[5]) in printed_text, row.code
        assert squeezed(f"{line[6]}." if line[6] else "") + squeezed(cells) in printed_text, row.code


def squeezed(text: str) -> str:
    """A text without white space and hyphens that a line end put in."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def test_what_is_typed_becomes_no_formula(client: Client, manager: User) -> None:
    of = made(BY_CODE["s45"], manager)
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(as_printed(of)))).get_sheet_by_index(0).to_python()
    assert [row[5] for row in book if row[1] == "Commentary"] == [f"'{COMMENTARY}"]
    client.force_login(manager)
    text = b"".join(client.get(f"{of.get_absolute_url()}return.csv")).decode("utf-8-sig")
    assert f"'{COMMENTARY}" in text


def test_the_public_copy_names_no_officer_and_no_request(manager: User) -> None:
    of = made(BY_CODE["s45"], manager)
    public, internal = pack_html(as_printed(of, for_public=True)), pack_html(as_printed(of))
    assert manager.name in internal
    assert manager.name not in public
    assert not re.search(r"\b7\d{3}/2026\b", public)
    assert "no formula" in public


def test_the_same_return_prints_the_same_bytes(manager: User) -> None:
    of = made(BY_CODE["monthly"], manager)
    again = Return.objects.get(pk=of.pk)
    assert pack_pdf(as_printed(of)) == pack_pdf(as_printed(again))
