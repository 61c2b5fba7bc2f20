"""Reading users."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from .models import Absence, User, canonical_email

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


def absences_on(day: date) -> QuerySet[Absence]:
    """Return who is away on a day, with their cover."""
    return Absence.objects.filter(from_on__lte=day, to_on__gte=day, ended_at__isnull=True)


def away_without_cover(day: date) -> QuerySet[User]:
    """Return those who are away on a day and have no cover who is there and can sign in."""
    covered = (
        absences_on(day)
        .filter(cover__is_active=True, person=OuterRef("pk"))
        .exclude(cover__in=absences_on(day).values("person"))
    )
    return User.objects.filter(Exists(absences_on(day).filter(person=OuterRef("pk"))) & ~Exists(covered))


def coming_absences(today: date) -> QuerySet[Absence]:
    """Return the absences that are not over, the first first."""
    return Absence.objects.filter(to_on__gte=today, ended_at__isnull=True).select_related("person", "cover")
