"""Reference numbers: of requests (`0007/2026`) and of logs in the Central Referral Unit (`636/18`).

Both are a number that restarts each year, and the year; they differ in how they are written.
"""

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Self

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


class ReferenceNotUnderstood(ValueError):
    """What was given is not a reference of this kind; the message shows the form that is expected."""


@total_ordering
@dataclass(frozen=True, slots=True)
class _NumberInYear:
    """A number from 1 on, within a year from 2000 to 2099. Ordered by year, then number."""

    number: int
    year: int

    def __post_init__(self) -> None:
        if self.number < 1 or not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise ReferenceNotUnderstood(
                f"Number {self.number} of the year {self.year} cannot be a reference. The number starts at 1 "
                f"and the year lies between {_FIRST_YEAR} and {_LAST_YEAR}."
            )

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return (self.year, self.number) < (other.year, other.number)


_REQUEST = re.compile(
    r"\s*(?:(?:npcc\s*)?(?:foia?|eir)\b[\s:#-]*)?([0-9]{1,7})\s*/\s*(20[0-9]{2})\s*", re.IGNORECASE
)
_LOG = re.compile(
    r"\s*(?:(?:cru|log|case|ref(?:erence)?|number|no)\b[\s.:#]*)*([0-9]{1,6})\s*/\s*((?:20)?[0-9]{2})\s*",
    re.IGNORECASE,
)


class RequestReference(_NumberInYear):
    """The reference of a request: its number, of at least four digits when written, and the year in full."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2253/2025`, `7/2026`, `0007 / 2026`, `FOI 2253/2025`. Raises ReferenceNotUnderstood."""
        match = _REQUEST.fullmatch(text)
        if not match:
            raise ReferenceNotUnderstood(
                f"“{_shown(text)}” is not a request reference. Write the number and the "
                "four-digit year, such as 2253/2025."
            )
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.number:04}/{self.year}"


class LogNumber(_NumberInYear):
    """The number of a log in the Central Referral Unit: written without padding, the year with two digits."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `636/18`, `000636/18`, `636/2018`, `CRU Ref: 636/18`. Raises ReferenceNotUnderstood.

        Two digits of a year are of this century. A year in full is accepted, because here it is known that a
        log is meant.
        """
        match = _LOG.fullmatch(text)
        if not match:
            raise ReferenceNotUnderstood(
                f"“{_shown(text)}” is not a CRU log number. Write the number and the "
                "two-digit year, such as 636/18."
            )
        return cls(int(match[1]), _FIRST_YEAR + int(match[2][-2:]))

    def __str__(self) -> str:
        return f"{self.number}/{self.year % 100:02}"


def _shown(text: str) -> str:
    """What was typed, short enough for a message."""
    text = text.strip()
    return text if len(text) <= 30 else f"{text[:29]}…"


def reference_in_address(year: int, number: int) -> str:
    """Return the reference of the request that an address names. Raises ReferenceNotUnderstood for none."""
    return str(RequestReference(number, year))
