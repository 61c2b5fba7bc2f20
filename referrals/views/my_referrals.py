"""What waits for the person who is signed in, of the referrals: a part of the page My work."""

from typing import Any

from foitracker.accounts.http import SignedInRequest


def waiting_referrals(request: SignedInRequest) -> dict[str, Any]:
    """This function will give the context of templates/referrals/my_work.html."""
    return {"referral_work": None}
