"""Comparing the forces of a group: what the log holds of each, and what each reports of its requests."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from foitracker.statistics.counting import counting
from foitracker.statistics.periods import Period
from referrals.models import AdviceTold, Force, ForceGroup, ForceRequests
from referrals.queries.statistics import complete_to, count
from referrals.rules.similar_forces import ReportedRequests, base_of
from referrals.rules.statistics import CountedForce, Counting, Definition, Result


@dataclass(frozen=True)
class GroupFacts:
    """What is known of the forces of a group in a period, each by the key of the force.

    `result` counts the logs; `requests` are the requests a force reported, with the sources, where it did; `uptake`
    is how many logs there are by what the force did with the advice (see `Uptake`; empty where it has not said).
    """

    forces: Sequence[CountedForce]
    result: Result
    requests: Mapping[int, tuple[int, tuple[str, ...]]]
    uptake: Mapping[int, Mapping[str, int]]


def groups() -> QuerySet[ForceGroup]:
    """Return the groups with their forces, by name."""
    return ForceGroup.objects.prefetch_related("forces")


def reported_requests() -> QuerySet[ForceRequests]:
    """Return what forces reported, by force, the latest first."""
    return ForceRequests.objects.select_related("force")


def group_facts(group: ForceGroup, period: Period, *, as_at: datetime) -> GroupFacts:
    """Return what is known of a group in a period, in as many statements whatever its size."""
    forces = tuple(CountedForce(force.pk, force.name) for force in group.forces.all())
    day, is_assumed = complete_to(as_at.date())
    definition = Definition(forces, (period,), tuple(Counting), day, is_assumed)
    return GroupFacts(
        forces,
        count(definition, as_at=as_at),
        _requests(group.forces.all(), period),
        _uptake(group.forces.all(), period),
    )


def _requests(forces: QuerySet[Force], period: Period) -> dict[int, tuple[int, tuple[str, ...]]]:
    reports: dict[int, list[ReportedRequests]] = defaultdict(list)
    within = ForceRequests.objects.filter(
        force__in=forces, from_on__gte=period.from_on, to_on__lte=period.to_on
    )
    for row in within:
        reports[row.force_id].append(ReportedRequests(row.from_on, row.to_on, row.received, row.source))
    known = {force: base_of(rows, period.from_on, period.to_on) for force, rows in reports.items()}
    return {force: base for force, base in known.items() if base is not None}


def _uptake(forces: QuerySet[Force], period: Period) -> dict[int, dict[str, int]]:
    """Logs received in the period on which a force wrote, by what it did with the latest advice it was told of."""
    latest = (
        AdviceTold.objects.filter(
            told_to__force__in=forces,
            told_to__first_contact_on__isnull=False,
            told_to__referral__received_on__range=(period.from_on, period.to_on),
        )
        .exclude(told_to__referral__closing="logged_in_error")
        .order_by("told_to_id", "-advice_id")
        .distinct("told_to_id")
    )
    counted = (
        AdviceTold.objects.filter(pk__in=latest.values("pk"))
        .values_list("told_to__force_id", "uptake")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    with counting():
        for force, uptake, number in counted:
            found[force][uptake] = number
    return dict(found)
