"""What commands share."""

from datetime import date

from django.core.management.base import CommandError


def day_given(text: str | None, today: date) -> date:
    """Return the day of an option, written YYYY-MM-DD; today without one. Raises CommandError for anything else."""
    if text is None:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a date. Write it as YYYY-MM-DD.") from None
