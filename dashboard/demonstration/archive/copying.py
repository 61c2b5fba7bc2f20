"""Writing rows by COPY, many at a time, with every constraint on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

Row = dict[str, Any]
Table = type[models.Model]
#: Rows, each with its table.
Rows = Iterator[tuple[Table, Row]]


def copy_rows(rows: Iterable[tuple[Table, Row]], order: Sequence[Table]) -> list[Table]:
    """Write rows table by table, in `order`, which names those that others point at first. Return the tables."""
    by_table: dict[Table, list[Row]] = defaultdict(list)
    for table, row in rows:
        by_table[table].append(row)
    written = [table for table in order if table in by_table]
    for table in written:
        _copy(table, by_table[table])
    return written


def _copy(table: Table, rows: list[Row]) -> None:
    """One COPY; a column that a row leaves out gets its model's default."""
    fields: list[Any] = [
        field
        for field in table._meta.concrete_fields
        if not field.generated and (not isinstance(field, models.AutoField) or field.attname in rows[0])
    ]
    defaults = {field.attname: field.get_default() for field in fields}
    defaults |= {name: json.dumps(value) for name, value in defaults.items() if isinstance(value, dict)}
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row.get(column, default) for column, default in defaults.items()])


def go_on_numbering(tables: Iterable[Table]) -> None:
    """Let what is written after copied rows, which bring their keys, be numbered from there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def moment(day: date, hour: int, lot: int) -> datetime:
    """Return a time of a day, in UTC; `lot` gives its minute and second."""
    return datetime(day.year, day.month, day.day, hour, lot % 60, lot % 59, tzinfo=UTC)
