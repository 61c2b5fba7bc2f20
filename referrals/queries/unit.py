"""What the Central Referral Unit has decided about its own work."""

from datetime import date

from foitracker.working_days.calendar import CalendarNotCovered
from foitracker.working_days.queries import current_calendar
from referrals.models import ReferralUnit
from referrals.rules.ageing import ageing_before


def unit() -> ReferralUnit:
    """Return the unit's rules; the defaults before any are recorded."""
    return ReferralUnit.objects.select_related("own_force").first() or ReferralUnit(id=1)


def ageing_from(today: date) -> date:
    """Return the first day whose logs are not ageing yet, by the unit's rules."""
    try:
        return ageing_before(today, unit().ageing_after_days, current_calendar())
    except CalendarNotCovered:  # no calendar of these days: nothing can be said to age
        return date.min
