"""The charts of the page Performance, in groups under a question each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.performance.charts.about import About
from dashboard.performance.charts.answers import answer_days, exemptions, lateness
from dashboard.performance.charts.over_time import Months, keeping_up, outcomes, rolling
from dashboard.performance.periods import Asked
from foitracker.accounts.models import User
from foitracker.casework.local_day import local
from foitracker.charts.chart import Chart
from foitracker.pages.words import in_words
from foitracker.statistics.counting import counting
from requests_app.measures.periods import PeriodView


@dataclass(frozen=True)
class ChartGroup:
    """Charts that answer one question."""

    question: str
    charts: Sequence[Chart]


def charts(asked: Asked, user: User, now: datetime) -> list[ChartGroup]:
    """Return the charts that end with the days the headline is about; `now` is when they are counted."""
    compared = asked.comparisons[-1].now
    period = compared.counted or compared.asked
    view = PeriodView(asked.as_at, user, from_on=period.from_on, to_on=period.to_on)
    is_today = asked.as_at == local(now).date()
    about = About(now if is_today else f"the end of {in_words(asked.as_at)}", asked.complete_to)
    with counting():
        months = Months.counted(view)
        return [
            ChartGroup("Are we keeping up?", [keeping_up(months, about), rolling(months, about)]),
            ChartGroup("How long do answers take?", [answer_days(view, about), *lateness(view, about)]),
            ChartGroup("How do requests end?", [outcomes(months, about), exemptions(view, about)]),
        ]
