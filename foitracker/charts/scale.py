"""Axes: round ticks and where a number stands."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

Number = int | float | Decimal
_DIGITS = (1, 2, 5)
#: Every which label is shown where not all have room.
STEPS = (1, 2, 3, 4, 5, 6, 10, 12, 20, 24, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers between `low` and `high` to places between `start` and `end`."""

    ticks: tuple[int | Decimal, ...]
    start: float
    end: float

    @property
    def low(self) -> int | Decimal:
        """Where the axis begins."""
        return self.ticks[0]

    @property
    def high(self) -> int | Decimal:
        """Where the axis ends."""
        return self.ticks[-1]

    def at(self, value: Number) -> float:
        """Return the place of a number."""
        share = (float(value) - float(self.low)) / (float(self.high) - float(self.low))
        return self.start + share * (self.end - self.start)


def round_ticks(
    highest: Number, *, lowest: Number = 0, whole: bool = True, most: int = 6
) -> tuple[int | Decimal, ...]:
    """Return at most `most` round numbers that enclose `lowest` and `highest`, evenly apart; at least two.

    `whole` numbers only where what is counted has no halves.
    """
    low, high = Decimal(str(lowest)), Decimal(str(highest))
    exponent = -1 if not whole else 0
    while True:
        for digit in _DIGITS:
            step = Decimal(digit).scaleb(exponent)
            first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
            if last - first < most:
                return tuple(_plain(step * number) for number in range(first, last + 1))
        exponent += 1


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value
