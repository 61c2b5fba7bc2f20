"""Saved statistics: what was asked and counted, read back as it was, and the logs it counted."""

from collections.abc import Collection

from django.db.models import QuerySet

from referrals.models import Referral, SavedStatistic, StatisticPlacement
from referrals.rules.statistic_json import result_from_json
from referrals.rules.statistics import Definition, Result


def saved_statistics() -> QuerySet[SavedStatistic]:
    """Return the saved statistics, latest first, without the logs counted."""
    return SavedStatistic.objects.select_related("made_by").defer("result")


def kept_definition(statistic: SavedStatistic) -> Definition:
    """Return what a saved statistic counted."""
    return Definition.from_json(statistic.definition)


def kept_result(statistic: SavedStatistic) -> Result:
    """Return the figures of a saved statistic as they were counted, with their logs."""
    return result_from_json(kept_definition(statistic), statistic.result)


def named_logs(numbers: Collection[str]) -> QuerySet[Referral]:
    """Return the logs with these numbers, whatever has become of them since they were counted."""
    return Referral.objects.filter(log_number__in=numbers).order_by("year", "number")


def placements_of(statistic: SavedStatistic) -> QuerySet[StatisticPlacement]:
    """Return the requests that a saved statistic answers, the latest first."""
    return statistic.placements.select_related("foi_request", "placed_by")
