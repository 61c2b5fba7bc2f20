"""What waits for an adviser: logs to triage, their own by the day advice is due, and what must not be forgotten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window, prefetch_related_objects

from foitracker.accounts.models import User
from referrals.models import Advice, Consultation, Referral, ReferralForce
from referrals.queries.waiting import late_consultations, uncirculated_advice
from referrals.rules.vocabulary import ReferralPriority
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus

#: Each list shows this many; its count leads to all of them in the log.
SHOWN = 10


@dataclass(frozen=True)
class ReferralCounts:
    """How many logs await advice: of the person, and of everyone."""

    mine: int
    mine_overdue: int
    overdue: int
    to_triage: int
    unassigned: int
    ageing: int
    ageing_low: int


@dataclass(frozen=True)
class WaitingReferrals:
    """What waits, with the forces of every log. Someone who does not advise is given the counts alone."""

    counts: ReferralCounts
    to_triage: list[Referral] = field(default_factory=list)
    mine: list[Referral] = field(default_factory=list)
    ageing_low: list[Referral] = field(default_factory=list)
    late: Sequence[Consultation] = ()
    late_total: int = 0
    uncirculated: Sequence[Advice] = ()
    uncirculated_total: int = 0


def referrals_at_a_glance(user: User, *, today: date) -> WaitingReferrals:
    """Return, in one query, how much waits for the unit; ageing is left for the log to show."""
    return WaitingReferrals(_counts(user, today, ageing_from=date.min))


def waiting_referrals(user: User, *, today: date, ageing_from: date) -> WaitingReferrals:
    """Return what waits for an adviser. A log that came before `ageing_from` is ageing.

    A fixed number of queries.
    """
    awaiting = _awaiting()
    low = awaiting.filter(priority=ReferralPriority.LOW, received_on__lt=ageing_from)
    lists = {
        "to_triage": list(awaiting.filter(status=ReferralStatus.LOGGED)[:SHOWN]),
        "mine": list(awaiting.filter(adviser=user)[:SHOWN]),
        "ageing_low": list(low.order_by("received_on", "id")[:SHOWN]),
    }
    _with_forces(log for logs in lists.values() for log in logs)
    late = list(late_consultations(today).annotate(total=Window(Count("*")))[:SHOWN])
    untold = list(uncirculated_advice().annotate(total=Window(Count("*")))[:SHOWN])
    return WaitingReferrals(
        _counts(user, today, ageing_from),
        late=late,
        late_total=_total(late),
        uncirculated=untold,
        uncirculated_total=_total(untold),
        **lists,
    )


def _awaiting() -> QuerySet[Referral]:
    return (
        Referral.objects.filter(status__in=AWAITING_ADVICE)
        .select_related("adviser")
        .defer("wording", "search")
        .order_by(F("reply_by").asc(nulls_last=True), "id")
    )


def _counts(user: User, today: date, ageing_from: date) -> ReferralCounts:
    overdue, ageing = Q(reply_by__lt=today), Q(received_on__lt=ageing_from)
    counts = Referral.objects.filter(status__in=AWAITING_ADVICE).aggregate(
        mine=Count("pk", filter=Q(adviser=user)),
        mine_overdue=Count("pk", filter=Q(adviser=user) & overdue),
        overdue=Count("pk", filter=overdue),
        to_triage=Count("pk", filter=Q(status=ReferralStatus.LOGGED)),
        unassigned=Count("pk", filter=Q(adviser__isnull=True)),
        ageing=Count("pk", filter=ageing),
        ageing_low=Count("pk", filter=ageing & Q(priority=ReferralPriority.LOW)),
    )
    return ReferralCounts(**counts)


def _with_forces(logs: Iterable[Referral]) -> None:
    """Read the forces of all lists at once; a log may be in several."""
    forces = ReferralForce.objects.select_related("force").defer("wording", "search")
    prefetch_related_objects(list(logs), Prefetch("forces", forces))


def _total(rows: Iterable[object]) -> int:
    """How many there are besides those read, as the database counted them."""
    return next((int(getattr(row, "total")) for row in rows), 0)  # noqa: B009 (an annotation)
