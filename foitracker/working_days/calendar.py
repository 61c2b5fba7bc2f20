"""Working days in the sense of FOIA s.10(6), which EIR reg 2(1) takes over.

A Saturday, a Sunday, Christmas Day, Good Friday and a day that is a bank holiday in any part of the United
Kingdom under the Banking and Financial Dealings Act 1971 are not working days. Every other day is one,
whether or not the authority's office was open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from foitracker.pages.words import short_date

NATIONS: dict[str, str] = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
_WEEKEND = {5: "Saturday", 6: "Sunday"}


class CalendarNotCovered(LookupError):
    """A date lies outside the years whose bank holidays are known. The message says what to do."""

    def __init__(self, day: date | None, first_year: int, last_year: int) -> None:
        what = f"{short_date(day)} lies" if day else "The date asked for lies"
        super().__init__(
            f"{what} outside the working-day calendar, which knows the bank holidays of {first_year} to "
            f"{last_year}. Check the year; if it is right, add the bank holidays of the missing years to the "
            "calendar first."
        )
        self.day = day


class CalendarDataError(ValueError):
    """The bank holiday data cannot be a calendar. The message names the row or year and what to correct."""


@dataclass(frozen=True)
class WorkingDayCalendar:
    """The days that are not working days, for whole years from `first_year` to `last_year`.

    `holidays` gives for each bank holiday in any part of the UK, Good Friday and Christmas Day the reason in
    words; weekends need not be in it. Look-ups are made from tables built once, on first use.
    """

    holidays: Mapping[date, str]
    first_year: int
    last_year: int

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change whenever a holiday, its reason or the coverage changes."""
        lines = [f"{self.first_year}-{self.last_year}"]
        lines += [f"{day.isoformat()} {reason}" for day, reason in sorted(self.holidays.items())]
        return sha256("\n".join(lines).encode()).hexdigest()[:12]

    def is_working_day(self, day: date) -> bool:
        """Return whether `day` counts under s.10(6). Raises CalendarNotCovered."""
        return self.reason_not_working(day) is None

    def reason_not_working(self, day: date) -> str | None:
        """Return why `day` does not count (weekend, or which holiday where); None for a working day.

        Raises CalendarNotCovered.
        """
        if not self.first_year <= day.year <= self.last_year:
            raise CalendarNotCovered(day, self.first_year, self.last_year)
        return _WEEKEND.get(day.weekday()) or self.holidays.get(day)

    def add_working_days(self, day: date, number: int) -> date:
        """Return the `number`th working day following `day`, which is day 0 whether or not it is a working day.

        `number` is 1 or more, else ValueError. Raises CalendarNotCovered when either end is not covered.
        """
        if number < 1:
            raise ValueError(f"Count 1 working day or more, not {number}.")
        working_days, _ = self._tables
        index = self._rank(day) + number - 1
        if index >= len(working_days):
            raise CalendarNotCovered(None, self.first_year, self.last_year)
        return working_days[index]

    def add_working_days_to_each(self, days: Sequence[date], number: int) -> list[date]:
        """Return `add_working_days` of each of many days, in their order, at a fraction of the cost.

        `number` is 1 or more, else ValueError. Raises CalendarNotCovered, naming the first or last day.
        """
        if not days:
            return []
        self.add_working_days(min(days), number)
        self.add_working_days(max(days), number)
        working_days, ranks = self._tables
        offset, further = self._first_ordinal, number - 1
        return [working_days[ranks[day.toordinal() - offset] + further] for day in days]

    def count_working_days(self, after: date, through: date) -> int:
        """Count the working days later than `after`, up to and including `through`.

        Negative when `through` is the earlier one. Raises CalendarNotCovered.
        """
        return self._rank(through) - self._rank(after)

    def first_day_beyond(self, day: date, number: int) -> date:
        """Return the first day to which there are more than `number` working days from `day`; it is a working day.

        Days before it have `number` or fewer, negative for those that are past. Where the calendar begins or ends
        before it is reached, that is its first or last working day. Raises CalendarNotCovered for `day`.
        """
        working_days = self._tables[0]
        return working_days[min(max(self._rank(day) + number, 0), len(working_days) - 1)]

    def _rank(self, day: date) -> int:
        """How many working days the calendar holds up to and including `day`."""
        ranks = self._tables[1]
        offset = day.toordinal() - self._first_ordinal
        if not 0 <= offset < len(ranks):
            raise CalendarNotCovered(day, self.first_year, self.last_year)
        return ranks[offset]

    @cached_property
    def _first_ordinal(self) -> int:
        return date(self.first_year, 1, 1).toordinal()

    @cached_property
    def _tables(self) -> tuple[list[date], list[int]]:
        """Every working day in order, and for every day the number of working days up to it."""
        working_days: list[date] = []
        ranks: list[int] = []
        for ordinal in range(self._first_ordinal, date(self.last_year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.weekday() not in _WEEKEND and day not in self.holidays:
                working_days.append(day)
            ranks.append(len(working_days))
        return working_days, ranks


def calendar_from_rows(rows: Iterable[Mapping[str, str | None]]) -> WorkingDayCalendar:
    """Make the calendar from bank holiday rows: `date` (ISO), `nation` (a key of NATIONS) and `title`.

    It covers the whole years from the first row's to the last row's. Good Friday and Christmas Day are
    added where no row names them (s.10(6)). Raises CalendarDataError for a row that cannot be read, and for a
    year without a bank holiday in one of the nations, because its union would be incomplete.
    """
    titles: dict[date, dict[str, list[str]]] = {}
    nations_by_year: dict[int, set[str]] = {}
    for number, row in enumerate(rows, start=1):
        day, nation, title = _read_row(number, row)
        titles.setdefault(day, {}).setdefault(title, []).append(NATIONS[nation])
        nations_by_year.setdefault(day.year, set()).add(nation)
    if not titles:
        raise CalendarDataError("There are no bank holidays in the data. Give at least one full year.")
    first_year, last_year = min(nations_by_year), max(nations_by_year)
    holidays: dict[date, str] = {}
    for year in range(first_year, last_year + 1):
        _check_complete(year, nations_by_year.get(year, set()))
        holidays[_good_friday(year)] = "Good Friday, never a working day"
        holidays[date(year, 12, 25)] = "Christmas Day, never a working day"
    holidays |= {day: _describe(by_title) for day, by_title in titles.items()}
    return WorkingDayCalendar(holidays, first_year, last_year)


def _read_row(number: int, row: Mapping[str, str | None]) -> tuple[date, str, str]:
    nation, title = (row.get("nation") or "").strip(), (row.get("title") or "").strip()
    try:
        day = date.fromisoformat((row.get("date") or "").strip())
    except ValueError:
        raise CalendarDataError(
            f"Bank holiday row {number}: “{row.get('date')}” is not a date. Write it as YYYY-MM-DD."
        ) from None
    if nation not in NATIONS:
        raise CalendarDataError(
            f"Bank holiday row {number}: “{nation}” is not a part of the UK. Use one of {', '.join(NATIONS)}."
        )
    if not title:
        raise CalendarDataError(f"Bank holiday row {number}: the title is missing. Name the holiday.")
    return day, nation, title


def _check_complete(year: int, nations: set[str]) -> None:
    missing = [name for nation, name in NATIONS.items() if nation not in nations]
    if missing:
        raise CalendarDataError(
            f"No bank holidays of {year} are given for {' or '.join(missing)}. A working day needs those of "
            "every part of the UK: add them."
        )


def _describe(nations_by_title: Mapping[str, list[str]]) -> str:
    """One reason for a day on which several parts of the UK may name their holiday differently."""
    return "; ".join(
        f"{title}, bank holiday in {_where(nations)}" for title, nations in sorted(nations_by_title.items())
    )


def _where(nations: list[str]) -> str:
    named = [name for name in NATIONS.values() if name in nations]
    if len(named) == len(NATIONS):
        return "all parts of the UK"
    return " and in ".join(named)


def _good_friday(year: int) -> date:
    """Two days before Easter Sunday, by the Meeus/Jones/Butcher rule for the Gregorian calendar."""
    century, year_of_century = divmod(year, 100)
    golden = year % 19
    skipped_leaps = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + skipped_leaps + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year_of_century // 4) - moon - year_of_century % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1) - timedelta(days=2)
