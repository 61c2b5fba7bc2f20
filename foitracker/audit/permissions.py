from django.contrib.auth.models import AnonymousUser

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted, why_not
from foitracker.accounts.roles import Role


def check_can_read_trail(user: User | AnonymousUser) -> None:
    """Raise `NotPermitted` unless `user` is an auditor or a manager."""
    if not (isinstance(user, User) and user.has_role(Role.AUDITOR, Role.MANAGER)):
        raise NotPermitted("Only auditors and managers read the audit trail.")


def can_read_trail(user: User | AnonymousUser) -> bool:
    return not why_not(check_can_read_trail, user)
