"""The periods that referrals are counted in: named as people name them, and always with both dates.

“2024” and “quarter 3” mean different days to different readers, so no period is printed by its name alone. Where
the log is complete only up to a day, every period of a comparison is shortened alike.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.pages import typed_day
from foitracker.pages.words import MONTHS, in_words, month_in_words

_DAY = timedelta(days=1)
_FINANCIAL = re.compile(r"(20\d\d)\s*(?:/|-|–|to)\s*(?:20)?(\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")
_BETWEEN = re.compile(r"(?<=\s)(?:to|until|-|–)(?=\s)", re.IGNORECASE)
_NEXT = re.compile(r"[,;\n]|(?<=\s)and(?=\s)")
_QUARTERS_BEGIN = (1, 4, 7, 10)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


class PeriodNotUnderstood(ValueError):
    """What was given is no period, or none that can be counted; the message shows how to write one."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `from_on` to `to_on`, both of them counted, and what the period is called."""

    from_on: date
    to_on: date
    label: str

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise PeriodNotUnderstood(
                f"A period cannot end on {in_words(self.to_on)}, before it begins on {in_words(self.from_on)}."
            )
        if self.from_on.year < _FIRST_YEAR - 1 or self.to_on.year > _LAST_YEAR:
            raise PeriodNotUnderstood(
                f"{self.dates} lies outside the years that are counted, {_FIRST_YEAR} to {_LAST_YEAR}. Check the year."
            )

    def __str__(self) -> str:
        return self.dates if self.label == self.dates else f"{self.label} ({self.dates})"

    @property
    def dates(self) -> str:
        """Both days in words, the last one included."""
        return f"{in_words(self.from_on)} to {in_words(self.to_on)}"

    @property
    def lasts(self) -> tuple[int, int]:
        """How long it lasts: whole months, and days beyond them."""
        return months_and_days(self.from_on, self.to_on + _DAY)


def calendar_year(year: int) -> Period:
    """Return the year from 1 January. Raises PeriodNotUnderstood for a year out of range."""
    return Period(_day(year, 1, 1), _day(year, 12, 31), f"Calendar year {year}")


def financial_year(year: int) -> Period:
    """Return the year that begins on 1 April of `year`. Raises PeriodNotUnderstood."""
    return Period(_day(year, 4, 1), _day(year + 1, 3, 31), f"Financial year {year}/{(year + 1) % 100:02}")


def quarter(year: int, first_month: int) -> Period:
    """Return three months, named by their months: which quarter is the third is disputed.

    Raises PeriodNotUnderstood unless they begin in January, April, July or October.
    """
    if first_month not in _QUARTERS_BEGIN:
        begin = ", ".join(MONTHS[month - 1] for month in _QUARTERS_BEGIN)
        raise PeriodNotUnderstood(f"A quarter begins in one of {begin}.")
    first = _day(year, first_month, 1)
    last = months_later(first, 3) - _DAY
    return Period(first, last, f"{MONTHS[first.month - 1]} to {month_in_words(last)}")


def year_ending(day: date) -> Period:
    """Return the year that ends with `day`, which is counted.

    It begins on the day after the same date a year before; for 29 February that is 1 March. Raises
    PeriodNotUnderstood for a year out of range.
    """
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise PeriodNotUnderstood(
            f"{in_words(day)} lies outside the years that are counted, {_FIRST_YEAR} to {_LAST_YEAR}. Check the year."
        )
    return Period(months_later(day, -12) + _DAY, day, f"Year ending {in_words(day)}")


def free_period(from_on: date, to_on: date) -> Period:
    """Return the days between two dates, both counted. Raises PeriodNotUnderstood."""
    period = Period(from_on, to_on, "")
    return Period(from_on, to_on, period.dates)


def read_day(text: str) -> date:
    """Read a day as people write it. Raises PeriodNotUnderstood, showing how to write one."""
    try:
        return typed_day.read_day(text)
    except typed_day.NotADay as error:
        raise PeriodNotUnderstood(
            f"“{_shown(text)}” is not a date. Write it as 31/3/2025 or 2025-03-31."
        ) from error


def read_years_ending(text: str) -> list[Period]:
    """Read “31/3/2025, 31/3/2024”: a year for each date. Raises PeriodNotUnderstood."""
    return _read_each(text, lambda part: year_ending(read_day(part)))


def read_calendar_years(text: str) -> list[Period]:
    """Read “2025, 2024”: a calendar year each. Raises PeriodNotUnderstood."""
    return _read_each(text, _read_calendar_year)


def read_financial_years(text: str) -> list[Period]:
    """Read “2024/25, 2023/24”: years from 1 April. Raises PeriodNotUnderstood."""
    return _read_each(text, _read_financial_year)


def read_free_periods(text: str) -> list[Period]:
    """Read “1/4/2024 to 30/9/2024”, one or more. Raises PeriodNotUnderstood."""
    return _read_each(text, _read_free_period)


def months_and_days(first: date, following: date) -> tuple[int, int]:
    """Return the whole months from `first` up to the day before `following`, and the days that are left over."""
    months = (following.year - first.year) * 12 + following.month - first.month
    if months_later(first, months) > following:
        months -= 1
    return months, (following - months_later(first, months)).days


def months_later(day: date, months: int) -> date:
    """Return the day of the same number so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR - 1 <= year <= _LAST_YEAR:
        raise PeriodNotUnderstood(
            f"{year} lies outside the years that are counted, {_FIRST_YEAR} to {_LAST_YEAR}. Check the year."
        )
    return date(year, month, day)


def _read_each(text: str, read: Callable[[str], Period]) -> list[Period]:
    parts = [part.strip() for part in _NEXT.split(text)]
    return [read(part) for part in parts if part]


def _read_calendar_year(text: str) -> Period:
    if not _YEAR.fullmatch(text):
        raise PeriodNotUnderstood(f"“{_shown(text)}” is not a calendar year. Write it as 2024.")
    return calendar_year(int(text))


def _read_financial_year(text: str) -> Period:
    match = _FINANCIAL.fullmatch(text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise PeriodNotUnderstood(
            f"“{_shown(text)}” is not a financial year. Write the one from 1 April 2024 as 2024/25."
        )
    return financial_year(int(match[1]))


def _read_free_period(text: str) -> Period:
    ends = _BETWEEN.split(text)
    if len(ends) != 2:
        raise PeriodNotUnderstood(
            f"“{_shown(text)}” is not a period. Write its first and last day as 1/4/2024 to 30/9/2024."
        )
    return free_period(read_day(ends[0]), read_day(ends[1]))


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"
