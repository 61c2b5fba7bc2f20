"""The log an address names, for those who may know of it and for the trail of who may not."""

from django.db.models import QuerySet

from foitracker.accounts.models import User
from referrals.models import Referral


def known_logs(user: User) -> QuerySet[Referral]:
    """Return the logs `user` may know of, with their adviser and topic. Raise NotPermitted for who may see none."""
    return Referral.objects.visible_to(user).select_related("adviser", "topic")


def log_of(year: int, number: int) -> Referral | None:
    """Return the log of this number, whoever asks: to record that it was asked for."""
    return Referral.objects.filter(year=year, number=number).first()
