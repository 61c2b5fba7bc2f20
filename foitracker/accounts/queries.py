"""Reading users."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from .models import User, canonical_email

#: Columns the list of users can be sorted by.
SORTABLE = ("name", "email", "last_login", "is_active")


def users(*, sort: str = "name") -> QuerySet[User]:
    """Return all users, in the order of `sort`: one of SORTABLE, with `-` before it for the reverse."""
    return User.objects.order_by(sort, "pk")


def user_with_email(email: str) -> User | None:
    return User.objects.filter(email=canonical_email(email)).first()


def audit_subject_of(credentials: Mapping[str, Any]) -> str:
    """Return what the trail calls the user somebody tried to sign in as; empty when there is none."""
    user = user_with_email(str(credentials.get("email", "")))
    return user.audit_subject if user else ""


def active_demonstration_users() -> QuerySet[User]:
    return User.objects.filter(is_demonstration=True, is_active=True)
