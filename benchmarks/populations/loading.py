"""Writing a synthetic population into PostgreSQL by COPY, in one transaction, with every constraint on."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import islice

import pgtrigger
from django.db import connection, models, transaction

from benchmarks.populations.kinds import Case, Kind, Population
from benchmarks.populations.trail import Trail
from benchmarks.populations.wanted import Wanted
from dashboard.demonstration.archive.copying import Row, Table, copy_rows, go_on_numbering
from foitracker.audit import queries as audit
from foitracker.audit.models import Entry, Head

#: So many cases are made in memory, then copied table by table.
BATCH = 5_000


@transaction.atomic
def load(kind: Kind, wanted: Wanted, *, at: datetime, progress: Callable[[int], None]) -> None:
    """Write a population into a database that holds no case of its kind: all of it or nothing.

    `at` is when its audit entries are recorded; `progress` is told how many cases are written so far. Raise
    CalendarNotCovered and NothingToReferTo.
    """
    population = kind.populate(wanted)
    _begin_copying()
    trail = Trail(audit.head(), at)
    last_numbers: dict[int, int] = {}
    written: set[Table] = set()
    cases = iter(population.cases)
    with ExitStack() as indexes:
        for table, name in kind.searched:
            indexes.enter_context(_built_at_the_end(table, name))
        while batch := list(islice(cases, BATCH)):
            written.update(copy_rows(_rows(batch, population, trail), [*kind.tables, Entry]))
            last_numbers |= {case.year: case.number for case in batch}
            progress(batch[-1].key)
    for year, number in last_numbers.items():
        kind.counter.raise_to(year, number)
    _move_head(trail)
    go_on_numbering(written)


def _rows(batch: Iterable[Case], population: Population, trail: Trail) -> Iterator[tuple[Table, Row]]:
    """The rows of a batch; the version of a case is the number of its events."""
    for case in batch:
        events = list(population.events(case))
        yield from population.rows(case, len(events))
        yield from trail.entries(case.reference, case.lot, events)


def _begin_copying() -> None:
    """Make the transaction ready for COPY, and keep the audit trail to it alone."""
    with connection.cursor() as cursor:
        # Checked batch by batch; deferred to the end they would be kept in memory by the million.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"LOCK TABLE {Head._meta.db_table} IN EXCLUSIVE MODE")


@contextmanager
def _built_at_the_end(table: type[models.Model], name: str) -> Iterator[None]:
    """Drop an index for the time being: building it whole takes a tenth of the time of updating it row by row."""
    index = next(index for index in table._meta.indexes if index.name == name)
    with connection.schema_editor() as editor:
        editor.remove_index(table, index)
    yield
    with connection.schema_editor() as editor:
        editor.add_index(table, index)


def _move_head(trail: Trail) -> None:
    """Let the trail end with the last entry copied; the head's trigger knows single steps only."""
    with pgtrigger.ignore("audit.Head:head_moves_on_to_an_entry"):
        Head.objects.update_or_create(pk=1, defaults={"sequence": trail.sequence, "hash": trail.hash})
