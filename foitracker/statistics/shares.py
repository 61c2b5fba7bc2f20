"""A part of a whole: both numbers, the per cent, and in which of the regulator's bands it lies."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_TENTH = Decimal("0.1")
#: Below so many the per cent says little: the change of the number is printed beside it.
FEW = 20
#: What is said of a part of nothing.
NO_CASES = "no cases"


class Band(StrEnum):
    """The regulator's judgement of timeliness (ICO toolkit), for the latest quarter: ≥ 95 %, 90 to 95, below 90."""

    GOOD = "good"
    ADEQUATE = "adequate"
    UNSATISFACTORY = "unsatisfactory"


#: The least per cent of each band, the best first.
BANDS: tuple[tuple[int, Band], ...] = ((95, Band.GOOD), (90, Band.ADEQUATE), (0, Band.UNSATISFACTORY))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; none of nothing has no per cent."""

    number: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """To one decimal, half up; None of nothing."""
        if not self.of:
            return None
        return (Decimal(self.number) * 100 / self.of).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def band(self) -> Band | None:
        """The band, by the exact share, not the printed one; None of nothing."""
        if not self.of:
            return None
        return next(band for least, band in BANDS if self.number * 100 >= least * self.of)

    @property
    def is_of_few(self) -> bool:
        return self.of < FEW

    def __str__(self) -> str:
        """27 of 34: 79.4%; none of nothing is “no cases”."""
        return f"{self.number:,} of {self.of:,}: {self.percent}%" if self.of else NO_CASES
