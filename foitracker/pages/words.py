"""Dates and counts as people read them. Plain Python: months and weekdays are written out, since strftime follows
the machine's locale and a letter must not."""

from datetime import date, datetime, time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def in_words(day: date) -> str:
    """Return a day as “15 June 2026”."""
    return f"{day_and_month(day)} {day.year}"


def weekday_in_words(day: date) -> str:
    """Return a day as “Monday 15 June 2026”: for a day somebody must act on."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day)}"


def day_and_month(day: date) -> str:
    """Return a day as “15 June”, where its year stands above it."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_in_words(day: date) -> str:
    """Return the month of a day as “June 2026”."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """Return the month of a day as “Jun 26”, for the axis of a chart."""
    return f"{MONTHS[day.month - 1][:3]} {day.year % 100:02}"


def moment_in_words(moment: datetime) -> str:
    """Return a moment, in the authority's time, as “15 June 2026 at 14:05”."""
    return f"{in_words(moment.date())} at {clock_time(moment)}"


def clock_time(moment: datetime | time) -> str:
    """Return a time, or that of a moment, as “14:05”."""
    return f"{moment:%H:%M}"


def short_moment(moment: datetime) -> str:
    """Return a moment, in the authority's time, as “15/06/2026 14:05”, for tables and files."""
    return f"{short_date(moment.date())} {clock_time(moment)}"


def overdue_since(due: date, today: date) -> str:
    """Return “Overdue since Friday 27 November”, with the year when it is not this year's."""
    day = weekday_in_words(due)
    return f"Overdue since {day.removesuffix(f' {today.year}')}"


def short_date(day: date | None) -> str:
    """Return a day as “15/06/2026”, for tables and messages; empty when there is none."""
    return f"{day:%d/%m/%Y}" if day else ""


def working_days_words(count: int) -> str:
    """Return “1 working day” or “5 working days”."""
    return f"{count} working day{'' if abs(count) == 1 else 's'}"


def counted(count: int, noun: str) -> str:
    """Return “1 place” or “5 places”."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
