"""Counting the requests of a period: all measures of one anchor in one statement, whole or by month, officer, topic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, QuerySet, Value
from django.db.models.functions import TruncMonth

from foitracker.statistics.counting import counting
from foitracker.statistics.distribution import Distribution
from foitracker.statistics.shares import Share
from requests_app.measures.periods import BY_CODE, DECLARED
from requests_app.measures.periods.outcomes import ClaimMeasure
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import ExemptionClaim, FoiRequest


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
            rows: Any = known.annotate(**_counts(view, group)).order_by()
            for row in rows:
                found[row.pop("month")] |= row
    return dict(found)


def cases_of_period(view: PeriodView, measures: Sequence[PeriodMeasure]) -> dict[str, list[int]]:
    """Return the keys of the requests that each measure counts, in order.

    One statement for each anchor, and one more where exemptions of it are asked for.
    """
    found: dict[str, list[int]] = {}
    with counting():
        for group in _by_anchor(measures).values():
            claims = [measure for measure in group if isinstance(measure, ClaimMeasure)]
            plain = [measure for measure in group if not isinstance(measure, ClaimMeasure)]
            if plain:
                found |= _known(view, plain).aggregate(**_cases(view, plain))
            if claims:
                found |= _claimed(view, claims)
    return found


def _cases(view: PeriodView, group: Sequence[PeriodMeasure]) -> dict[str, ArrayAgg]:
    nothing = Value([], ArrayField(BigIntegerField()))
    return {
        measure.code: ArrayAgg("pk", filter=measure.condition(view), default=nothing, order_by="pk")
        for measure in group
    }


def _claimed(view: PeriodView, group: Sequence[ClaimMeasure]) -> dict[str, list[int]]:
    """The requests of each section: read from the claims of the requests of the period, not section by section."""
    known = _known(view, group)
    found: dict[str, list[int]] = {}
    for part_of in {measure.part_of for measure in group}:
        within = known.filter(BY_CODE[part_of].condition(view)).values("pk")
        claims = ExemptionClaim.objects.filter(foi_request__in=within).order_by().values_list("section")
        by_section = dict(claims.annotate(cases=ArrayAgg("foi_request", distinct=True)))
        found |= {
            measure.code: by_section.get(measure.section, [])
            for measure in group
            if measure.part_of == part_of
        }
    return found


def _by_anchor(measures: Iterable[PeriodMeasure]) -> dict[str, list[PeriodMeasure]]:
    groups: dict[str, list[PeriodMeasure]] = defaultdict(list)
    for measure in measures:
        groups[measure.found_by].append(measure)
    return groups


def _known(view: PeriodView, group: Sequence[PeriodMeasure]) -> QuerySet[FoiRequest]:
    """The requests among which a group of one anchor is counted: those of the period, by an index."""
    known = FoiRequest.objects.all() if view.user is None else FoiRequest.objects.visible_to(view.user)
    first = group[0]
    if first.anchor:
        return known.filter(view.within(first.anchor))
    return known.filter(BY_CODE[first.found_by].condition(view))


def _counts(view: PeriodView, group: Sequence[PeriodMeasure]) -> dict[str, Count]:
    return {measure.code: Count("pk", filter=measure.condition(view)) for measure in group}


def _distribution(view: PeriodView) -> Distribution:
    answered = FoiRequest.objects.filter(view.within("responded_on"), answer_days__isnull=False)
    rows = answered.values_list("answer_days").annotate(number=Count("pk")).order_by()
    return Distribution({days: number for days, number in rows if days is not None})
