"""Writing a synthetic population into PostgreSQL by COPY, in one transaction, with every constraint on."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

import pgtrigger
from django.core.management.color import no_style
from django.db import connection, models, transaction

from foitracker.audit import queries as audit
from foitracker.audit.models import Entry, Head
from requests_app.management.synthetic.people import LOGGED_BY, set_up_people
from requests_app.management.synthetic.population import SyntheticRequest, population
from requests_app.management.synthetic.rows import CLAIMED_ITEM, Row, RowMaker
from requests_app.management.synthetic.trail import Trail, acts
from requests_app.models import (
    Applicant,
    Clarification,
    ExemptionClaim,
    FoiRequest,
    Letter,
    ReferenceCounter,
    RequestItem,
)
from requests_app.queries.calendar import current_calendar

#: So many requests are made in memory, then copied table by table.
BATCH = 5_000

#: Rows are copied table by table, those that others point at first.
COPY_ORDER: list[type[models.Model]] = [
    FoiRequest, Applicant, Clarification, RequestItem, ExemptionClaim, CLAIMED_ITEM, Letter, Entry,
]  # fmt: skip

Tables = dict[type[models.Model], list[Row]]


def synthetic_requests() -> models.QuerySet[FoiRequest]:
    """This function will give the requests that this module wrote."""
    return FoiRequest.objects.filter(logged_by__email=LOGGED_BY)


@transaction.atomic
def load(
    *,
    requests: int,
    still_open: int,
    seed: int,
    today: date,
    at: datetime,
    progress: Callable[[int], None],
) -> None:
    """This function will write a population into a register that holds no request: all of it or nothing.

    `at` is when its audit entries are recorded; `progress` is told how many requests are written so far.
    Raises CalendarNotCovered.
    """
    calendar = current_calendar()
    made = population(requests=requests, still_open=still_open, seed=seed, today=today, calendar=calendar)
    with connection.cursor() as cursor:
        # Checked batch by batch; deferred to the end they would be kept in memory by the million.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("LOCK TABLE audit_head IN EXCLUSIVE MODE")
    maker = RowMaker(set_up_people(), calendar.version)
    trail = Trail(audit.head(), at)
    last_numbers: dict[int, int] = {}
    written: set[type[models.Model]] = set()
    with _search_index_built_at_the_end():
        while batch := list(islice(made, BATCH)):
            for model, rows in _tables(batch, maker, trail).items():
                _copy(model, rows)
                written.add(model)
            last_numbers |= {request.year: request.number for request in batch}
            progress(batch[-1].key)
    for year, number in last_numbers.items():
        ReferenceCounter.raise_to(year, number)
    _move_head(trail)
    _go_on_numbering(written)


@contextmanager
def _search_index_built_at_the_end() -> Iterator[None]:
    """Built whole it takes a tenth of the time it takes to keep it up row by row."""
    search_index = next(index for index in FoiRequest._meta.indexes if index.name == "request_search")
    with connection.schema_editor() as editor:
        editor.remove_index(FoiRequest, search_index)
    yield
    with connection.schema_editor() as editor:
        editor.add_index(FoiRequest, search_index)


def _tables(batch: list[SyntheticRequest], maker: RowMaker, trail: Trail) -> Tables:
    """The rows of a batch by table, in the order of COPY_ORDER."""
    tables: Tables = defaultdict(list)
    for made in batch:
        done = list(acts(made, maker.people, maker.officer_of(made)))
        for model, row in maker.rows(made, version=len(done)):
            tables[model].append(row)
        tables[Entry] += [trail.entry(made, act, version=n) for n, act in enumerate(done, start=1)]
    return {model: tables[model] for model in COPY_ORDER if tables[model]}


def _copy(model: type[models.Model], rows: list[Row]) -> None:
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


def _move_head(trail: Trail) -> None:
    """Let the trail end with the last entry copied; the head's trigger knows single steps only."""
    with pgtrigger.ignore("audit.Head:head_moves_on_to_an_entry"):
        Head.objects.update_or_create(pk=1, defaults={"sequence": trail.sequence, "hash": trail.hash})


def _go_on_numbering(written: set[type[models.Model]]) -> None:
    """Rows were copied with their keys; let what is written after them be numbered from there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)
