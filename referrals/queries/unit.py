"""What the Central Referral Unit has decided about its own work."""

from referrals.models import ReferralUnit


def unit() -> ReferralUnit:
    """Return the unit's rules; the defaults before any are recorded."""
    return ReferralUnit.objects.select_related("own_force").first() or ReferralUnit(id=1)
