"""Days of the demonstration."""

from datetime import date, timedelta

from foitracker.working_days.calendar import WorkingDayCalendar


def next_day(day: date, days: int) -> date:
    """Return the day so many days later, or the Monday after it when that is a weekend."""
    later = day + timedelta(days=days)
    return later + timedelta(days=(8 - later.isoweekday()) if later.isoweekday() > 5 else 0)


def last_working_day(day: date, calendar: WorkingDayCalendar, before: int = 0) -> date:
    """Return the last working day on or before a day, or the one so many working days earlier."""
    while before or not calendar.is_working_day(day):
        before -= calendar.is_working_day(day)
        day -= timedelta(days=1)
    return day
