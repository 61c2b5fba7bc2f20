"""Whose part of a log a person sees: a force contact its own force's, everyone else who is let in all of it.

Which logs that are is `Referral.objects.visible_to`.
"""

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, Person, can
from referrals.models import ForceContact


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
