"""The logs on which a request of our own was referred."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from referrals.models import AdviceTold, Referral, ReferralForce
from referrals.queries.holding import later_told
from referrals.rules.workflow import AWAITING_ADVICE
from requests_app.models import FoiRequest


def open_referral_of(case: FoiRequest) -> Referral | None:
    """Return the log on which advice about a request of ours is still owed, or None."""
    awaiting: Collection[str] = AWAITING_ADVICE
    return Referral.objects.filter(own_request=case, status__in=awaiting).order_by("-pk").first()


def advice_on_own_request(case: FoiRequest) -> QuerySet[AdviceTold]:
    """Return the advice that reached a request of ours, the latest first, and whether a later one replaced it."""
    return (
        AdviceTold.objects.filter(told_to__referral__own_request=case, told_to__reference=case.reference)
        .annotate(is_replaced=later_told())
        .select_related("advice__referral")
        .defer("advice__referral__wording", "advice__referral__search")
        .order_by("-told_at", "-pk")
    )


def advice_without_uptake(ourselves: ReferralForce) -> QuerySet[AdviceTold]:
    """Return the advice in force that reached us on a log, of which it is not said what is done with it."""
    return AdviceTold.objects.filter(~later_told(), told_to=ourselves, uptake="")


def behind_own_clock() -> QuerySet[ReferralForce]:
    """Return our own part of logs awaiting advice whose limit is no longer that of our request."""
    known = Coalesce("stated_due_on", "due_on")
    return ReferralForce.objects.annotate(known=known).filter(
        ~Q(known=F("referral__own_request__due_on")),
        referral__status__in=sorted(AWAITING_ADVICE),
        referral__own_request__due_on__isnull=False,
        reference=F("referral__own_request__reference"),
    )
