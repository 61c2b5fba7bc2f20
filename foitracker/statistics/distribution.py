"""Medians and percentiles of whole days, from how often each number of days occurs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Distribution:
    """How often each number of days occurs."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def percentile(self, percent: int) -> int | None:
        """Return the least number of days within which so many per cent lie (nearest rank); None of nothing.

        `percent` is 1 to 100. It is a number of days that occurs, never one between two.
        """
        rank, seen = ceil(self.total * percent / 100), 0
        for days in sorted(self.counts):
            seen += self.counts[days]
            if seen >= rank:
                return days
        return None

    @property
    def median(self) -> int | None:
        return self.percentile(50)
