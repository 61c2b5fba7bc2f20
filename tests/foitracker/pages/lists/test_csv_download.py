import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.pages.lists.csv_download import _blocks, csv_download, safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_looks_like_a_formula_is_text(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["2253/2025", "a=b", "", -5, None, True])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) is value


def test_the_file_is_read_back_as_it_was_written() -> None:
    rows = [["naïve", 'a "quoted", cell', None], ["two\nlines", -3, "=1+1"]]
    response = csv_download("list.csv", ["a", "b", "c"], rows)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(text.splitlines(keepends=True))) == [
        ["a", "b", "c"],
        ["naïve", 'a "quoted", cell', ""],
        ["two\nlines", "-3", "'=1+1"],
    ]
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert "no-store" in response["Cache-Control"]


def test_rows_are_written_while_they_are_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[int]]:
        for number in range(1000):
            read.append(number)
            yield [number]

    lines = iter(csv_download("list.csv", ["n"], rows()).streaming_content)
    for _ in range(5):
        next(lines)
    assert len(read) < 10


@given(st.lists(st.lists(st.text('a",\n\r'), min_size=2, max_size=3)), st.data())
def test_lines_of_the_database_end_as_those_written_here(rows: list[list[str]], data: st.DataObject) -> None:
    """However they come in pieces; a line feed within a cell stays as it is."""
    theirs, ours = StringIO(), StringIO()
    csv.writer(theirs, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    csv.writer(ours, quoting=csv.QUOTE_ALL).writerows(rows)
    left, pieces = theirs.getvalue().encode(), []
    while left:
        length = data.draw(st.integers(1, len(left)))
        pieces.append(left[:length])
        left = left[length:]
    assert b"".join(_blocks(pieces, at_once=2)) == ours.getvalue().encode()
