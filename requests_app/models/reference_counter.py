from __future__ import annotations

from django.db import connection, models


class ReferenceCounter(models.Model):
    """The last request number given out in a year. One row a year; numbers only rise, so no gap is reused."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "reference counter"

    @classmethod
    def allocate(cls, year: int) -> int:
        """This function will give the next number of `year`, in one statement.

        The row stays locked until the caller's transaction ends, so two officers logging at once queue
        for a moment and get different numbers.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO requests_app_referencecounter (year, last_number) VALUES (%s, 1) "
                "ON CONFLICT (year) DO UPDATE "
                "SET last_number = requests_app_referencecounter.last_number + 1 "
                "RETURNING last_number",
                [year],
            )
            return int(cursor.fetchone()[0])

    @classmethod
    def raise_to(cls, year: int, number: int) -> None:
        """This function will make sure that `number`, brought over from elsewhere, is not given out."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO requests_app_referencecounter (year, last_number) VALUES (%s, %s) "
                "ON CONFLICT (year) DO UPDATE SET last_number = "
                "GREATEST(requests_app_referencecounter.last_number, EXCLUDED.last_number)",
                [year, number],
            )
