"""What waits for the person who is signed in, of the referrals: a part of the page My work."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from referrals.queries import my_referrals
from referrals.views.log_rows import ageing_day, log_rows


def waiting_referrals(request: SignedInRequest) -> dict[str, Any]:
    """Return the context of templates/referrals/my_work.html."""
    user, today = request.user, timezone.localdate()
    if not can(Permission.WORK_REFERRAL, user):
        found = my_referrals.referrals_at_a_glance(user, today=today)
        return {"referral_work": {"found": found, "overdue_tone": _tone(found.counts.overdue)}}
    ageing_from = ageing_day(today)
    found = my_referrals.waiting_referrals(user, today=today, ageing_from=ageing_from)
    rows = {
        name: log_rows(getattr(found, name), today, ageing_from=ageing_from)
        for name in ("to_triage", "mine", "ageing_low")
    }
    work = {
        "found": found,
        "advises": True,
        "user_id": str(user.pk),
        "overdue_tone": _tone(found.counts.mine_overdue),
        **rows,
    }
    return {"referral_work": work}


def _tone(overdue: int) -> str:
    return "bad" if overdue else "neutral"
