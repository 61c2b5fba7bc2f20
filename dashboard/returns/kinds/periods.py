"""The periods a return can be made of: whole months, quarters and years that are over."""

from collections.abc import Iterator
from datetime import date, timedelta

from dashboard.returns.kinds.declaration import Length
from foitracker.pages.words import month_in_words
from foitracker.statistics.periods import Period, free_period, months_later, quarter

_MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.YEAR: 12}
#: So many periods are offered, the latest first.
_OFFERED = {Length.MONTH: 24, Length.QUARTER: 12, Length.YEAR: 6}


def latest_period(length: Length, today: date, begins_in: int) -> Period:
    """Return the latest period of a length that is over on a day. A year begins in the month `begins_in`."""
    months = _MONTHS[length]
    beginning = begins_in if length is Length.YEAR else 1
    since = (today.month - beginning) % months
    first = months_later(today.replace(day=1), -since - months)
    return _period(length, first)


def offered_periods(length: Length, today: date, begins_in: int) -> Iterator[Period]:
    """Yield the periods of a length that are over on a day, the latest first."""
    first = latest_period(length, today, begins_in).from_on
    for number in range(_OFFERED[length]):
        yield _period(length, months_later(first, -number * _MONTHS[length]))


def _period(length: Length, first: date) -> Period:
    if length is Length.QUARTER:
        return quarter(first.year, first.month)
    if length is Length.MONTH:
        last = months_later(first, 1) - timedelta(days=1)
        return Period(first, last, month_in_words(first))
    last = months_later(first, 12) - timedelta(days=1)
    whole = free_period(first, last)
    years = str(first.year) if first.month == 1 else f"{first.year}/{last.year % 100:02}"
    return Period(whole.from_on, whole.to_on, f"Year {years}")
