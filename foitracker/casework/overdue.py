"""When something that is due is overdue: one rule for requests, advice and replies. Plain Python."""

from datetime import date


def is_overdue(due: date | None, today: date) -> bool:
    """Return whether a due day has passed: today is after it, whatever kind of day today is."""
    return due is not None and today > due
