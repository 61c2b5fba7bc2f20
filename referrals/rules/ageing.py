"""Since when a log has waited too long, whatever its priority: what is not urgent is not to be forgotten."""

from datetime import date, timedelta

from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar


def working_days_old(received_on: date, today: date, calendar: WorkingDayCalendar) -> int | None:
    """Return the working days since the log came; None where the calendar does not reach back to it."""
    try:
        return calendar.count_working_days(received_on, today)
    except CalendarNotCovered:
        return None


def ageing_before(today: date, after_days: int, calendar: WorkingDayCalendar) -> date:
    """Return the first day on which a log that came is not ageing yet: what came before it is.

    A log is ageing once more than `after_days` working days have passed since it came. Raises CalendarNotCovered.
    """
    day = today
    while calendar.count_working_days(day - timedelta(days=1), today) <= after_days:
        day -= timedelta(days=1)
    return day
