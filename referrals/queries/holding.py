"""Which advice is in force: for a force, the last given of those it was told of, on its own log or nationally."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from referrals.models import Advice, AdviceTold, Referral


def later_told() -> Exists:
    """Return the query expression for whether the force of an AdviceTold was told of advice given later."""
    given_at = OuterRef("advice__given_at")
    later = Q(advice__given_at__gt=given_at) | Q(advice__given_at=given_at, advice__gt=OuterRef("advice"))
    return Exists(AdviceTold.objects.filter(later, told_to=OuterRef("told_to")))


def is_replaced(told: AdviceTold) -> bool:
    """Return the same for a row that was read with `is_replaced=later_told()`."""
    return bool(getattr(told, "is_replaced", False))


def bearing_on(case: Referral, told: Iterable[AdviceTold]) -> Q:
    """Find the advice on a log, the given advice of its national log, and what else its forces were told."""
    among = Q(referral=case) | Q(pk__in={one.advice_id for one in told})
    if case.national_log_id:
        among |= Q(referral=case.national_log_id, given_at__isnull=False)
    return among


def replaced_advice(advice: Iterable[Advice], told: Iterable[AdviceTold]) -> frozenset[int]:
    """Return the keys of advice no longer in force.

    A later one was given on the same log, or every force told of it was told of one given later elsewhere.
    `told` was read with `is_replaced=later_told()`.
    """
    given = [one for one in advice if one.is_given]
    last: dict[int, int] = {}
    for one in given:
        last[one.referral_id] = max(one.number, last.get(one.referral_id, 0))
    holding: dict[int, bool] = {}
    for row in told:
        holding[row.advice_id] = holding.get(row.advice_id, False) or not is_replaced(row)
    return frozenset(
        one.pk for one in given if one.number < last[one.referral_id] or not holding.get(one.pk, True)
    )
