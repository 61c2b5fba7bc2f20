"""Who may do what: one table for the whole tracker. `check_can` raises with a reason; `can` answers yes or no.

A page shows the reason beside what is not offered, so it has to read well. What depends on the case
besides the role is in the `permissions` of the app concerned.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from .models import User
from .permission_names import Permission
from .roles import Role

Person = User | AnonymousUser


class NotPermitted(PermissionDenied):
    """Refused, with a reason fit to be shown to the person refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def why_not(check: Callable[..., None], *arguments: object) -> str:
    """Return the reason `check(*arguments)` refuses; empty when it does not."""
    try:
        check(*arguments)
    except NotPermitted as refused:
        return refused.reason
    return ""


_CASEWORKERS = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER}
_READERS = frozenset(_CASEWORKERS | {Role.AUDITOR})

ROLES_FOR: dict[Permission, frozenset[Role]] = {
    Permission.MANAGE_USERS: frozenset({Role.ADMINISTRATOR}),
    Permission.READ_TRAIL: frozenset({Role.AUDITOR, Role.MANAGER}),
    Permission.ENTER_ABSENCE: frozenset(_CASEWORKERS),
    Permission.OVERSEE: frozenset({Role.MANAGER}),
    Permission.SEE_PERFORMANCE: _READERS,
    Permission.CHANGE_REMINDERS: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    Permission.SEE_OUTBOX: frozenset({Role.MANAGER}),
    Permission.SEE_STATUS: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    Permission.RESEND_MAIL: frozenset({Role.CRU_ADVISER, Role.MANAGER}),
    Permission.VIEW_CASES: _READERS,
    Permission.LOG_REQUEST: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.WRITE_NOTE: frozenset(_CASEWORKERS),
    Permission.RECORD_TIME: frozenset(_CASEWORKERS),
    Permission.ASSIGN: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.MASK_WORDS: frozenset(
        {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER, Role.MANAGER}
    ),
    Permission.SEE_IDENTITY: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER}),
    Permission.WORK_CASE: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    Permission.REVIEW: frozenset({Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER, Role.MANAGER}),
    Permission.CARRY_OUT_REVIEW: frozenset({Role.REVIEWER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.DECIDE: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    Permission.APPROVE: frozenset({Role.DECISION_MAKER, Role.MANAGER}),
    Permission.ISSUE: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER}),
    Permission.SEND_LETTER_AGAIN: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.CHANGE_SETTINGS: frozenset({Role.ADMINISTRATOR}),
    Permission.SHOW_REQUEST: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.READ_SHOWN: frozenset({Role.OUTSIDE_READER}),
    Permission.SEE_CALENDAR: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    Permission.CHANGE_CALENDAR: frozenset({Role.MANAGER}),
    Permission.SEE_REFERRALS: _READERS,
    Permission.LOG_REFERRAL: frozenset({Role.CRU_ADVISER, Role.MANAGER}),
    Permission.WORK_REFERRAL: frozenset({Role.CRU_ADVISER}),
    Permission.ASSIGN_REFERRAL: frozenset({Role.CRU_ADVISER, Role.MANAGER}),
    Permission.REFER_OWN_REQUEST: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    Permission.SEE_STATISTICS: _READERS,
    Permission.SAVE_STATISTIC: frozenset(_CASEWORKERS),
    Permission.PLACE_STATISTIC: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    Permission.SEE_REFERENCE_DATA: _READERS | {Role.ADMINISTRATOR},
    Permission.CHANGE_FORCES: frozenset({Role.ADMINISTRATOR}),
    Permission.CHANGE_CRITERIA: frozenset({Role.ADMINISTRATOR}),
    Permission.CHANGE_UNIT: frozenset({Role.ADMINISTRATOR}),
    Permission.SET_COMPLETENESS: frozenset({Role.CRU_ADVISER, Role.MANAGER, Role.ADMINISTRATOR}),
    Permission.MANAGE_CONTACTS: frozenset({Role.ADMINISTRATOR}),
    Permission.SEE_OWN_FORCE: frozenset({Role.FORCE_CONTACT}),
    Permission.REPORT_UPTAKE: frozenset({Role.CRU_ADVISER, Role.FORCE_CONTACT}),
}


def check_can(permission: Permission, user: Person) -> None:
    """Raise NotPermitted, naming the roles that may, unless `user` is active and holds one of them."""
    roles = ROLES_FOR[permission]
    if isinstance(user, User) and user.is_active and user.has_role(*roles):
        return
    allowed = ", ".join(sorted(role.label for role in roles))
    raise NotPermitted(f"Your role does not let you {permission}. It takes one of: {allowed}.")


def can(permission: Permission, user: Person) -> bool:
    """Return whether `user` may."""
    return not why_not(check_can, permission, user)


def those_who_may(permission: Permission) -> Q:
    """Return `can(permission, user)` as a condition on users."""
    return Q(is_active=True, roles__overlap=[str(role) for role in ROLES_FOR[permission]])


def check_can_change_roles_of(by: User, user: User) -> None:
    """Raise `NotPermitted` unless `by` is an administrator and `user` someone else.

    No one gives themselves a role; and since every change is made by an administrator who stays
    one, there is always an administrator left.
    """
    check_can(Permission.MANAGE_USERS, by)
    if by.pk == user.pk:
        raise NotPermitted("You cannot change your own roles. Ask another administrator.")


def check_can_deactivate(by: User, user: User) -> None:
    """Raise `NotPermitted` unless `by` is an administrator and `user` someone else."""
    check_can(Permission.MANAGE_USERS, by)
    if by.pk == user.pk:
        raise NotPermitted("You cannot deactivate yourself. Ask another administrator.")
