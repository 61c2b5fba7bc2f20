"""Who may do what with referrals. `check_can` raises with a reason; `can` answers yes or no.

A force contact sees its own force's part of the logs it is on; everyone else who is let in sees all of them.
"""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted, why_not
from foitracker.accounts.roles import Role
from referrals.models import ForceContact, Referral

Person = User | AnonymousUser


class ReferralPermission(StrEnum):
    """What a person may do. The value reads after “may”."""

    SEE_REFERRALS = "see the referrals of all forces"
    LOG_REFERRAL = "log a referral"
    WORK_REFERRAL = "work on referrals"
    ASSIGN_REFERRAL = "assign a referral"
    REFER_OWN_REQUEST = "refer a request of our own"
    SEE_STATISTICS = "see statistics on referrals"
    SAVE_STATISTIC = "save a statistic"
    PLACE_STATISTIC = "place a statistic in a letter"
    SEE_REFERENCE_DATA = "see the forces and the mandatory criteria"
    CHANGE_FORCES = "change the register of forces"
    CHANGE_CRITERIA = "change the mandatory criteria"
    CHANGE_UNIT = "change the unit's own rules"
    SET_COMPLETENESS = "say up to when the log is complete"
    MANAGE_CONTACTS = "say who acts for a force"
    SEE_OWN_FORCE = "see the referrals of their own force"
    REPORT_UPTAKE = "report what a force did with advice"


_CASEWORKERS = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER}
_READERS = frozenset(_CASEWORKERS | {Role.AUDITOR})

ROLES_FOR: dict[ReferralPermission, frozenset[Role]] = {
    ReferralPermission.SEE_REFERRALS: _READERS,
    ReferralPermission.LOG_REFERRAL: frozenset({Role.CRU_ADVISER, Role.MANAGER}),
    ReferralPermission.WORK_REFERRAL: frozenset({Role.CRU_ADVISER}),
    ReferralPermission.ASSIGN_REFERRAL: frozenset({Role.CRU_ADVISER, Role.MANAGER}),
    ReferralPermission.REFER_OWN_REQUEST: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    ReferralPermission.SEE_STATISTICS: _READERS,
    ReferralPermission.SAVE_STATISTIC: frozenset(_CASEWORKERS),
    ReferralPermission.PLACE_STATISTIC: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    ReferralPermission.SEE_REFERENCE_DATA: _READERS | {Role.ADMINISTRATOR},
    ReferralPermission.CHANGE_FORCES: frozenset({Role.ADMINISTRATOR}),
    ReferralPermission.CHANGE_CRITERIA: frozenset({Role.ADMINISTRATOR}),
    ReferralPermission.CHANGE_UNIT: frozenset({Role.ADMINISTRATOR}),
    ReferralPermission.SET_COMPLETENESS: frozenset({Role.CRU_ADVISER, Role.MANAGER, Role.ADMINISTRATOR}),
    ReferralPermission.MANAGE_CONTACTS: frozenset({Role.ADMINISTRATOR}),
    ReferralPermission.SEE_OWN_FORCE: frozenset({Role.FORCE_CONTACT}),
    ReferralPermission.REPORT_UPTAKE: frozenset({Role.CRU_ADVISER, Role.FORCE_CONTACT}),
}


def check_can(permission: ReferralPermission, user: Person) -> None:
    """Raise NotPermitted, naming the roles that may, unless `user` holds one of them."""
    roles = ROLES_FOR[permission]
    if isinstance(user, User) and user.is_active and user.has_role(*roles):
        return
    allowed = ", ".join(sorted(role.label for role in roles))
    raise NotPermitted(f"Your role does not let you {permission}. It takes one of: {allowed}.")


def can(permission: ReferralPermission, user: Person) -> bool:
    """Return whether `user` may do it."""
    return not why_not(check_can, permission, user)


def acts_for_force(user: Person) -> int | None:
    """Return the key of the force that a force contact acts for; None for everyone else.

    Raises NotPermitted for a force contact whose force has not been recorded yet: such an account sees
    nothing.
    """
    if not can(ReferralPermission.SEE_OWN_FORCE, user):
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
    check_can(ReferralPermission.SEE_REFERRALS, user)
    return Referral.objects.all()
