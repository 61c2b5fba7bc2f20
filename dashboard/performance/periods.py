"""The periods of the page Performance: the latest complete quarter and the year to date, each beside a year earlier."""

from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.pages.words import in_words
from foitracker.statistics.completeness import CountedPeriod, shorten, shortening_notes
from foitracker.statistics.periods import Period, PeriodNotUnderstood, free_period, months_later, quarter

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Compared:
    """A period and the same dates a year earlier, both cut to what the register is complete to."""

    now: CountedPeriod
    before: CountedPeriod
    label: str = ""


@dataclass(frozen=True)
class Asked:
    """What figures are asked for: as at the end of which day, up to when they are complete, and which are compared.

    The last comparison is the one that the headline and the charts are about.
    """

    as_at: date
    complete_to: date
    comparisons: tuple[Compared, ...]

    @property
    def notes(self) -> list[str]:
        """What was shortened, in words."""
        return [
            note
            for pair in self.comparisons
            for note in shortening_notes((pair.now, pair.before), self.complete_to, of="register")
        ]


def asked(as_at: date, today: date, *, begins_in: int, chosen: tuple[date, date] | None = None) -> Asked:
    """Return what is compared: the chosen days, or else the latest quarter and the year that began in `begins_in`.

    Raises PeriodNotUnderstood for days that make no period, or none that has begun by the day the figures are
    complete to.
    """
    end = complete_to(as_at, today)
    if chosen is None:
        periods = {"Latest quarter": latest_quarter(end), "Year to date": year_to_date(end, begins_in)}
    else:
        periods = {"Chosen period": free_period(*chosen)}
        if chosen[0] > end:
            raise PeriodNotUnderstood(
                f"The period begins on {in_words(chosen[0])}, and the figures are complete to {in_words(end)}."
            )
    return Asked(as_at, end, tuple(compared(period, end, label) for label, period in periods.items()))


def complete_to(as_at: date, today: date) -> date:
    """Return up to when what is counted as at the end of a day is complete: not on a day that is not over."""
    return as_at if as_at < today else today - _DAY


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


def compared(period: Period, complete_to: date, label: str = "") -> Compared:
    """Return a period beside the same dates a year earlier, both shortened alike."""
    before = free_period(months_later(period.from_on, -12), _a_year_before(period.to_on))
    now_counted, before_counted = shorten((period, before), complete_to)
    return Compared(now_counted, before_counted, label)


def _a_year_before(day: date) -> date:
    """The same day a year before; the end of February stays its end."""
    if (day + _DAY).day == 1:
        return months_later(day + _DAY, -12) - _DAY
    return months_later(day, -12)


def months_to(day: date, number: int) -> list[Period]:
    """Return the last `number` months up to a day, the last of them cut there."""
    first = months_later(day.replace(day=1), 1 - number)
    begins = [months_later(first, place) for place in range(number)]
    return [free_period(begin, min(months_later(begin, 1) - _DAY, day)) for begin in begins]


def quarters_to(day: date, number: int) -> list[Period]:
    """Return the last `number` quarters of the calendar up to a day, the last of them cut there."""
    this = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    begins = [months_later(this, 3 * (place + 1 - number)) for place in range(number)]
    return [free_period(begin, min(months_later(begin, 3) - _DAY, day)) for begin in begins]
