"""Charts over 24 months: received, closed and open; in time over rolling years; outcomes by quarter.

All of them are sums of the same days, counted once.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dashboard.performance.charts.about import About
from dashboard.performance.periods import months_to, quarters_to
from foitracker.charts.chart import PER_CENT, Category, Chart, Series, Tone, Unit
from foitracker.charts.figures import Band, bars_and_line, line_with_bands, stacked_bars
from foitracker.pages.words import in_words, month_in_words, short_month
from foitracker.statistics.periods import Period, year_ending
from foitracker.statistics.shares import BANDS, NO_CASES, Share
from requests_app.measures.periods import BY_CODE, PeriodMeasure, PeriodView
from requests_app.measures.periods.declared import (
    ANSWERED,
    ANSWERED_IN_TIME,
    CLOSED,
    CLOSED_AS,
    FELL_DUE,
    FELL_DUE_IN_TIME,
    OPEN_AT_END,
    RECEIVED,
)
from requests_app.measures.periods.figures import DayFigures, count_by_day, count_each

_MONTHS, _POINTS, _QUARTERS = 24, 13, 6
_TONES: tuple[Tone, ...] = ("good", "info", "bad", "wait", "neutral", "progress", "closed")
_SHARES: tuple[tuple[PeriodMeasure, Tone], ...] = (
    (FELL_DUE_IN_TIME, "progress"),
    (ANSWERED_IN_TIME, "info"),
)


@dataclass(frozen=True)
class Months:
    """The days of 24 months, the last month cut at the last day, and what was open at their end."""

    view: PeriodView
    days: DayFigures
    open_at_end: int

    @classmethod
    def counted(cls, last: PeriodView) -> "Months":
        """Count the 24 months up to the last day of a period."""
        view = replace(last, from_on=months_to(last.last_day, _MONTHS)[0].from_on, to_on=last.last_day)
        measures = (RECEIVED, CLOSED, ANSWERED, ANSWERED_IN_TIME, FELL_DUE, FELL_DUE_IN_TIME, *CLOSED_AS)
        return cls(view, count_by_day(view, measures), count_each(view, [OPEN_AT_END])[OPEN_AT_END.code])

    @cached_property
    def months(self) -> list[Period]:
        return months_to(self.view.to_on, _MONTHS)

    @property
    def words(self) -> str:
        """The months in words."""
        return f"{month_in_words(self.view.from_on)} to {in_words(self.view.to_on)}"

    def number(self, measure: PeriodMeasure, period: Period) -> int:
        """Return what a measure counts in a part of the months."""
        return self.days.number(measure.code, period.from_on, period.to_on)

    def share(self, measure: PeriodMeasure, period: Period) -> Share:
        """Return what a measure counts in a part of the months as part of its whole."""
        return Share(self.number(measure, period), self.number(BY_CODE[measure.part_of], period))

    def url(self, measure: PeriodMeasure, period: Period) -> str:
        """Return the list of what a measure counts in a part of the months."""
        return measure.list_url(replace(self.view, from_on=period.from_on, to_on=period.to_on))

    def series(self, measure: PeriodMeasure, periods: list[Period], tone: Tone, name: str = "") -> Series:
        """Return what a measure counts in each of several parts of the months."""
        return Series(
            name or measure.name,
            [self.number(measure, period) for period in periods],
            tone,
            [self.url(measure, period) for period in periods],
        )

    def open_at_ends(self) -> list[int]:
        """Return what was open at the end of each month, backwards from what is open at the end of the last.

        A request is closed on the day it is received or later, so what was open before a month is what is open
        after it, without what came and with what went.
        """
        found = [self.open_at_end]
        for month in reversed(self.months[1:]):
            found.append(found[-1] - self.number(RECEIVED, month) + self.number(CLOSED, month))
        return found[::-1]


def keeping_up(months: Months, about: About) -> Chart:
    """Return what was received and closed in each month, and open at its end."""
    still_open = months.open_at_ends()
    ends = Series(
        "Open at the month’s end",
        still_open,
        "bad",
        [months.url(OPEN_AT_END, month) for month in months.months],
    )
    figure = bars_and_line(
        [_month(month.to_on) for month in months.months],
        [months.series(RECEIVED, months.months, "info"), months.series(CLOSED, months.months, "progress")],
        ends,
    )
    more = still_open[-1] - still_open[-2]
    than = f"{abs(more):,} {'more' if more > 0 else 'fewer'} than" if more else "as many as"
    is_or_are = "is" if still_open[-1] == 1 else "are"
    summary = (
        f"{still_open[-1]:,} {is_or_are} open at the end of {in_words(months.view.to_on)}, "
        f"{than} at the end of {month_in_words(months.months[-2].to_on)}."
    )
    return about.chart("Received, closed, and open at the month’s end", summary, figure, months.words)


def rolling(months: Months, about: About) -> Chart:
    """Return the shares in time of the 12 months to the end of each of 13 months, with the regulator's bands."""
    years = [year_ending(month.to_on) for month in months.months[-_POINTS:]]
    figure = line_with_bands(
        [Category(_month(year.to_on).label, in_words(year.to_on)) for year in years],
        [_shares(months, measure, years, tone) for measure, tone in _SHARES],
        bands=[Band(band.value, least) for least, band in BANDS],
        axis_from=80,
        axis_to=100,
    )
    latest = [(measure, months.share(measure, years[-1])) for measure, _ in _SHARES]
    said = "; ".join(
        f"{_lower(measure.name)}, {_share_words(share)}{f', {share.band.value}' if share.band else ''}"
        for measure, share in latest
    )
    return about.chart(
        "In time, rolling 12 months",
        f"In the 12 months to {in_words(years[-1].to_on)}: {said}.",
        figure,
        f"{in_words(years[0].from_on)} to {in_words(years[-1].to_on)}",
        unit=PER_CENT,
        notes=["An answer still owed counts as late among those that fell due"],
    )


