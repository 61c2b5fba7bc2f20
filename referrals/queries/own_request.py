"""The logs on which a request of our own was referred."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from referrals.models import Referral, ReferralForce
from referrals.rules.workflow import AWAITING_ADVICE
from requests_app.models import FoiRequest


def open_referral_of(case: FoiRequest) -> Referral | None:
    """Return the log on which advice about a request of ours is still owed, or None."""
    awaiting: Collection[str] = AWAITING_ADVICE
    return Referral.objects.filter(own_request=case, status__in=awaiting).order_by("-pk").first()


def behind_own_clock() -> QuerySet[ReferralForce]:
    """Return our own part of logs awaiting advice whose limit is no longer that of our request."""
    known = Coalesce("stated_due_on", "due_on")
    return ReferralForce.objects.annotate(known=known).filter(
        ~Q(known=F("referral__own_request__due_on")),
        referral__status__in=sorted(AWAITING_ADVICE),
        referral__own_request__due_on__isnull=False,
        reference=F("referral__own_request__reference"),
    )
