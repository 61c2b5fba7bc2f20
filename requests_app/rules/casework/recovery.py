"""The planned line of a recovery plan, and the text that is published about one.

The regulator looks at requests older than 20 working days, and expects an authority that has many of them to say by
when they will be answered and how it is getting on.
"""

from datetime import date, timedelta

from foitracker.pages.words import counted, in_words
from foitracker.working_days.calendar import WorkingDayCalendar

#: The regulator looks at requests that have waited longer than so many working days since receipt.
OLD_AFTER_DAYS = 20
#: A plan is made for so many days at most, and followed for so many after its last day.
LONGEST_DAYS = 366
_FRIDAY = 4


def old_before(on: date, calendar: WorkingDayCalendar) -> date:
    """Return the first day of receipt of a request that is not older than 20 working days at the end of a day.

    Days off are no working days: what is not old on a Friday is not old on the Sunday after it. Raises
    CalendarNotCovered.
    """
    return calendar.first_day_beyond(on, -OLD_AFTER_DAYS - 1)


def week_ends(made_on: date, until: date) -> list[date]:
    """Return the day a plan is made, every Friday after it that is before `until`, and `until` itself."""
    friday = made_on + timedelta(days=(_FRIDAY - made_on.weekday()) % 7 or 7)
    days = [made_on]
    while friday < until:
        days.append(friday)
        friday += timedelta(days=7)
    return [*days, until] if until > made_on else days


def planned_open(number: int, made_on: date, clear_by: date, day: date, calendar: WorkingDayCalendar) -> int:
    """Return how many of `number` requests are to be open at the end of a day: a straight line, rounded up.

    It falls by the same part every working day, from all of them on `made_on` to none on `clear_by`. Raises
    CalendarNotCovered.
    """
    if day >= clear_by:
        return 0
    length = calendar.count_working_days(made_on, clear_by)
    left = calendar.count_working_days(day, clear_by)
    return -(-number * left // length) if length else number


def publication_text(
    authority: str, number: int, made_on: date, clear_by: date, still_open: int, on: date
) -> str:
    """Return what is published about a plan, from its numbers: when it was made, and how it stands on a day."""
    begins = (
        f"On {in_words(made_on)}, {authority} had {counted(number, 'request')} for information that had been waiting "
        f"for an answer for more than {OLD_AFTER_DAYS} working days. We plan to have answered "
        f"{'it' if number == 1 else 'all of them'} by {in_words(clear_by)}."
    )
    if on <= made_on:
        return begins
    if still_open == 0:
        return f"{begins}\n\nBy {in_words(on)} we had answered {'it' if number == 1 else 'all of them'}."
    verb = "was" if still_open == 1 else "were"
    return (
        f"{begins}\n\nBy {in_words(on)} we had answered {number - still_open} of {number}; "
        f"{still_open} {verb} still open."
    )
