"""Whom advice concerns, and who has been told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from referrals.models import Advice, AdviceTold, Referral, ReferralForce
from referrals.rules.workflow import ReferralStatus


@dataclass(frozen=True)
class Concerned:
    """A force that advice concerns, on the log itself or on one grouped under it. `told` is None until it is told."""

    involved: ReferralForce
    told: AdviceTold | None

    @property
    def mailbox(self) -> str:
        return str(self.involved.force.email)

    @property
    def is_ourselves(self) -> bool:
        return self.involved.is_ourselves


def forces_concerned(referral: Referral) -> list[ReferralForce]:
    """Return the forces on a log and on the open logs grouped under it, the log's own first."""
    grouped = Q(national_log=referral) & ~Q(status=ReferralStatus.CLOSED)
    # The logs are found first, each way by its index; asked of both tables at once it would read all forces.
    logs = Referral.objects.filter(Q(pk=referral.pk) | grouped)
    found = (
        ReferralForce.objects.filter(referral__in=logs.values("pk"))
        .select_related("force", "referral__own_request")
        .defer("wording", "search", "referral__wording", "referral__search")
    )
    return sorted(found, key=lambda one: (one.referral_id != referral.pk, one.force.name, one.pk))


def concerned_by(advice: Advice) -> list[Concerned]:
    """Return the forces that advice concerns with when each was told of it."""
    told = {one.told_to_id: one for one in AdviceTold.objects.filter(advice=advice).select_related("told_by")}
    return [Concerned(one, told.get(one.pk)) for one in forces_concerned(advice.referral)]


def to_be_told(concerned: Sequence[Concerned]) -> list[ReferralForce]:
    """Return those of the forces concerned that have not been told."""
    return [one.involved for one in concerned if one.told is None]


def latest_given(referral: Referral) -> Advice | None:
    """Return the advice in force on a log: the last that was given; None before there is any."""
    return referral.advice.filter(given_at__isnull=False).order_by("number").last()


def draft_of(referral: Referral) -> Advice | None:
    """Return the advice that is being drafted on a log; None when there is no draft."""
    return referral.advice.filter(given_at__isnull=True).first()
