"""Saved statistics: what was asked and counted, read back as it was, and the logs it counted."""

from collections.abc import Collection

from django.db.models import QuerySet

from foitracker.statistics.models import Snapshot
from referrals.models import Referral, StatisticPlacement
from referrals.rules.statistic_json import result_from_json
from referrals.rules.statistics import Definition, Result

#: What our snapshots count.
REFERRALS = "referrals"


def saved_statistics() -> QuerySet[Snapshot]:
    """Return the saved statistics, latest first, without the logs counted."""
    return Snapshot.objects.filter(counts=REFERRALS).select_related("made_by").defer("result")


def kept_definition(statistic: Snapshot) -> Definition:
    """Return what a saved statistic counted."""
    return Definition.from_json(statistic.definition)


def kept_result(statistic: Snapshot) -> Result:
    """Return the figures of a saved statistic as they were counted, with their logs."""
    return result_from_json(kept_definition(statistic), statistic.result)


def named_logs(numbers: Collection[str]) -> QuerySet[Referral]:
    """Return the logs with these numbers, whatever has become of them since they were counted."""
    return Referral.objects.filter(log_number__in=numbers).order_by("year", "number")


def placements_of(statistic: Snapshot) -> QuerySet[StatisticPlacement]:
    """Return the requests that a saved statistic answers, the latest first."""
    return statistic.placements.select_related("foi_request", "placed_by")
