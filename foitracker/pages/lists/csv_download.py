"""Lists as CSV files, row by row, safe to open in a spreadsheet."""

import csv
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import StreamingHttpResponse

#: A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: So many lines are sent at a time.
_LINES = 500


def csv_download(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Return `rows` as a file to save, written while they are read, so that a million of them need no memory.

    The first row is read at once, so that what cannot be read is said as a page. No limit of time for one
    statement holds while rows are read. The text is UTF-8 with a byte order mark, which spreadsheets need to
    recognise it; None is an empty cell.
    """
    return _as_file(filename, _lines(header, rows))


def copied_download(filename: str, header: Sequence[str], copy: str) -> StreamingHttpResponse:
    """Return a file like that of `csv_download`, byte for byte, of which PostgreSQL makes the lines.

    `copy` is a statement of `copy_statement`. While it runs the connection takes no other, so it is begun when the
    file is read: by then the page's own work, and what is recorded of it, is done.
    """
    return _as_file(filename, _copied(header, copy))


def _as_file(filename: str, parts: Generator[str | bytes, None, None]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_Begun(parts), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    return response


def safe_cell(value: Any) -> Any:
    """Return `value` as a cell that no spreadsheet computes: an apostrophe goes before what looks like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


class _Echo:
    """A file whose write gives back what was to be written."""

    def write(self, line: str) -> str:
        return line


class _Begun:
    """Lines of which the first has been read; closed, they are not read further."""

    def __init__(self, lines: Generator[str | bytes, None, None]) -> None:
        self._first, self._lines = next(lines), lines

    def __iter__(self) -> Iterator[str | bytes]:
        return chain([self._first], self._lines)

    def close(self) -> None:
        self._lines.close()


def _lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Generator[str | bytes, None, None]:
    writer = csv.writer(_Echo())
    with _no_limit():
        left = iter(rows)
        first = list(islice(left, 1))
        yield "\ufeff"
        yield writer.writerow(header)
        for row in chain(first, left):
            yield writer.writerow([safe_cell(cell) for cell in row])


def _copied(header: Sequence[str], copy: str) -> Generator[str | bytes, None, None]:
    yield "\ufeff"
    yield csv.writer(_Echo()).writerow(header)
    with (
        _no_limit(),
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(copy) as lines,
    ):
        yield from _blocks(lines)


def _blocks(lines: Iterable[bytes | memoryview], at_once: int = _LINES) -> Iterator[bytes]:
    """Lines as PostgreSQL gives them, many at a time and ended as csv.writer ends them.

    A line feed within quotation marks is part of a cell; those that a cell holds are doubled, so that every second
    piece between them lies within.
    """
    each, is_within = iter(lines), False
    while block := b"".join(islice(each, at_once)):
        pieces = block.split(b'"')
        for place in range(is_within, len(pieces), 2):
            pieces[place] = pieces[place].replace(b"\n", b"\r\n")
        is_within ^= len(pieces) % 2 == 0
        yield b'"'.join(pieces)


@contextmanager
def _no_limit() -> Iterator[None]:
    """Let a statement take as long as it takes; afterwards the connection is as it was, for whoever has it next."""
    if not settings.DATABASE_STATEMENT_SECONDS:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
