import csv
from collections.abc import Iterator

import pytest

from foitracker.pages.lists.csv_download import csv_download, safe_cell


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
