"""What waits for the person who is signed in, of the referrals: a part of the page My work."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.http import SignedInRequest
from referrals.permissions import ReferralPermission, can
from referrals.queries import my_referrals
from referrals.views.log_rows import ageing_day, log_rows


def waiting_referrals(request: SignedInRequest) -> dict[str, Any]:
    """This function will give the context of templates/referrals/my_work.html."""
    user, today = request.user, timezone.localdate()
    advises = can(ReferralPermission.WORK_REFERRAL, user)
    ageing_from = ageing_day(today)
    found = my_referrals.waiting_referrals(user, today=today, ageing_from=ageing_from, advises=advises)
    rows = {
        name: log_rows(getattr(found, name), today, ageing_from=ageing_from)
        for name in ("to_triage", "mine", "overdue", "ageing_low")
    }
    overdue = found.counts.mine_overdue if advises else found.counts.overdue
    work = {
        "found": found,
        "advises": advises,
        "user_id": str(user.pk),
        "overdue_tone": "bad" if overdue else "neutral",
        **rows,
    }
    return {"referral_work": work}
