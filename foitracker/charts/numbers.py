"""Numbers as charts show them."""

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")
_SHORT = ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k"))
_LONG = 10_000


def number_words(value: int | float | Decimal, *, short: bool = False) -> str:
    """Return a number as it is read: 1,204; fractions to one decimal, 91.5.

    With `short`, numbers from ten thousand are said in parts of their size: 12k, 1.2m, 3.0bn.
    """
    if short and value >= _LONG:
        for size, letter in _SHORT:
            # What would be rounded to 1,000k is 1.0m.
            if value >= size * 0.99995:
                return f"{_rounded(Decimal(value) / size)}{letter}".replace(".0k", "k")
    return f"{value:,}" if isinstance(value, int) else f"{_rounded(Decimal(str(value))):,}"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
