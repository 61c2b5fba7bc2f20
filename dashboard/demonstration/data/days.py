"""Days of the demonstration."""

from datetime import date, timedelta


def next_day(day: date, days: int) -> date:
    """Return the day so many days later, or the Monday after it when that is a weekend."""
    later = day + timedelta(days=days)
    return later + timedelta(days=(8 - later.isoweekday()) if later.isoweekday() > 5 else 0)
