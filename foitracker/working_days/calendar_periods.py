"""Periods counted in months and days of the calendar, by the corresponding-date rule."""

from calendar import monthrange
from datetime import date, timedelta

from foitracker.working_days.calendar import WorkingDayCalendar


def months_after(day: date, months: int) -> date:
    """Return the last day of a period of months that runs from an event on `day`, which is not counted.

    It is the day of the same number in the later month or, where there is none, that month's last day:
    14 January and three months give 14 April, 30 November gives 28 or 29 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_beginning_with(day: date, months: int) -> date:
    """Return the last day of a period of months that begins with `day`, which is counted (as in FOIA s.9(2)).

    One day less than `months_after`, except where the later month is too short to have the same day:
    10 September and three months give 9 December, 30 November gives 28 or 29 February.
    """
    end = months_after(day, months)
    return end - timedelta(days=1) if end.day == day.day else end


def rolled_forward(day: date, calendar: WorkingDayCalendar) -> date:
    """Return `day` or, when it is not a working day, the next working day (tribunal rules, r.12(2)).

    Working days are those of s.10(6). The rules of the tribunal do not say in which part of the UK a bank
    holiday has to be one, so no one should wait for a day that is one elsewhere. Raises CalendarNotCovered.
    """
    return day if calendar.is_working_day(day) else calendar.add_working_days(day, 1)
