"""The log an address names, for those who may know of it."""

from django.http import Http404
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.audit.operations import record_look
from referrals.models import Referral
from referrals.permissions import acts_for_force, visible_referrals


def find_referral(user: User, year: int, number: int) -> Referral:
    """This function will give a log that `user` may know of.

    Raises Http404 where there is none. A force contact who asks for a log their force is not on gets the same
    answer, and the attempt goes to the trail. Raises NotPermitted for somebody who may see no log at all.
    """
    found = (
        visible_referrals(user).select_related("adviser", "topic").filter(year=year, number=number).first()
    )
    if found is not None:
        return found
    force_id = acts_for_force(user)
    hidden = Referral.objects.filter(year=year, number=number).first() if force_id is not None else None
    if hidden is not None:
        record_look(
            act="referral_refused",
            by=user,
            at=timezone.now(),
            subject=hidden.reference,
            detail={"force": force_id},
        )
    raise Http404(f"There is no log {number}/{year % 100:02}.")
