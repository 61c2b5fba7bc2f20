from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from .roles import EXCLUSIVE_ROLES, Role

EMAIL_TAKEN = "Somebody with this e-mail address is already a user."


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in with `email`; without a password they cannot sign in yet."""
        user = self.model(email=canonical_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create the first administrator of an installation (`manage.py createsuperuser`)."""
        return self.create_user(email, password, **{"roles": [Role.ADMINISTRATOR], **fields})


class User(AbstractUser):
    """A person who signs in. No one is ever deleted: the audit trail and the letters name them."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": EMAIL_TAKEN},
    )
    name = models.CharField(max_length=120, help_text="As it is printed on letters.")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    is_demonstration = models.BooleanField(
        default=False, help_text="Made for trying the system out; its password is public."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="user_roles_known", condition=models.Q(roles__contained_by=[str(role) for role in Role])
            ),
            models.CheckConstraint(
                name="user_exclusive_role_alone",
                condition=~models.Q(roles__overlap=[str(role) for role in EXCLUSIVE_ROLES])
                | models.Q(roles__len=1),
            ),
            models.CheckConstraint(name="user_email_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(name="user_named", condition=~models.Q(name="")),
        ]
        triggers = [pgtrigger.Protect(name="user_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        # AbstractUser.clean would only lower-case the domain.
        self.email = canonical_email(self.email)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def audit_subject(self) -> str:
        """What the audit trail calls this person when an entry is about them."""
        return f"user/{self.pk}"

    def has_role(self, *roles: Role) -> bool:
        """Return whether the person is active and holds at least one of `roles`."""
        return self.is_active and not set(roles).isdisjoint(self.roles)


def canonical_email(email: str) -> str:
    """Return the form an address is stored and looked up in: trimmed and in lower case."""
    return email.strip().lower()


class Absence(models.Model):
    """The days somebody is away, both included, and who covers for them. One taken back is kept, with `ended_at`."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences")
    from_on = models.DateField()
    to_on = models.DateField()
    cover = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_began", condition=models.Q(to_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="absence_covered_by_somebody_else",
                condition=models.Q(cover__isnull=True) | ~models.Q(cover=models.F("person")),
            ),
        ]
        indexes = [
            models.Index(fields=["to_on"], name="absence_in_force", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.from_on.isoformat()} to {self.to_on.isoformat()}"
