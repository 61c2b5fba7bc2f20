"""A plugin: tests that commit can be tidied up after, append-only tables or not."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Django empties every table after a test with `transaction=True`; our triggers would refuse.

    As a replica PostgreSQL leaves ordinary triggers out. That holds for the emptying alone: within
    a test they are on.
    """
    empty = TransactionTestCase._fixture_teardown

    def empty_as_replica(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            empty(self)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET session_replication_role")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_as_replica)
        yield
