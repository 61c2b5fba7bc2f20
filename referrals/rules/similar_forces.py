"""One force beside forces like it: the pooled rate is the sum of what is counted over the sum of what it is counted of.

It is no average of rates: a large force weighs as much as it has requests. The force itself is in the pool. A force
whose base is not known is left out of both sums, and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_HUNDREDTH = Decimal("0.01")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportedRequests:
    """How many requests a force says it received on the days from `from_on` to `to_on`, both counted."""

    from_on: date
    to_on: date
    received: int
    source: str


@dataclass(frozen=True, slots=True)
class ForceRate:
    """What was counted of one force and what of; `base` is None where it is not known."""

    force: str
    number: int
    base: int | None

    @property
    def rate(self) -> Decimal | None:
        """So many of a hundred, to two decimals; None of nothing or of what is not known."""
        return rate(self.number, self.base)


@dataclass(frozen=True)
class Pooled:
    """The rates of the forces of a group and the rate of all together."""

    forces: Sequence[ForceRate]

    @property
    def counted(self) -> list[ForceRate]:
        """The forces that are in both sums."""
        return [one for one in self.forces if one.base is not None]

    @property
    def left_out(self) -> list[str]:
        """The forces whose base is not known."""
        return [one.force for one in self.forces if one.base is None]

    @property
    def number(self) -> int:
        return sum(one.number for one in self.counted)

    @property
    def base(self) -> int:
        return sum(one.base or 0 for one in self.counted)

    @property
    def rate(self) -> Decimal | None:
        """The pooled rate: so many of a hundred; None of nothing."""
        return rate(self.number, self.base)

    @property
    def working(self) -> str:
        """The calculation as one does it by hand, in words; empty where nothing can be counted."""
        if self.rate is None:
            return ""
        if len(self.counted) == 1:
            return f"{self.number:,} × 100 ÷ {self.base:,} = {self.rate}"
        numbers = " + ".join(f"{one.number:,}" for one in self.counted)
        bases = " + ".join(f"{one.base:,}" for one in self.counted)
        return f"({numbers}) × 100 ÷ ({bases}) = {self.number:,} × 100 ÷ {self.base:,} = {self.rate}"


def rate(number: int, base: int | None) -> Decimal | None:
    """Return how many of a hundred, to two decimals, half up; None of nothing or of what is not known."""
    return (Decimal(number) * 100 / base).quantize(_HUNDREDTH, ROUND_HALF_UP) if base else None


def base_of(
    reports: Sequence[ReportedRequests], first: date, last: date
) -> tuple[int, tuple[str, ...]] | None:
    """Return how many requests a force reported for the days from `first` to `last`, and the sources.

    That is one report of exactly these days, or shorter ones that follow each other without a gap; the longest are
    taken first. None where the reports do not make up the days.
    """
    if first > last:
        return 0, ()
    for report in sorted(reports, key=lambda one: one.to_on, reverse=True):
        if report.from_on == first and report.to_on <= last:
            rest = base_of(reports, report.to_on + _DAY, last)
            if rest is not None:
                return report.received + rest[0], tuple(dict.fromkeys((report.source, *rest[1])))
    return None
