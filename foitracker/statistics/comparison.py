"""What changed from one number, share or number of days to another, in the unit of what is compared.

Percentages are computed from the numbers, to one decimal; there is none of nothing. The number always stands beside
the percentage, without which small counts mislead. Shares differ by percentage points, days by days.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from foitracker.statistics.shares import Share

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


def share_change(before: Share | None, after: Share | None) -> str:
    """Return how many percentage points one share is above another: “+0.4 pp”; “n/a” where one is of nothing.

    Where either is of fewer than 20, the change of the number stands beside it.
    """
    if before is None or after is None or not before.of or not after.of:
        return NOT_APPLICABLE
    exact = Decimal(after.number) * 100 / after.of - Decimal(before.number) * 100 / before.of
    points = f"{_signed(exact.quantize(_TENTH, ROUND_HALF_UP))} pp"
    if before.is_of_few or after.is_of_few:
        return f"{points} ({_signed(after.number - before.number)})"
    return points


def days_change(before: int | None, after: int | None) -> str:
    """Return how many days more: “+1 day”; “n/a” where one is unknown."""
    if before is None or after is None:
        return NOT_APPLICABLE
    more = after - before
    return f"{_signed(more)} day{'' if abs(more) == 1 else 's'}"


def _signed(number: int | Decimal) -> str:
    """+10, −10 with a true minus sign, 0."""
    if number == 0:
        return "0"
    return f"+{number:,}" if number > 0 else f"−{-number:,}"
