"""What population is wanted. The same numbers, day and seed give the same one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wanted:
    """So many cases, so many of them open on `today`."""

    cases: int
    still_open: int
    seed: int
    today: date
