"""How many requests the next quarter will bring: the mean of a year, and a damped trend, each with its past errors.

Nothing is stored. A past forecast is computed again from the months that were known then, so that it is what would
have been said on that day. (A library of forecasting models did no better on such short series.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

#: Months in a quarter; months that the mean is taken of, and without which nothing is forecast.
QUARTER, YEAR = 3, 12
#: How much of each month's surprise goes into the level and the trend, and what is left of the trend a month later.
_LEVEL, _TREND, _DAMPING = 0.3, 0.1, 0.9
#: A range is given from so many past errors on, a month apart; it is as wide as this part of them was.
LEAST_ERRORS, _HELD = 6, 0.8

#: Takes the months known, the oldest first, and how many months ahead; gives the receipts of that month.
Method = Callable[[Sequence[int], int], float]


@dataclass(frozen=True)
class Forecast:
    """What a quarter was forecast to bring, with its range where there is one. `actual` is None until it is over.

    `begins` is the place of its first month in the series.
    """

    begins: int
    value: float
    low: float | None
    high: float | None
    actual: int | None = None

    @property
    def held(self) -> bool | None:
        """Whether what came lay in the range; None without a range, or before it has come."""
        if self.actual is None or self.low is None or self.high is None:
            return None
        return self.low <= self.actual <= self.high


def mean(known: Sequence[int], ahead: int) -> float:
    """Return the mean of the last twelve months, for every month ahead alike."""
    return sum(known[-YEAR:]) / len(known[-YEAR:])


def damped_trend(known: Sequence[int], ahead: int) -> float:
    """Return the level of the last month and the trend to it, which fades the further ahead (Gardner and McKenzie)."""
    level, trend = float(known[0]), 0.0
    for came in known[1:]:
        expected = level + _DAMPING * trend
        trend = _DAMPING * trend + _TREND * (came - expected)
        level = expected + _LEVEL * (came - expected)
    return level + trend * sum(accumulate([_DAMPING] * ahead, lambda left, part: left * part))


def forecasts(months: Sequence[int], method: Method, gap: int = 0) -> list[Forecast]:
    """Return what `method` says of each past quarter and, last, of the next one; none from less than a year of months.

    `months` are receipts, the oldest first; `gap` months lie between the last of them and the next quarter, and lay
    between what was known and each quarter before. The range is that of the errors known on the day, of forecasts made
    each month alike of the three months as far ahead.
    """
    next_quarter = len(months) + gap
    said = {
        begins: max(0.0, sum(method(months[: begins - gap], gap + month) for month in range(1, QUARTER + 1)))
        for begins in range(YEAR + gap, next_quarter + 1)
    }
    came = {
        begins: sum(months[begins : begins + QUARTER]) for begins in said if begins + QUARTER <= len(months)
    }
    errors = {begins: abs(actual - said[begins]) for begins, actual in came.items()}
    found: list[Forecast] = []
    for begins in range(YEAR + gap + (next_quarter - YEAR - gap) % QUARTER, next_quarter + 1, QUARTER):
        value = said[begins]
        width = _width([error for past, error in errors.items() if past + QUARTER <= begins - gap])
        low, high = (None, None) if width is None else (max(0.0, value - width), value + width)
        found.append(Forecast(begins, value, low, high, came.get(begins)))
    return found


def mean_error(past: Sequence[Forecast]) -> float | None:
    """Return how far forecasts were from what came, on average, either way; None where nothing has come."""
    errors = [abs(one.actual - one.value) for one in past if one.actual is not None]
    return sum(errors) / len(errors) if errors else None


def _width(errors: Sequence[float]) -> float | None:
    """The error that four of five past ones did not exceed (nearest rank); None of too few."""
    if len(errors) < LEAST_ERRORS:
        return None
    return sorted(errors)[ceil(len(errors) * _HELD) - 1]
