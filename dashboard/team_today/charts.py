"""The two charts: when work falls due, and how old open requests are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from django.db.models import Count

from dashboard.team_today.numbers import Number, aged
from dashboard.team_today.open_requests import AGE_BANDS
from foitracker.charts.chart import Category, Chart, Series
from foitracker.charts.figures import horizontal_bars, stacked_bars
from foitracker.pages.words import MONTHS, counted, weekday_in_words
from requests_app.forms.counted import Days
from requests_app.measures import (
    ANSWERED_IN_DRAFT,
    CLOCK_STOPPED,
    IN_TIME,
    NOT_STARTED,
    OPEN,
    OVERDUE,
    REQUESTS,
    WORKED_ON,
    RequestMeasure,
    RequestView,
)

SOURCE = "the register of requests"
#: Working days that are shown after today.
AHEAD = 20
#: The regulator counts what is older.
LIMIT = 20

_STAGES: tuple[tuple[RequestMeasure, str, Literal["info", "progress", "wait"]], ...] = (
    (NOT_STARTED, "Not started", "info"),
    (WORKED_ON, "Being worked on", "progress"),
    (ANSWERED_IN_DRAFT, "Waiting for approval or issue", "wait"),
)


@dataclass(frozen=True)
class Column:
    """One working day, with the days off that follow it: a limit that ends on them is met by that day."""

    day: date
    days: Days


def columns(view: RequestView) -> list[Column]:
    """Return today, where it is a working day, and the working days after it.

    Days off before the first of them, and today itself where it is one, belong to the first.
    """
    calendar, today = view.calendar, view.today
    ahead = [calendar.first_day_beyond(today, number) for number in range(AHEAD + 1)]
    starts = list(dict.fromkeys([today, *ahead] if calendar.is_working_day(today) else ahead))
    return [
        Column(day, Days(today if number == 0 else day, after - timedelta(days=1)))
        for number, (day, after) in enumerate(pairwise(starts))
    ]


@dataclass(frozen=True)
class DueDays:
    """The chart of due days, with the open requests that have no column in it."""

    chart: Chart
    later: Number
    stopped: Number


def due_days(view: RequestView, found: Mapping[str, Any], at: datetime) -> DueDays:
    """Return open requests with a running clock by the day they are due; `found` is what `count_open` returned."""
    shown = columns(view)
    by_stage, later = _by_stage(view, shown)
    days = [column.days for column in shown]
    overdue = Series(
        "Overdue",
        [found[OVERDUE.code], *(0 for _ in shown)],
        "bad",
        [_link(found[OVERDUE.code], OVERDUE), *(None for _ in shown)],
    )
    stages = [
        Series(
            name,
            [0, *numbers],
            tone,
            [
                None,
                *(_link(number, measure, due=day.given) for number, day in zip(numbers, days, strict=True)),
            ],
        )
        for (measure, name, tone), numbers in zip(_STAGES, by_stage, strict=True)
    ]
    totals = [sum(numbers) for numbers in zip(*by_stage, strict=True)]
    chart = Chart(
        title="When work falls due",
        summary=_due_summary(found[OVERDUE.code], shown, totals),
        figure=stacked_bars(
            [Category("Overdue"), *_categories(shown)], [overdue, *stages], apart=1, heading="Due"
        ),
        source=SOURCE,
        period=f"today and the next {AHEAD} working days",
        as_at=at,
        notes=[
            "Days off have no column: a limit that ends on one is met by the working day before",
            f"{counted(found[CLOCK_STOPPED.code], 'request')} with a stopped clock and {later} due later are not shown",
            "Not started: neither a search nor a draft of the answer is recorded",
        ],
    )
    return DueDays(
        chart,
        later=Number(later, REQUESTS.list_url(IN_TIME, due=_after(shown[-1]).given), "due later"),
        stopped=Number(found[CLOCK_STOPPED.code], REQUESTS.list_url(CLOCK_STOPPED), "with a stopped clock"),
    )


def _after(column: Column) -> Days:
    return Days(column.days.last + timedelta(days=1) if column.days.last else None, None)


def _by_stage(view: RequestView, shown: Sequence[Column]) -> tuple[list[list[int]], int]:
    """The numbers of each stage, column by column, and how many fall due later than the last.

    Each request is in one stage, so that those being worked on are what the other two leave.
    """
    numbers = [[0] * len(shown) for _ in _STAGES]
    later = 0
    rows = (
        REQUESTS.rows(IN_TIME, view)
        .values("due_on")
        .annotate(
            total=Count("pk"),
            not_started=Count("pk", filter=NOT_STARTED.condition(view)),
            waits=Count("pk", filter=ANSWERED_IN_DRAFT.condition(view)),
        )
    )
    for row in rows.order_by():
        place = _place(row["due_on"], shown)
        if place is None:
            later += row["total"]
            continue
        worked_on = row["total"] - row["not_started"] - row["waits"]
        for stage, number in zip(numbers, (row["not_started"], worked_on, row["waits"]), strict=True):
            stage[place] += number
    return numbers, later


def _place(due: date, shown: Sequence[Column]) -> int | None:
    for number, column in enumerate(shown):
        if column.days.last and due <= column.days.last:
            return number
    return None


def _categories(shown: Sequence[Column]) -> list[Category]:
    """The days, the month beside the first of each."""
    found, month = [], 0
    for column in shown:
        day = column.day
        label = f"{day.day} {MONTHS[day.month - 1][:3]}" if day.month != month else str(day.day)
        found.append(Category(label, weekday_in_words(day)))
        month = day.month
    return found


def _due_summary(overdue: int, shown: Sequence[Column], totals: Sequence[int]) -> str:
    late = f"{counted(overdue, 'request')} {'is' if overdue == 1 else 'are'} overdue"
    if not any(totals):
        return f"{late}; none falls due in these days."
    most = max(totals)
    day = weekday_in_words(shown[totals.index(most)].day)
    return (
        f"{late}; {sum(totals)} fall due in these days, at most {most} on one day, the first of them {day}."
    )


def age_chart(view: RequestView, found: Mapping[str, Any], at: datetime) -> Chart:
    """Return open requests by the working days since receipt; `found` is what `count_open` returned."""
    numbers = [found[f"aged_{number}"] for number in range(len(AGE_BANDS))]
    links = [
        _link(number, OPEN, received=aged(view, *band).given)
        for number, band in zip(numbers, AGE_BANDS, strict=True)
    ]
    after = next(place for place, (_, last) in enumerate(AGE_BANDS) if last == LIMIT)
    old = sum(numbers[after + 1 :])
    return Chart(
        title="How old open requests are",
        summary=f"{old} of {counted(sum(numbers), 'open request')} {'is' if old == 1 else 'are'} older than {LIMIT} "
        "working days.",
        figure=horizontal_bars(
            [f"{first} to {last}" if last else f"Over {first - 1}" for first, last in AGE_BANDS],
            [Series("Open requests", numbers, "progress", links)],
            line_after=after,
            line_label=f"{LIMIT} working days",
            tone_after="bad",
            heading="Working days since receipt",
        ),
        source=SOURCE,
        period="all open requests, also those with a stopped clock",
        as_at=at,
        notes=[
            f"Working days since receipt. The regulator's enforcement notices count those older than {LIMIT}"
        ],
    )


def _link(number: int, measure: RequestMeasure, **narrowed: str) -> str | None:
    return REQUESTS.list_url(measure, **narrowed) if number else None
