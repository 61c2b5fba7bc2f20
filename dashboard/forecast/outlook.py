"""The forecast of the next quarter by each method, with its score, as the page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.accounts.models import User
from foitracker.pages.words import in_words
from foitracker.statistics.forecast import (
    QUARTER,
    Forecast,
    Method,
    damped_trend,
    forecasts,
    mean,
    mean_error,
)
from foitracker.statistics.periods import months_later
from foitracker.statistics.shares import Share
from requests_app.measures.periods import PeriodView
from requests_app.measures.periods.declared import RECEIVED
from requests_app.measures.periods.figures import count_by_month

#: Months that are looked back: enough for eleven scored quarters, and no more than a page can count in time.
_LOOK_BACK = 48
_DAY = timedelta(days=1)

METHODS: Mapping[str, Method] = {"Mean of the last 12 months": mean, "Damped trend": damped_trend}


@dataclass(frozen=True)
class Quarter:
    """A forecast with the days it is of; `url` lists what came."""

    forecast: Forecast
    from_on: date
    to_on: date
    url: str = ""

    @property
    def dates(self) -> str:
        return f"{in_words(self.from_on)} to {in_words(self.to_on)}"


@dataclass(frozen=True)
class Outlook:
    """What one method says of the next quarter, of the one that is running, and of those that are over."""

    name: str
    next: Quarter
    running: Sequence[Quarter]
    past: Sequence[Quarter]

    @property
    def error(self) -> float | None:
        """How many requests its forecasts were out by, on average."""
        return mean_error([quarter.forecast for quarter in self.past])

    @property
    def held(self) -> Share:
        """In how many quarters what came lay in the range, of those that had one."""
        known = [quarter.forecast.held for quarter in self.past if quarter.forecast.held is not None]
        return Share(sum(known), len(known))


@dataclass(frozen=True)
class Receipts:
    """Receipts of whole months, the oldest first; `first` is the first day of the first of them."""

    first: date
    months: Sequence[int]

    @property
    def last(self) -> date:
        """The last day of the last month."""
        return months_later(self.first, len(self.months)) - _DAY


def receipts(user: User, today: date) -> Receipts:
    """Return the receipts of each month that is over, from the first whole one of the register on.

    The month in which the register begins is left out, because it may not be whole.
    """
    end = today.replace(day=1)
    first = months_later(end, -_LOOK_BACK)
    view = PeriodView(today, user, from_on=first, to_on=end - _DAY)
    counted = count_by_month(view, (RECEIVED,))
    months = [
        counted.get(months_later(first, place), {}).get(RECEIVED.code, 0) for place in range(_LOOK_BACK)
    ]
    begins = next((place for place, number in enumerate(months) if number), _LOOK_BACK)
    whole = begins + 1 if 0 < begins < _LOOK_BACK else begins
    return Receipts(months_later(first, whole), months[whole:])


def next_quarter(today: date) -> date:
    """Return the first day of the next quarter of the calendar year."""
    return months_later(date(today.year, (today.month - 1) // QUARTER * QUARTER + 1, 1), QUARTER)


def outlooks(user: User, today: date, known: Receipts) -> list[Outlook]:
    """Return what each method says of the next quarter; nothing from less than a year of months."""
    begins = next_quarter(today)
    gap = (begins.year - today.year) * 12 + begins.month - today.month
    found = []
    for name, method in METHODS.items():
        quarters = [_quarter(user, today, known, one) for one in forecasts(known.months, method, gap)]
        if quarters:
            *earlier, coming = quarters
            past = [quarter for quarter in earlier if quarter.forecast.actual is not None]
            found.append(Outlook(name, coming, earlier[len(past) :], past))
    return found


def _quarter(user: User, today: date, known: Receipts, forecast: Forecast) -> Quarter:
    first = months_later(known.first, forecast.begins)
    last = months_later(first, QUARTER) - _DAY
    view = PeriodView(today, user, from_on=first, to_on=last)
    return Quarter(forecast, first, last, RECEIVED.list_url(view) if forecast.actual is not None else "")
