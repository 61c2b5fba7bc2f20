"""Counting the requests of periods: all measures of one anchor in one statement, whole or by day, month, officer.

What has an anchor is counted day by day, so that one reading of an index serves all periods, months and sums.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Value, When

from foitracker.statistics.counting import counting
from foitracker.statistics.distribution import Distribution
from foitracker.statistics.shares import Share
from requests_app.measures.periods import BY_CODE, DECLARED
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import ExemptionClaim, FoiRequest

_DAY = timedelta(days=1)
#: Rows are counted, not keys: so an index that holds what is asked is all that is read.
_ROWS = Value(1)


@dataclass(frozen=True)
class PeriodFigures:
    """Every number of a period by the code of its measure, and how the days to the answer are distributed."""

    view: PeriodView
    numbers: Mapping[str, int]
    days: Distribution

    def share(self, code: str) -> Share:
        """Return a number as part of what its measure is a part of. Raises KeyError for one that is no part."""
        return share_of(self.numbers, code)


@dataclass(frozen=True)
class DayFigures:
    """The numbers of each day on which anything was counted, by the code of the measure."""

    by_day: Mapping[date, Mapping[str, int]]

    def number(self, code: str, first: date, last: date) -> int:
        """Return the sum of the days from `first` to `last`, both counted; 0 of a code that was never counted."""
        if last < first:
            return 0
        if code not in self._sums:
            counts = (self.by_day[day].get(code, 0) for day in self._days)
            self._sums[code] = list(accumulate(counts, initial=0))
        sums = self._sums[code]
        return sums[bisect_right(self._days, last)] - sums[bisect_left(self._days, first)]

    @cached_property
    def _days(self) -> list[date]:
        return sorted(self.by_day)

    @cached_property
    def _sums(self) -> dict[str, list[int]]:
        """Of each code the sums of the days before each day, made when it is first asked for."""
        return {}


def share_of(numbers: Mapping[str, int], code: str) -> Share:
    """Return a number as part of what its measure is a part of. Raises KeyError for one that is no part."""
    return Share(numbers[code], numbers[BY_CODE[code].part_of])


def count_period(view: PeriodView, measures: Sequence[PeriodMeasure] = DECLARED) -> PeriodFigures:
    """Return the figures of a period; one statement for each anchor."""
    return count_periods([view], measures)[0]


def count_periods(
    views: Sequence[PeriodView], measures: Sequence[PeriodMeasure] = DECLARED
) -> list[PeriodFigures]:
    """Return the figures of several periods as at one day, in as many statements as of one."""
    anchored = [measure for measure in measures if measure.anchor]
    with counting():
        by_day = _count_days(views, anchored)
        others = _count_each(views, [measure for measure in measures if not measure.anchor])
        distributions = _distributions(views)
    found = []
    for place, view in enumerate(views):
        numbers = {one.code: by_day.number(one.code, view.from_on, view.last_day) for one in anchored}
        numbers |= {code: number for (of, code), number in others.items() if of == place}
        ordered = {measure.code: numbers[measure.code] for measure in measures}
        found.append(PeriodFigures(view, ordered, distributions[place]))
    return found


def count_by_day(view: PeriodView, measures: Sequence[PeriodMeasure]) -> DayFigures:
    """Return the numbers of each day of a period; each measure has an anchor, one statement for each."""
    with counting():
        return _count_days([view], measures)


def count_by(view: PeriodView, axis: str, measures: Sequence[PeriodMeasure]) -> dict[Any, dict[str, int]]:
    """Return the numbers of a period by the value of a column of the request, such as `officer` or `topic`."""
    return {values[0]: numbers for values, numbers in count_by_several(view, [axis], measures).items()}


def count_by_several(
    view: PeriodView, axes: Sequence[str], measures: Sequence[PeriodMeasure]
) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return the numbers of a period by the values of several columns of the request, in their order."""
    found: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: {one.code: 0 for one in measures})
    with counting():
        for group in _by_anchor(measures).values():
            for row in _known(view, group).values(*axes).annotate(**_counts(view, group)).order_by():
                found[tuple(row.pop(axis) for axis in axes)] |= row
    return dict(found)


def count_by_month(view: PeriodView, measures: Sequence[PeriodMeasure]) -> dict[date, dict[str, int]]:
    """Return the numbers of each month of a period, by its first day; each measure has an anchor."""
    found: dict[date, dict[str, int]] = defaultdict(lambda: {measure.code: 0 for measure in measures})
    for day, numbers in count_by_day(view, measures).by_day.items():
        month = found[day.replace(day=1)]
        for code, number in numbers.items():
            month[code] += number
    return dict(found)


def count_exemptions(view: PeriodView, measure: PeriodMeasure) -> dict[str, int]:
    """Return for each exemption how many of the requests that a measure counts rely on it, by section."""
    counted = _known(view, [measure]).filter(measure.condition(view))
    claims = ExemptionClaim.objects.filter(foi_request__in=counted.values("pk")).order_by()
    rows = claims.values_list("section").annotate(number=Count("foi_request", distinct=True))
    with counting():
        return dict(rows)


def count_each(view: PeriodView, measures: Sequence[PeriodMeasure]) -> dict[str, int]:
    """Return the numbers of a period by the code of the measure, each counted by itself in one statement."""
    with counting():
        return {code: number for (_, code), number in _count_each([view], measures).items()}


