"""Reading a great part of the log at once, as counting does."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_CHOICES = {"jit": "off", "work_mem": "'64MB'", "max_parallel_workers_per_gather": "0"}
#: Whether the statements that run now are inside.
_is_counting = ContextVar("_is_counting", default=False)


@contextmanager
def counting() -> Iterator[None]:
    """Make PostgreSQL read in memory and without JIT compilation, for the statements inside.

    Compiling takes longer than the counting it would speed up, 4 MB are soon full of log numbers, and several
    workers would each count what all of them need. Inside another it does nothing more.
    """
    if _is_counting.get():
        yield
        return
    token = _is_counting.set(True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("; ".join(f"SET LOCAL {name} = {choice}" for name, choice in _CHOICES.items()))
            yield
    finally:
        _is_counting.reset(token)
