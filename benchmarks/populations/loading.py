"""Writing a synthetic population into PostgreSQL by COPY, in one transaction, with every constraint on."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import islice

from django.db import connection, models, transaction

from benchmarks.populations.kinds import Case, Kind, Population
from benchmarks.populations.wanted import Wanted
from dashboard.demonstration.archive.copying import Row, Table, copy_rows, go_on_numbering
from dashboard.demonstration.archive.trail import Trail, begin_trail, end_trail
from foitracker.audit.models import Entry

#: So many cases are made in memory, then copied table by table.
BATCH = 5_000


@transaction.atomic
def load(kind: Kind, wanted: Wanted, *, at: datetime, progress: Callable[[int], None]) -> None:
    """Write a population into a database that holds no case of its kind: all of it or nothing.

    `at` is when its audit entries are recorded; `progress` is told how many cases are written so far. Raise
    CalendarNotCovered and NothingToReferTo.
    """
    population = kind.populate(wanted)
    with connection.cursor() as cursor:
        # Checked batch by batch; deferred to the end they would be kept in memory by the million.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    trail = begin_trail(at)
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
    end_trail(trail)
    go_on_numbering(written)


def _rows(batch: Iterable[Case], population: Population, trail: Trail) -> Iterator[tuple[Table, Row]]:
    """The rows of a batch; the version of a case is the number of its events."""
    for case in batch:
        events = list(population.events(case))
        yield from population.rows(case, len(events))
        yield from trail.entries(case.reference, case.lot, events)


@contextmanager
def _built_at_the_end(table: type[models.Model], name: str) -> Iterator[None]:
    """Drop an index for the time being: building it whole takes a tenth of the time of updating it row by row."""
    index = next(index for index in table._meta.indexes if index.name == name)
    with connection.schema_editor() as editor:
        editor.remove_index(table, index)
    yield
    with connection.schema_editor() as editor:
        editor.add_index(table, index)
