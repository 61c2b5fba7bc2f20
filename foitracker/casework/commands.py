"""What commands share."""

from datetime import date

from django.core.management.base import CommandError

from foitracker.pages.typed_day import NotADay, read_iso_day


def day_given(text: str | None, today: date) -> date:
    """Return the day of an option, written YYYY-MM-DD; today without one. Raises CommandError for anything else."""
    if text is None:
        return today
    try:
        return read_iso_day(text)
    except NotADay as error:
        raise CommandError(str(error)) from None
