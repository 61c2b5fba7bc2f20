"""Who may do what with users. Each `check_can_x` raises `NotPermitted`; its `can_x` answers yes or no."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from .models import User
from .roles import Role


class NotPermitted(PermissionDenied):
    """Refused, with a reason fit to be shown to the person refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_can_manage_users(user: User | AnonymousUser) -> None:
    """Raise `NotPermitted` unless `user` is an active administrator."""
    if not (isinstance(user, User) and user.has_role(Role.ADMINISTRATOR)):
        raise NotPermitted("Only an administrator can see and change users.")


def can_manage_users(user: User | AnonymousUser) -> bool:
    try:
        check_can_manage_users(user)
    except NotPermitted:
        return False
    return True
