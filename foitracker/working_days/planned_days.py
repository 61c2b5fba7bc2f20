"""Days that somebody plans something for: working days of the calendar in force."""

from datetime import date

from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import weekday_in_words
from foitracker.working_days.calendar import CalendarNotCovered
from foitracker.working_days.queries import current_calendar


def check_working_day(day: date, *, field: str) -> None:
    """Raise NotPossible, naming the input `field`, for a day on which nobody works or that no calendar covers."""
    try:
        reason = current_calendar().reason_not_working(day)
    except CalendarNotCovered as unknown:
        raise NotPossible(str(unknown), field=field) from unknown
    if reason:
        raise NotPossible(
            f"{weekday_in_words(day)} is not a working day ({reason}). Choose a working day.", field=field
        )