def outcomes(months: Months, about: About) -> Chart:
    """Return how the requests closed in each of six quarters ended."""
    quarters = quarters_to(months.view.to_on, _QUARTERS)
    closed = [months.number(CLOSED, quarter) for quarter in quarters]
    series = [months.series(measure, quarters, tone) for measure, tone in zip(CLOSED_AS, _TONES, strict=True)]
    figure = stacked_bars([_quarter(quarter) for quarter in quarters], series, heading="Quarter")
    in_full = months.number(CLOSED_AS[0], quarters[-2])
    share = Share(in_full, closed[-2])
    summary = (
        f"Of the requests closed from {quarters[-2].dates}, {_share_words(share)} were disclosed in full."
    )
    return about.chart(
        "Outcomes by quarter",
        summary if share.of else f"No request was closed from {quarters[-2].dates}.",
        figure,
        f"{in_words(quarters[0].from_on)} to {in_words(quarters[-1].to_on)}",
        unit=Unit("requests closed"),
        wide=True,
    )


def _shares(months: Months, measure: PeriodMeasure, years: list[Period], tone: Tone) -> Series:
    shares = [months.share(measure, year) for year in years]
    return Series(
        measure.name,
        [share.percent for share in shares],
        tone,
        [months.url(measure, year) for year in years],
        [_share_words(share) for share in shares],
    )


def _share_words(share: Share) -> str:
    """91.5% (43 of 47)."""
    return f"{share.percent}% ({share.number:,} of {share.of:,})" if share.of else NO_CASES


def _month(day: date) -> Category:
    return Category(short_month(day), month_in_words(day))


def _quarter(period: Period) -> Category:
    first, last = short_month(period.from_on), short_month(period.to_on)
    return Category(last if first == last else f"{first[:3]} to {last}", period.dates)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
