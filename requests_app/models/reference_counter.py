from __future__ import annotations

from foitracker.casework.year_counter import YearCounter


class ReferenceCounter(YearCounter):
    """The numbers of requests."""

    class Meta:
        verbose_name = "reference counter"
