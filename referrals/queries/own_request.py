"""The logs on which a request of our own was referred."""

from collections.abc import Collection

from referrals.models import Referral
from referrals.rules.workflow import AWAITING_ADVICE
from requests_app.models import FoiRequest


def open_referral_of(case: FoiRequest) -> Referral | None:
    """This function will give the log on which advice about a request of ours is still owed; None for none."""
    awaiting: Collection[str] = AWAITING_ADVICE
    return Referral.objects.filter(own_request=case, status__in=awaiting).order_by("-pk").first()
