"""Reading a great part of the log at once, as counting does."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def counting() -> Iterator[None]:
    """This function will have PostgreSQL read in memory and without compiling, for the statements inside.

    Compiling takes longer than the counting it would speed up, and 4 MB are soon full of log numbers.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        yield
