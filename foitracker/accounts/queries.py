"""Reading users."""

from django.db.models import QuerySet

from .models import User, canonical_email

#: Columns the list of users can be sorted by.
SORTABLE = ("name", "email", "last_login", "is_active")


def users(*, sort: str = "name") -> QuerySet[User]:
    """Return all users, in the order of `sort`: one of SORTABLE, with `-` before it for the reverse."""
    return User.objects.order_by(sort, "pk")


def user_with_email(email: str) -> User | None:
    return User.objects.filter(email=canonical_email(email)).first()


def active_demonstration_users() -> QuerySet[User]:
    return User.objects.filter(is_demonstration=True, is_active=True)
