"""Who may do what with users. Each `check_can_x` raises `NotPermitted`; its `can_x` answers yes or no."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from .models import User
from .roles import Role


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


def check_can_manage_users(user: User | AnonymousUser) -> None:
    """Raise `NotPermitted` unless `user` is an active administrator."""
    if not (isinstance(user, User) and user.has_role(Role.ADMINISTRATOR)):
        raise NotPermitted("Only an administrator can see and change users.")


def can_manage_users(user: User | AnonymousUser) -> bool:
    return not why_not(check_can_manage_users, user)


def check_can_change_roles_of(by: User, user: User) -> None:
    """Raise `NotPermitted` unless `by` is an administrator and `user` someone else.

    No one gives themselves a role; and since every change is made by an administrator who stays
    one, there is always an administrator left.
    """
    check_can_manage_users(by)
    if by.pk == user.pk:
        raise NotPermitted("You cannot change your own roles. Ask another administrator.")


def check_can_deactivate(by: User, user: User) -> None:
    """Raise `NotPermitted` unless `by` is an administrator and `user` someone else."""
    check_can_manage_users(by)
    if by.pk == user.pk:
        raise NotPermitted("You cannot deactivate yourself. Ask another administrator.")
