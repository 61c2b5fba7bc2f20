"""The requests that the measures of a period count, one by one: what a return keeps beside its figures."""

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, QuerySet, Value

from foitracker.statistics.counting import counting
from requests_app.measures.periods import BY_CODE
from requests_app.measures.periods.outcomes import ClaimMeasure
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import ExemptionClaim, FoiRequest


def cases_of_period(view: PeriodView, measures: Sequence[PeriodMeasure]) -> dict[str, list[int]]:
    """Return the keys of the requests that each measure counts, in order.

    One statement for each anchor, and one more where exemptions of it are asked for.
    """
    found: dict[str, list[int]] = {}
    groups: dict[str, list[PeriodMeasure]] = defaultdict(list)
    for measure in measures:
        groups[measure.found_by].append(measure)
    with counting():
        for group in groups.values():
            claims = [measure for measure in group if isinstance(measure, ClaimMeasure)]
            plain = [measure for measure in group if not isinstance(measure, ClaimMeasure)]
            if plain:
                found |= _known(view, plain).aggregate(**_cases(view, plain))
            if claims:
                found |= _claimed(view, claims)
    return found


def _known(view: PeriodView, group: Sequence[PeriodMeasure]) -> QuerySet[FoiRequest]:
    """The requests among which those of a group are: those of the period, by an index."""
    first = group[0]
    within = view.within(first.anchor) if first.anchor else BY_CODE[first.found_by].condition(view)
    return view.requests().filter(within)


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
