"""The log an address names, for those who may know of it."""

from django.http import Http404
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.audit.operations import record_access
from referrals.events.intake import REFERRAL_REFUSED
from referrals.models import Referral
from referrals.permissions import acts_for_force
from referrals.queries.finding import known_logs, log_of


def find_referral(user: User, year: int, number: int) -> Referral:
    """Return a log that `user` may know of.

    Raises Http404 if there is none. A force contact who asks for a log their force is not on gets the same
    answer, and the attempt goes to the trail. Raises NotPermitted for someone who may see no log at all.
    """
    found = known_logs(user).filter(year=year, number=number).first()
    if found is not None:
        return found
    force_id = acts_for_force(user)
    hidden = log_of(year, number) if force_id is not None else None
    if hidden is not None:
        _record_refusal(user, hidden, force_id)
    raise Http404(f"There is no log {number}/{year % 100:02}.")


def check_own_part(user: User, referral: Referral, force_id: int | None) -> None:
    """Raise Http404 for a force contact who asks for what belongs to another force on a shared log.

    `force_id` is the force it belongs to, None for the unit's own work. The attempt goes to the trail.
    """
    own = acts_for_force(user)
    if own is not None and own != force_id:
        _record_refusal(user, referral, own)
        raise Http404("There is no such page.")


def _record_refusal(user: User, referral: Referral, force_id: int | None) -> None:
    record_access(
        event=REFERRAL_REFUSED,
        by=user,
        at=timezone.now(),
        subject=referral.reference,
        detail={"force": force_id},
    )
