"""What changed from one number to another.

Percentages are computed from the numbers, to one decimal; there is none of nothing. The number always stands beside
the percentage, without which small counts mislead.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NOT_APPLICABLE = "n/a"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Change:
    """From one number to another. `percent` is None where the first is 0."""

    number: int
    percent: Decimal | None

    def __str__(self) -> str:
        """+10 (+29.4%); +3 (n/a) where there was nothing before."""
        percent = NOT_APPLICABLE if self.percent is None else f"{_signed(self.percent)}%"
        return f"{_signed(self.number)} ({percent})"


def change(before: int, after: int) -> Change:
    """Return the change from one number to another."""
    if before == 0:
        return Change(after, None)
    percent = (Decimal(after - before) * 100 / Decimal(before)).quantize(_TENTH, ROUND_HALF_UP)
    return Change(after - before, percent)


def _signed(number: int | Decimal) -> str:
    """+10, −10 with a true minus sign, 0."""
    if number == 0:
        return "0"
    return f"+{number:,}" if number > 0 else f"−{-number:,}"
