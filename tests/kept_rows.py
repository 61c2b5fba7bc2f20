"""Rows that all tests of a module read, made once: for many short questions about one large population."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_for_a_module(django_db_blocker: Any) -> Iterator[None]:
    """Let a fixture of a module write rows; they go when the module is done. Each test undoes its own besides."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
