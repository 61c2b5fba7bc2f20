"""One page of a long list, read quickly whatever PostgreSQL guesses about it.

It guesses how many rows match a filter and where they lie, and goes wrong where words or days go together: words
that are always used together, or never; a month of long ago in a list that begins with the newest. Then it walks
the whole archive for fifty rows, or sorts half of it. So the rows are counted first, to a cap, and the count decides
how the page is read. It costs what the cap costs, however large the archive is.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Func, Model, QuerySet

_Row = TypeVar("_Row", bound=Model)

#: Lists count up to here, then say “more than”.
COUNT_CAP = 10_000
#: This many of the newest rows show what most rows are like.
SAMPLE = 200

_WAYS = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan")
#: To count: through indexes.
_COUNTING = {"enable_seqscan"}
#: Few match: fetch them all and sort them.
_GATHERING = {"enable_seqscan", "enable_indexscan", "enable_indexonlyscan"}
#: Many match: follow the order's own index, where the next that matches is never far.
_WALKING = {"enable_seqscan", "enable_bitmapscan"}


def counted_along(found: QuerySet[_Row], cap: int) -> int:
    """Count the rows of a usual query set, the newest first; for more than `cap`, it gives `cap` + 1.

    The cap is soon reached. Like `read_page` it is called within a transaction, with which its advice to PostgreSQL
    ends.
    """
    _advise_against(_WALKING)
    return found.order_by("-pk")[: cap + 1].count()


def is_usual(found: QuerySet[_Row]) -> bool:
    """Return whether most of the newest rows of the table are in a query set."""
    newest = found.model._default_manager.order_by("-pk").values("pk")[:SAMPLE]
    return found.order_by().filter(_IsAnyOf("pk", ArraySubquery(newest))).count() > SAMPLE / 2


def gathered(found: QuerySet[_Row], cap: int) -> list[int]:
    """Return the keys of a query set that columns order, in their order; `cap` + 1 of any when there are more.

    What is not usual is counted and sorted by them in one pass, which reads nothing else of the rows: of days, only
    an index. Called within a transaction, as `counted_along` is.
    """
    _advise_against(_COUNTING)
    order = [str(term) for term in found.query.order_by]
    asked = found.order_by().values_list("pk", *(term.lstrip("-") for term in order))[: cap + 1]
    sql, parameters = asked.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    names = [f"by_{place}" for place, _ in enumerate(order)]
    by = ", ".join(name + " DESC" * term.startswith("-") for name, term in zip(names, order, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_agg(key ORDER BY {by}) FROM ({sql}) AS found (key, {', '.join(names)})",  # noqa: S608
            parameters,
        )
        (keys,) = cursor.fetchone()
    return keys or []


def read_rows(found: QuerySet[_Row], keys: Sequence[int]) -> list[_Row]:
    """Read the rows of a query set with these keys, in the order of the keys."""
    _advise_against({"enable_seqscan"})
    rows = {row.pk: row for row in found.order_by().filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def read_page(page: QuerySet[_Row], *, are_many: bool) -> list[_Row]:
    """Read a slice of an ordered query set; `are_many` says that its rows passed the cap."""
    _advise_against(_WALKING if are_many else _GATHERING)
    return list(page)


class _IsAnyOf(Func):
    """A key is in an array, which PostgreSQL looks up key by key: given a query, it may match all rows first."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _advise_against(ways: set[str]) -> None:
    """Have PostgreSQL read tables in other ways than these, unless it has no other.

    Compiling is left out as well: it pays for queries of seconds, and would start for what was advised against.
    The memory lets it note a million matches row by row; with less it notes pages, and reads all of their rows.
    """
    choices = {"jit": "off", "work_mem": "'64MB'"} | {way: "off" if way in ways else "on" for way in _WAYS}
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {choice}" for name, choice in choices.items()))
