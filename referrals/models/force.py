from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ForceKind(models.TextChoices):
    TERRITORIAL = "territorial", "Territorial force"
    SPECIAL = "special", "Special force"
    NATIONAL = "national", "National body"
    OVERSEAS = "overseas", "Crown dependency or overseas territory"
    SERVICE = "service", "Service police"
    PORT = "port", "Port or local police"
    OVERSIGHT = "oversight", "Oversight or support body"


class AccessRegime(models.TextChoices):
    """Which access law a body answers under. Only under FOIA do we work out its deadline."""

    FOIA = "foia", "FOIA and EIR"
    DESIGNATED = "designated", "FOIA for designated functions"
    FOISA = "foisa", "Freedom of Information (Scotland) Act"
    VIA_HOST = "via_host", "Answers through another body"
    OUTSIDE = "outside", "Outside FOIA"
    UNKNOWN = "unknown", "Not recorded"


class Force(models.Model):
    """A police force or a body that refers like one, from the day it began to the day it ended.

    `name` and `short` are what it is called today; every name it ever had is a `ForceName`. A force that
    merged names its successor.
    """

    name = models.CharField(max_length=100, unique=True)
    short = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=ForceKind.choices)
    nation = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=40, blank=True)
    regime = models.CharField(max_length=12, choices=AccessRegime.choices, default=AccessRegime.UNKNOWN)
    email = models.EmailField(
        blank=True, help_text="The mailbox of its FOI team; advice is told to this address."
    )
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True, help_text="Its last day.")
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="force_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | Q(to_on__isnull=False),
                name="force_succeeded_once_ended",
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("id")),
                name="force_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_subject(self) -> str:
        """What the audit trail calls this force."""
        return f"force/{self.pk}"

    @property
    def has_foia_deadline(self) -> bool:
        """True when its time limit is FOIA's 20 working days, which we can work out."""
        return self.regime in (AccessRegime.FOIA, AccessRegime.DESIGNATED)


class ForceNameKind(models.TextChoices):
    OFFICIAL = "official", "Official name"
    SHORT = "short", "Short name"
    ALIAS = "alias", "Also called"


class ForceName(models.Model):
    """A name that finds a force. `normalised` is what `rules.force_names` makes of it for comparing."""

    force = models.ForeignKey(Force, models.PROTECT, related_name="names")
    name = models.CharField(max_length=100)
    normalised = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=8, choices=ForceNameKind.choices)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["force_id", "kind", "name"]
        constraints = [
            # From a day on: a constabulary renamed police is called alike in `normalised`.
            models.UniqueConstraint(
                fields=["force", "kind", "name", "from_on"], nulls_distinct=False, name="force_named_once"
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="force_name_ends_after_it_began",
            ),
            models.CheckConstraint(condition=~Q(normalised=""), name="force_name_says_something"),
        ]

    def __str__(self) -> str:
        return self.name


class ForceContact(models.Model):
    """Ties an account with the role of a force contact to its force. It sees that force's referrals alone."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+")
    force = models.ForeignKey(Force, models.PROTECT, related_name="contacts")
    since = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.user} for {self.force}"
