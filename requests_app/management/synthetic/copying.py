"""Writing rows by COPY, many at a time, with every constraint on."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Protocol

import pgtrigger
from django.core.management.color import no_style
from django.db import connection, models

from foitracker.audit.models import Head

Row = dict[str, Any]


class EndOfTrail(Protocol):
    """The last entry of an audit trail."""

    sequence: int
    hash: str


def begin_copying() -> None:
    """Make the transaction ready for COPY, and keep the audit trail to it alone."""
    with connection.cursor() as cursor:
        # Checked batch by batch; deferred to the end they would be kept in memory by the million.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("LOCK TABLE audit_head IN EXCLUSIVE MODE")


def copy_rows(model: type[models.Model], rows: list[Row]) -> None:
    """Write rows in one COPY; a column that a row leaves out gets its model's default."""
    fields: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (not isinstance(field, models.AutoField) or field.attname in rows[0])
    ]
    defaults = {field.attname: field.get_default() for field in fields}
    defaults |= {name: json.dumps(value) for name, value in defaults.items() if isinstance(value, dict)}
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row.get(name, default) for name, default in defaults.items()])


@contextmanager
def built_at_the_end(model: type[models.Model], name: str) -> Iterator[None]:
    """Drop an index for the time being: building it whole takes a tenth of the time of updating it row by row."""
    index = next(index for index in model._meta.indexes if index.name == name)
    with connection.schema_editor() as editor:
        editor.remove_index(model, index)
    yield
    with connection.schema_editor() as editor:
        editor.add_index(model, index)


def move_head(trail: EndOfTrail) -> None:
    """Move the head of the trail to the last entry copied; the head's trigger allows single steps only."""
    with pgtrigger.ignore("audit.Head:head_moves_on_to_an_entry"):
        Head.objects.update_or_create(pk=1, defaults={"sequence": trail.sequence, "hash": trail.hash})


def go_on_numbering(written: Iterable[type[models.Model]]) -> None:
    """Continue the numbering of keys after copied rows, which bring their own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)


def moment(day: date, hour: int, lot: int) -> datetime:
    """Return a time of a day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, lot % 60, lot % 59, tzinfo=UTC)
