"""Which logs a person may know of.

A force contact sees its own force's part of the logs it is on; everyone else who is let in sees all of them.
"""

from django.db.models import QuerySet

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, Person, can, check_can
from referrals.models import ForceContact, Referral


def acts_for_force(user: Person) -> int | None:
    """Return the key of the force that a force contact acts for; None for everyone else.

    Raises NotPermitted for a force contact whose force has not been recorded yet: such an account sees
    nothing.
    """
    if not can(Permission.SEE_OWN_FORCE, user):
        return None
    force = ForceContact.objects.filter(user=user.pk).values_list("force_id", flat=True).first()
    if force is None:
        raise NotPermitted("Your account is not tied to a force yet. Ask the administrator of the unit.")
    return int(force)


def visible_referrals(user: Person) -> QuerySet[Referral]:
    """Return the logs that `user` may know of: all, or those their force is on.

    Raises NotPermitted for someone who may see none.
    """
    force_id = acts_for_force(user)
    if force_id is not None:
        return Referral.objects.filter(forces__force=force_id)
    check_can(Permission.SEE_REFERRALS, user)
    return Referral.objects.all()
