"""Numbers that are given out year by year."""

from __future__ import annotations

from typing import Any

from django.db import connection, models


class YearCounter(models.Model):
    """The last number given out in a year. One row a year; numbers only rise, so no gap is reused."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.last_number} in {self.year}"

    @classmethod
    def allocate(cls, year: int) -> int:
        """Return the next number of `year`, in one statement.

        The row stays locked until the caller's transaction ends, so two people logging at once queue
        for a moment and get different numbers.
        """
        return int(cls._run(_ALLOCATE, [year])[0])

    @classmethod
    def raise_to(cls, year: int, number: int) -> None:
        """Make sure that `number`, brought over from elsewhere, is not given out again."""
        cls._run(_RAISE, [year, number])

    @classmethod
    def _run(cls, statement: str, values: list[int]) -> Any:
        table = connection.ops.quote_name(cls._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("{table}", table), values)
            return cursor.fetchone()


_ALLOCATE = (
    "INSERT INTO {table} AS counter (year, last_number) VALUES (%s, 1) "
    "ON CONFLICT (year) DO UPDATE SET last_number = counter.last_number + 1 RETURNING last_number"
)


_RAISE = (
    "INSERT INTO {table} AS counter (year, last_number) VALUES (%s, %s) ON CONFLICT (year) DO UPDATE "
    "SET last_number = GREATEST(counter.last_number, EXCLUDED.last_number) RETURNING last_number"
)
