"""Charts of one period: the day of the answer, why and where answers were late, and the exemptions used."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from dashboard.performance.charts.about import About
from foitracker.charts.chart import Category, Chart, Series, Unit
from foitracker.charts.figures import histogram, horizontal_bars
from foitracker.pages.words import counted
from foitracker.statistics.distribution import Distribution
from requests_app.measures.periods import PeriodView
from requests_app.measures.periods.declared import ANSWERED, ANSWERED_LATE
from requests_app.measures.periods.figures import (
    answer_days_in,
    count_by_several,
    count_each,
    count_exemptions,
)
from requests_app.measures.periods.view import NOT_RECORDED
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.casework.lateness import LATE_REASON_LABELS, LATE_STEP_LABELS
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS

#: The last bar counts what took so many working days or more: an extended limit is 40.
_LAST = 41


def answer_days(view: PeriodView, about: About) -> Chart:
    """Return on which working day of the clock answers went out, with the line at 20."""
    days = answer_days_in(view)
    unknown = count_each(view, [ANSWERED])[ANSWERED.code] - days.total
    counts = [days.counts.get(day, 0) for day in range(_LAST)]
    counts.append(sum(number for day, number in days.counts.items() if day >= _LAST))
    links = [ANSWERED.list_url(view, answer_days=day) for day in range(_LAST)]
    links.append(ANSWERED.list_url(view, answer_days=f"{_LAST}-"))
    figure = histogram(
        Series("Answers", counts, "progress", links),
        open_ended=True,
        line_at=RESPONSE_WORKING_DAYS,
        line_label=f"{RESPONSE_WORKING_DAYS} working days",
        tone_after="bad",
        heading="Working day of the answer",
    )
    return about.chart(
        "Day of the answer",
        _days_summary(days),
        figure,
        view.days,
        unit=Unit("answers"),
        notes=[
            "Days are those of the clock: while it is stopped none counts",
            *(
                [f"{counted(unknown, 'answer')} without a recorded number of days left out"]
                if unknown
                else []
            ),
        ],
        wide=True,
    )


def lateness(view: PeriodView, about: About) -> list[Chart]:
    """Return why late answers were late, and at which step the time was lost."""
    charts: tuple[tuple[str, Mapping[Any, str], str, str], ...] = (
        ("late_reason", LATE_REASON_LABELS, "Why answers were late", "Reason"),
        ("late_step", LATE_STEP_LABELS, "Where the time was lost", "Step"),
    )
    numbers: dict[str, Counter[str]] = {column: Counter() for column, *_ in charts}
    found = count_by_several(view, list(numbers), [ANSWERED_LATE])
    for values, counts in found.items():
        for column, value in zip(numbers, values, strict=True):
            numbers[column][value] += counts[ANSWERED_LATE.code]
    return [
        _late(view, about, column, numbers[column], labels, title, heading)
        for column, labels, title, heading in charts
    ]


def exemptions(view: PeriodView, about: About) -> Chart:
    """Return on which exemptions the answers of the period rely, the most used first."""
    used = sorted(count_exemptions(view, ANSWERED).items(), key=lambda entry: (-entry[1], entry[0]))
    titles = {one.section: one.title for one in exemption_catalogue().exemptions}
    figure = horizontal_bars(
        [
            f"Section {section}: {titles[section]}" if section in titles else f"Section {section}"
            for section, _ in used
        ],
        [
            Series(
                "Requests",
                [number for _, number in used],
                "progress",
                [ANSWERED.list_url(view, exemption=section) for section, _ in used],
            )
        ],
        heading="Exemption",
    )
    summary = "No answer relied on an exemption."
    if used:
        section, number = used[0]
        summary = f"Section {section} was used most, on {counted(number, 'request')}."
    return about.chart(
        "Exemptions used",
        summary,
        figure,
        view.days,
        unit=Unit("requests answered"),
        notes=["A request that relies on several exemptions is counted under each"],
    )


def _late(
    view: PeriodView,
    about: About,
    column: str,
    numbers: Mapping[str, int],
    labels: Mapping[Any, str],
    title: str,
    heading: str,
) -> Chart:
    named = {**labels, "": "Not recorded"}
    used = sorted(
        ((value, n) for value, n in numbers.items() if n), key=lambda entry: (-entry[1], named[entry[0]])
    )
    figure = horizontal_bars(
        [Category(named[value]) for value, _ in used],
        [
            Series(
                "Late answers",
                [number for _, number in used],
                "bad",
                [ANSWERED_LATE.list_url(view, **{column: value or NOT_RECORDED}) for value, _ in used],
            )
        ],
        heading=heading,
    )
    late = sum(numbers.values())
    summary = f"{counted(late, 'answer')} went out late." if late else "No answer went out late."
    if used:
        summary += f" Most often: {named[used[0][0]][:1].lower()}{named[used[0][0]][1:]} ({used[0][1]:,})."
    return about.chart(title, summary, figure, view.days, unit=Unit("late answers"))


def _days_summary(days: Distribution) -> str:
    if days.median is None:
        return "No answer with a recorded number of days went out."
    late = sum(number for day, number in days.counts.items() if day > RESPONSE_WORKING_DAYS)
    return (
        f"Half of {counted(days.total, 'answer')} went out by working day {days.median}; "
        f"{late:,} after working day {RESPONSE_WORKING_DAYS}, permitted extensions among them."
    )
