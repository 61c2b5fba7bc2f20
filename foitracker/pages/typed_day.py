"""A day as people type it: the one reader behind every box, filter and command that takes a day from a person."""

import re
from datetime import date

from foitracker.pages.words import MONTHS

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BETWEEN = re.compile(r"[\s/.,-]+")


class NotADay(ValueError):
    """What was typed is no day."""


class YearNotInFull(NotADay):
    """The year was typed with fewer than four digits, so that its century would be a guess."""


def read_day(text: str) -> date:
    """Return the day that `text` names: “25/4/2025”, “25 April 2025”, “25 Apr 2025” or “2025-04-25”.

    Raises YearNotInFull for a year of fewer than four digits, and NotADay for anything else that is no day.
    """
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 3:
        raise NotADay(text)
    if len(parts[0]) == 4 and parts[0].isdecimal():
        parts.reverse()
    try:
        day, month, year = int(parts[0]), _month(parts[1]), int(parts[2])
        if year < 1000:
            raise YearNotInFull(text)
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, NotADay) else NotADay(text) from error


def read_iso_day(value: object) -> date:
    """Return the day written as YYYY-MM-DD, as commands and files write it.

    Raises NotADay, with a message that says what is wrong, for anything else and for impossible days.
    """
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise NotADay(f"“{value}” is not a day of the calendar. Check day and month.") from None
    raise NotADay(f"“{value}” is not a date. Write it as YYYY-MM-DD.")


def _month(typed: str) -> int:
    """The number of a month, typed as a number or by its English name, at least three letters of it."""
    word = typed.lower()
    for number, name in enumerate(MONTHS, start=1):
        if len(word) > 2 and name.lower().startswith(word):
            return number
    return int(typed)
