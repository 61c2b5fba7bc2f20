"""The government's published bank holidays: read, checked, and compared with the calendar in force.

Published data that is wrong anywhere is refused whole: half a calendar would move dates without a reason.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from foitracker.pages.typed_day import NotADay, read_iso_day
from foitracker.pages.typed_text import single_line_problems
from foitracker.pages.words import in_words
from foitracker.working_days.calendar import NATIONS, WorkingDayCalendar

#: What a year holds at least in each part of the UK (Banking and Financial Dealings Act 1971, Sch 1, and the
#: yearly proclamations). A year with fewer is not complete.
LEAST_IN_A_YEAR: Mapping[str, int] = {"england-and-wales": 8, "scotland": 9, "northern-ireland": 10}

LONGEST_TITLE = 120
#: Deadlines are worked out ahead, so the calendar should know at least this much of the future.
AHEAD = timedelta(days=365)


class PublishedDataError(ValueError):
    """The published data cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, order=True)
class Holiday:
    """A bank holiday in one part of the UK; `division` is a key of NATIONS."""

    day: date
    division: str
    title: str

    @property
    def key(self) -> tuple[date, str]:
        return self.day, self.division


@dataclass(frozen=True)
class PublishedHolidays:
    """What was published: the holidays of all parts of the UK, for whole years."""

    holidays: tuple[Holiday, ...]
    first_year: int
    last_year: int

    @property
    def years(self) -> str:
        return f"{self.first_year}-{self.last_year}"


@dataclass(frozen=True)
class Differences:
    """What would have to change for the calendar to be as published, each in order of date."""

    additions: tuple[Holiday, ...]
    removals: tuple[Holiday, ...]


def read_published(text: str, *, today: date) -> PublishedHolidays:
    """Read the JSON of the published bank holidays: for each part of the UK its `events`.

    Raises PublishedDataError when it is not that JSON, when a part of the UK or a year is missing, unknown or
    has fewer days than the law gives it, when a date or title is impossible, or when it ends before this
    year.
    """
    document = _as_json(text)
    if unknown := sorted(set(document) - set(NATIONS)):
        raise PublishedDataError(f"It has a part that is not known here: {_shortened(', '.join(unknown))}.")
    if missing := [name for code, name in NATIONS.items() if code not in document]:
        raise PublishedDataError(f"It has nothing for {' or '.join(missing)}.")
    holidays = tuple(sorted(h for division in NATIONS for h in _read_division(division, document[division])))
    years = _whole_years(holidays)
    if years[1] < today.year:
        raise PublishedDataError(f"It ends with {years[1]}, before the present year.")
    return PublishedHolidays(holidays, *years)


def compare(in_force: Collection[Holiday], published: PublishedHolidays) -> Differences:
    """Compare the calendar with what is published, by date and part of the UK, in the years that it covers.

    Days in other years are left alone. Titles are not compared: they move no date.
    """
    ours = {holiday.key for holiday in in_force}
    theirs = {holiday.key for holiday in published.holidays}
    covered = range(published.first_year, published.last_year + 1)
    return Differences(
        additions=tuple(h for h in published.holidays if h.key not in ours),
        removals=tuple(sorted(h for h in in_force if h.day.year in covered and h.key not in theirs)),
    )


def short_years(holidays: Collection[Holiday], *, from_year: int) -> list[str]:
    """Return, for each year from `from_year` on, where a part of the UK has fewer days than the law gives it."""
    counts = Counter((holiday.day.year, holiday.division) for holiday in holidays)
    last_year = max((holiday.day.year for holiday in holidays), default=from_year)
    return [
        f"{year} has only {counts[year, division]} of at least {least} bank holidays for {NATIONS[division]}."
        for year in range(from_year, last_year + 1)
        for division, least in LEAST_IN_A_YEAR.items()
        if counts[year, division] < least
    ]


def ends_too_soon(calendar: WorkingDayCalendar, *, today: date) -> str:
    """Return when the calendar ends, when that is less than a year ahead of `today`; otherwise nothing."""
    last_day = date(calendar.last_year, 12, 31)
    if last_day >= today + AHEAD:
        return ""
    return (
        f"The bank holidays are known only to {in_words(last_day)}, less than a year ahead. "
        "Dates after that cannot be worked out: refresh the calendar or add the next year from a file."
    )


def _as_json(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        looks = "a web page" if text.lstrip()[:1] == "<" else "cut short or no JSON at all"
        raise PublishedDataError(f"It is not the JSON of the bank holidays: it looks like {looks}.") from None
    if not isinstance(document, dict):
        raise PublishedDataError("It is JSON, but not of the parts of the UK with their bank holidays.")
    return document


def _read_division(division: str, part: object) -> Iterator[Holiday]:
    name = NATIONS[division]
    events = part.get("events") if isinstance(part, dict) else None
    if not isinstance(events, list):
        raise PublishedDataError(f"It has no list of events for {name}.")
    seen: set[date] = set()
    for number, event in enumerate(events, start=1):
        where = f"{name}, event {number}"
        if not isinstance(event, dict):
            raise PublishedDataError(f"{where} is not an event.")
        day, title = _read_day(where, event.get("date")), _read_title(where, event)
        if day in seen:
            raise PublishedDataError(f"{where}: {day.isoformat()} is there twice.")
        seen.add(day)
        yield Holiday(day, division, title)


def _read_day(where: str, value: object) -> date:
    try:
        return read_iso_day(value)
    except NotADay:
        raise PublishedDataError(f"{where}: “{_shortened(str(value))}” is not a date.") from None


def _read_title(where: str, event: Mapping[str, Any]) -> str:
    """The title; a substitute day, which the published notes identify, is named as one."""
    title, notes = event.get("title"), event.get("notes")
    if not isinstance(title, str) or not title.strip():
        raise PublishedDataError(f"{where} has no title.")
    title = " ".join(title.split())
    if isinstance(notes, str) and "substitute" in notes.lower():
        title += " (substitute day)"
    if len(title) > LONGEST_TITLE or single_line_problems(title):
        raise PublishedDataError(f"{where}: “{_shortened(title)}” cannot be a title.")
    return title


def _whole_years(holidays: Collection[Holiday]) -> tuple[int, int]:
    """First and last year, when every part of the UK has all of each year between them."""
    if not holidays:
        raise PublishedDataError("It names no bank holidays.")
    years = {holiday.day.year for holiday in holidays}
    first_year, last_year = min(years), max(years)
    if last_year - first_year > 100:
        raise PublishedDataError(f"It goes from {first_year} to {last_year}, which cannot be.")
    if short := short_years(holidays, from_year=first_year):
        raise PublishedDataError(f"It is not complete: {short[0]}")
    return first_year, last_year


def _shortened(text: str) -> str:
    """The beginning of text that came from outside, fit to be shown and kept."""
    shown = "".join(character if character.isprintable() else "�" for character in text[:61])
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