def answer_days_in(view: PeriodView) -> Distribution:
    """Return how the days to the answers of a period are distributed."""
    with counting():
        return _distributions([view])[0]


def answer_days_by(view: PeriodView, axis: str) -> dict[Any, Distribution]:
    """Return how the days to the answers of a period are distributed, by the value of a column of the request."""
    counts: dict[Any, dict[int, int]] = defaultdict(dict)
    answered = _answered(view).values_list(axis, "answer_days").annotate(number=Count(_ROWS)).order_by()
    with counting():
        for value, days, number in answered:
            counts[value][days] = number
    return {value: Distribution(days) for value, days in counts.items()}


def _count_days(views: Sequence[PeriodView], measures: Sequence[PeriodMeasure]) -> DayFigures:
    """The numbers of the days of all periods, each day once."""
    found: dict[date, dict[str, int]] = defaultdict(dict)
    stretches = _stretches(views)
    for anchor, group in _by_anchor(measures).items():
        queries = [
            _known(stretch, group).values(day=F(anchor)).annotate(**_counts(stretch, group)).order_by()
            for stretch in stretches
        ]
        for row in _together(queries):
            found[row.pop("day")] |= row
    return DayFigures(dict(found))


def _stretches(views: Sequence[PeriodView]) -> list[PeriodView]:
    """The days of several periods, none of them twice."""
    found: list[PeriodView] = []
    for view in sorted(views, key=lambda view: view.from_on):
        if found and view.from_on <= found[-1].to_on + _DAY:
            found[-1] = replace(found[-1], to_on=max(found[-1].to_on, view.to_on))
        else:
            found.append(view)
    return found


def _count_each(views: Sequence[PeriodView], measures: Sequence[PeriodMeasure]) -> dict[tuple[int, str], int]:
    """The numbers of measures without an anchor, by the place of the period, from one statement.

    A part of another of them is counted along with it.
    """
    found = Counter({(place, measure.code): 0 for place, _ in enumerate(views) for measure in measures})
    codes = {measure.code for measure in measures}
    parts = {measure.part_of: measure for measure in measures if measure.rest and measure.part_of in codes}
    queries = [
        view.requests()
        .filter(condition)
        .order_by()
        .annotate(place=Value(place), code=Value(measure.code), part=_in_part(parts.get(measure.code), view))
        .values("place", "code", "part")
        .annotate(number=Count(_ROWS))
        for place, view in enumerate(views)
        for measure in measures
        if measure not in parts.values()
        for condition in (measure.apart(view) if measure.apart else (measure.condition(view),))
    ]
    for row in _together(queries):
        for code in filter(None, (row["code"], row["part"])):
            found[row["place"], code] += row["number"]
    return dict(found)


def _in_part(measure: PeriodMeasure | None, view: PeriodView) -> Case | Value:
    """The code of a part where a request is in it, or else nothing."""
    if measure is None or measure.rest is None:
        return Value("")
    return Case(When(measure.rest(view), then=Value(measure.code)), default=Value(""))


def _together(queries: Sequence[QuerySet[Any, Any]]) -> Iterable[dict[str, Any]]:
    """The rows of several queries in one statement."""
    if len(queries) < 2:
        return [row for query in queries for row in query]
    return queries[0].union(*queries[1:], all=True)


def _by_anchor(measures: Iterable[PeriodMeasure]) -> dict[str, list[PeriodMeasure]]:
    groups: dict[str, list[PeriodMeasure]] = defaultdict(list)
    for measure in measures:
        groups[measure.anchor or measure.code].append(measure)
    return groups


def _whole(group: Sequence[PeriodMeasure]) -> PeriodMeasure | None:
    """The measure of a group of which all others are parts, if there is one."""
    for one in group:
        if all(other is one or (other.part_of == one.code and other.rest) for other in group):
            return one
    return None


def _known(view: PeriodView, group: Sequence[PeriodMeasure]) -> QuerySet[FoiRequest]:
    """The requests among which a group of one anchor is counted: those of the period, by an index."""
    first = _whole(group) or group[0]
    within = first.condition(view) if _whole(group) or not first.anchor else view.within(first.anchor)
    return view.requests().filter(within)


def _counts(view: PeriodView, group: Sequence[PeriodMeasure]) -> dict[str, Count]:
    """How each measure of a group is counted among those; what all of them have in common is not asked again."""
    whole = _whole(group)
    if whole is None:
        return {measure.code: Count(_ROWS, filter=measure.condition(view)) for measure in group}
    return {
        measure.code: Count(_ROWS) if measure is whole else Count(_ROWS, filter=measure.rest(view))  # type: ignore[misc]
        for measure in group
    }


def _answered(view: PeriodView) -> QuerySet[FoiRequest]:
    """The answers of a period whose days of the clock are known."""
    return view.requests().filter(view.within("responded_on"), answer_days__isnull=False)


def _distributions(views: Sequence[PeriodView]) -> list[Distribution]:
    counts: list[dict[int, int]] = [defaultdict(int) for _ in views]
    parts = [
        _answered(view)
        .order_by()
        .annotate(place=Value(place))
        .values("place", "answer_days")
        .annotate(number=Count(_ROWS))
        for place, view in enumerate(views)
    ]
    for row in _together(parts):
        counts[row["place"]][row["answer_days"]] += row["number"]
    return [Distribution(dict(days)) for days in counts]
