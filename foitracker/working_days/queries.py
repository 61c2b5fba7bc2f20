"""The working-day calendar in force, those that were, and what is proposed or wrong with it."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.resources import files
from time import monotonic

from django.db import DatabaseError
from django.db.models import Count, Max, Min, Q, QuerySet

from foitracker.working_days.calendar import (
    NATIONS,
    CalendarDataError,
    WorkingDayCalendar,
    calendar_from_rows,
)
from foitracker.working_days.models import BankHoliday, CalendarProposal, CalendarRefresh, CalendarVersion
from foitracker.working_days.published_holidays import Holiday, ends_too_soon, short_years

#: A process asks at most this often (seconds) whether another one changed the calendar.
CHECK_EVERY = 5.0


@dataclass(frozen=True)
class _Held:
    """The calendar this process holds, the change it stands at, and when that was last checked."""

    change: int
    calendar: WorkingDayCalendar
    holidays: tuple[Holiday, ...]
    checked: float


@dataclass(frozen=True)
class CalendarDay:
    """A bank holiday with all the parts of the UK that have it for the same reason, from the same source."""

    day: date
    title: str
    source: str
    learned_at: datetime
    confirmed_by: str
    removed_by: CalendarVersion | None
    divisions: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        if len(self.divisions) == len(NATIONS):
            return "All parts of the UK"
        return ", ".join(name for code, name in NATIONS.items() if code in self.divisions)


_held: _Held | None = None
#: Earlier calendars by version, which is a hash of what they hold: they never change.
_earlier: dict[str, WorkingDayCalendar] = {}


def current_calendar(*, checked_now: bool = False) -> WorkingDayCalendar:
    """Return the calendar that dates are computed with (FOIA s.10(6)).

    The process keeps it; a change made elsewhere is noticed within CHECK_EVERY seconds, or at once with
    `checked_now` (one short query), which anything that stores a due date should ask for. Raises
    CalendarDataError while there is no complete calendar.
    """
    return _hold(checked_now).calendar


def forget_calendar() -> None:
    """Make the process read the calendar again when it is next asked for."""
    global _held
    _held = None
    _earlier.clear()


def holidays_in_force() -> list[Holiday]:
    """Read the bank holidays that count now, by date, from the database."""
    return _holidays(BankHoliday.objects.filter(removed_by__isnull=True))


def years_in_force() -> tuple[int, int] | None:
    """Return the first and last year the calendar covers; None when it is empty."""
    ends = BankHoliday.objects.filter(removed_by__isnull=True).aggregate(first=Min("day"), last=Max("day"))
    return (ends["first"].year, ends["last"].year) if ends["first"] else None


def shipped_holidays() -> list[Holiday]:
    """Read the bank holidays the software is shipped with; it needs no database."""
    text = files("foitracker.working_days.data").joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    return [
        Holiday(date.fromisoformat(row["date"]), row["nation"], row["title"])
        for row in csv.DictReader(text.splitlines())
    ]


def calendar_of(holidays: Iterable[Holiday]) -> WorkingDayCalendar:
    """Make the calendar of these bank holidays. Raises CalendarDataError."""
    return calendar_from_rows(
        {"date": h.day.isoformat(), "nation": h.division, "title": h.title} for h in holidays
    )


def calendar_of_version(version: str) -> WorkingDayCalendar | None:
    """Return the calendar that had this version; None when there never was one."""
    if version in _earlier:
        return _earlier[version]
    change = CalendarVersion.objects.filter(version=version).first()
    if change is None:
        return None
    stood = Q(added_by__lte=change) & (Q(removed_by__isnull=True) | Q(removed_by__gt=change))
    _earlier[version] = calendar_of(_holidays(BankHoliday.objects.filter(stood)))
    return _earlier[version]


def latest_change() -> CalendarVersion | None:
    """Return the change that made the calendar what it is."""
    return CalendarVersion.objects.first()


def changes() -> QuerySet[CalendarVersion]:
    """Return the history of the calendar, the latest first, with how many days each one changed."""
    return CalendarVersion.objects.select_related("made_by").annotate(
        days_added=Count("added", distinct=True),
        days_removed=Count("removed", distinct=True),
    )


def days_of_year(year: int) -> list[CalendarDay]:
    """Return the bank holidays of a year by date, those no longer in force among them."""
    rows = BankHoliday.objects.filter(day__year=year).select_related("confirmed_by", "removed_by")
    grouped: dict[CalendarDay, list[str]] = {}
    for row in rows:
        day = CalendarDay(
            row.day, row.title, row.source, row.learned_at, str(row.confirmed_by or ""), row.removed_by
        )
        grouped.setdefault(day, []).append(row.division)
    return [replace(day, divisions=tuple(divisions)) for day, divisions in grouped.items()]


def open_proposals() -> QuerySet[CalendarProposal]:
    """Return the proposals awaiting a manager, by date."""
    return CalendarProposal.objects.filter(state=CalendarProposal.State.OPEN).select_related("proposed_by")


def refreshes() -> QuerySet[CalendarRefresh]:
    """Return the readings of the published data, the latest first."""
    return CalendarRefresh.objects.all()


def coverage_warnings(today: date) -> list[str]:
    """Return what is missing or short in the calendar for dates from this year on."""
    try:
        held = _hold(checked_now=False)
    except CalendarDataError as error:
        return [str(error)]
    warnings = short_years(held.holidays, from_year=today.year)
    if too_soon := ends_too_soon(held.calendar, today=today):
        warnings.insert(0, too_soon)
    return warnings


def health_warnings(today: date) -> list[str]:
    """Return the same for the health page, which is asked before a database is migrated, too."""
    try:
        return coverage_warnings(today)
    except DatabaseError:
        return ["The calendar cannot be read from the database: has it been migrated?"]


def managers_warnings(today: date) -> list[str]:
    """Return what a manager has to attend to: gaps, refused data, proposals."""
    warnings = coverage_warnings(today)
    last = refreshes().first()
    if last and last.problem:
        warnings.append(
            f"The published bank holidays of {last.source} could not be used: {last.problem} The calendar stays "
            "as it is."
        )
    if waiting := open_proposals().count():
        warnings.append(
            "1 change to the bank holidays waits for a manager."
            if waiting == 1
            else f"{waiting} changes to the bank holidays wait for a manager."
        )
    return warnings


def _hold(checked_now: bool) -> _Held:
    global _held
    held, now = _held, monotonic()
    if held is not None and not checked_now and now - held.checked < CHECK_EVERY:
        return held
    change = CalendarVersion.objects.values_list("pk", flat=True).first() or 0
    if held is not None and held.change == change:
        _held = _Held(change, held.calendar, held.holidays, now)
    else:
        holidays = holidays_in_force()
        _held = _Held(change, calendar_of(holidays), tuple(holidays), now)
    return _held


def _holidays(rows: QuerySet[BankHoliday]) -> list[Holiday]:
    return list(_as_holidays(rows.order_by("day", "division")))


def _as_holidays(rows: QuerySet[BankHoliday]) -> Iterator[Holiday]:
    for day, division, title in rows.values_list("day", "division", "title"):
        yield Holiday(day, division, title)
