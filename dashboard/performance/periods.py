"""The periods of the page Performance: the latest complete quarter and the year to date, each beside a year earlier."""

from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.statistics.completeness import CountedPeriod, shorten
from foitracker.statistics.periods import Period, free_period, months_later, quarter

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Compared:
    """A period and the same dates a year earlier, both cut to what the register is complete to."""

    now: CountedPeriod
    before: CountedPeriod


def latest_quarter(complete_to: date) -> Period:
    """Return the latest quarter (from 1 January, April, July or October) that is over on a day."""
    first = date(complete_to.year, (complete_to.month - 1) // 3 * 3 + 1, 1)
    if months_later(first, 3) - _DAY > complete_to:
        first = months_later(first, -3)
    return quarter(first.year, first.month)


def year_to_date(complete_to: date, begins_in: int) -> Period:
    """Return the days from the beginning of the authority's year up to a day; `begins_in` is its first month."""
    year = complete_to.year if complete_to.month >= begins_in else complete_to.year - 1
    return free_period(date(year, begins_in, 1), complete_to)


def compared(period: Period, complete_to: date) -> Compared:
    """Return a period beside the same dates a year earlier, both shortened alike."""
    before = free_period(months_later(period.from_on, -12), _a_year_before(period.to_on))
    now_counted, before_counted = shorten((period, before), complete_to)
    return Compared(now_counted, before_counted)


def _a_year_before(day: date) -> date:
    """The same day a year before; the end of February stays its end."""
    if (day + _DAY).day == 1:
        return months_later(day + _DAY, -12) - _DAY
    return months_later(day, -12)
