"""Counting the requests of a period: all measures of one anchor in one statement, whole or by month, officer, topic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from foitracker.statistics.counting import counting
from foitracker.statistics.distribution import Distribution
from foitracker.statistics.shares import Share
from requests_app.measures.periods import DECLARED
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import FoiRequest


@dataclass(frozen=True)
class PeriodFigures:
    """Every number of a period by the code of its measure, and how the days to the answer are distributed."""

    view: PeriodView
    numbers: Mapping[str, int]
    days: Distribution

    def share(self, code: str) -> Share:
        """Return a number as part of what its measure is a part of. Raises KeyError for one that is no part."""
        part_of = {measure.code: measure.part_of for measure in DECLARED}[code]
        return Share(self.numbers[code], self.numbers[part_of])


def count_period(view: PeriodView, measures: Sequence[PeriodMeasure] = DECLARED) -> PeriodFigures:
    """Return the figures of a period; one statement for each anchor."""
    numbers: dict[str, int] = {}
    with counting():
        for group in _by_anchor(measures).values():
            numbers |= _known(view, group).aggregate(**_counts(view, group))
        days = _distribution(view)
    return PeriodFigures(view, numbers, days)


def count_by(view: PeriodView, axis: str, measures: Sequence[PeriodMeasure]) -> dict[Any, dict[str, int]]:
    """Return the numbers of a period by the value of a column of the request, such as `officer` or `topic`."""
    found: dict[Any, dict[str, int]] = defaultdict(lambda: {measure.code: 0 for measure in measures})
    with counting():
        for group in _by_anchor(measures).values():
            rows = _known(view, group).values(axis).annotate(**_counts(view, group)).order_by()
            for row in rows:
                found[row.pop(axis)] |= row
    return dict(found)


def count_by_month(view: PeriodView, measures: Sequence[PeriodMeasure]) -> dict[date, dict[str, int]]:
    """Return the numbers of each month of a period, by its first day; each measure has an anchor."""
    found: dict[date, dict[str, int]] = defaultdict(lambda: {measure.code: 0 for measure in measures})
    with counting():
        for anchor, group in _by_anchor(measures).items():
            known = _known(view, group).annotate(month=TruncMonth(anchor)).values("month")
            for row in known.annotate(**_counts(view, group)).order_by():
                found[row.pop("month")] |= row
    return dict(found)


def _by_anchor(measures: Iterable[PeriodMeasure]) -> dict[str, list[PeriodMeasure]]:
    groups: dict[str, list[PeriodMeasure]] = defaultdict(list)
    for measure in measures:
        groups[measure.anchor or measure.code].append(measure)
    return groups


def _known(view: PeriodView, group: Sequence[PeriodMeasure]) -> QuerySet[FoiRequest]:
    """The requests among which a group of one anchor is counted: those of the period, by an index."""
    known = FoiRequest.objects.all() if view.user is None else FoiRequest.objects.visible_to(view.user)
    first = group[0]
    return known.filter(view.within(first.anchor) if first.anchor else first.condition(view))


def _counts(view: PeriodView, group: Sequence[PeriodMeasure]) -> dict[str, Count]:
    return {measure.code: Count("pk", filter=measure.condition(view)) for measure in group}


def _distribution(view: PeriodView) -> Distribution:
    answered = FoiRequest.objects.filter(view.within("responded_on"), answer_days__isnull=False)
    rows = answered.values_list("answer_days").annotate(number=Count("pk")).order_by()
    return Distribution({days: number for days, number in rows if days is not None})
