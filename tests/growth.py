"""How much longer something takes on a text four times as long."""

from collections.abc import Callable
from time import process_time

from tests.adversarial_texts import Shape

SHORT, LONG = 1_500, 6_000
#: Seconds. What takes less than this on the long text is fast, whatever the clock says of its growth; the square of
#: the length takes longer even where each step is one comparison in C.
_FAST = 0.002
#: Seconds. What takes this long on the short text is slow whatever it takes on the long one.
_SLOW = 2.0


def growth(read: Callable[[str], object], shape: Shape, short: int = SHORT, long: int = LONG) -> float:
    """Return t(long) / t(short) in processor time, each the least of several trials in turn; 1 where fast."""
    short_text, long_text = shape.text(short), shape.text(long)
    first = _cost(read, short_text, 1)
    if first > _SLOW:
        return float("inf")
    if _cost(read, long_text, 1) < max(_FAST, 6 * first):
        return 1.0
    shorts, longs = zip(
        *((_cost(read, short_text, 3), _cost(read, long_text, 1)) for _ in range(5)), strict=True
    )
    return min(longs) / min(shorts)


def _cost(read: Callable[[str], object], text: str, best_of: int) -> float:
    costs = []
    for _ in range(best_of):
        begun = process_time()
        read(text)
        costs.append(process_time() - begun)
    return max(min(costs), 1e-6)
