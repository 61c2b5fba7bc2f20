from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import append_only, never_emptied
from referrals.rules.vocabulary import MARKING_LABELS, UPTAKE_LABELS, Marking, Uptake


class PortfolioLead(models.Model):
    """Whom the unit consults on a subject: a post, not a person, reached through an official mailbox."""

    portfolio = models.CharField(max_length=120, unique=True)
    post = models.CharField(max_length=120, help_text="Such as: national lead's staff officer.")
    email = models.EmailField(blank=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["portfolio"]

    def __str__(self) -> str:
        return self.portfolio


class Consultation(models.Model):
    """A question to a portfolio lead about a log. They are given its number and wording, never the applicant."""

    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="consultations")
    lead = models.ForeignKey(PortfolioLead, models.PROTECT, related_name="+")
    question = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reply_by = models.DateField()
    replied_on = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_by__gte=F("asked_on")), name="consultation_time_to_reply"
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, reply="") | Q(replied_on__isnull=False) & ~Q(reply=""),
                name="consultation_reply_dated",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("asked_on")),
                name="consultation_replied_after_asking",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reply_by"], name="consultation_awaited", condition=Q(replied_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead} on {self.referral}"

    @property
    def message_key(self) -> str:
        """What the e-mail with the question is called in the outbox."""
        return f"consultation-{self.pk}"


class Advice(models.Model):
    """Advice on a log: a draft until it is given, and fixed from then on. A later one replaces it."""

    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="advice")
    number = models.PositiveSmallIntegerField(help_text="Counts the advice on a log from 1.")
    text = models.TextField()
    exemptions = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    marking = models.CharField(
        max_length=20, choices=[(m.value, MARKING_LABELS[m]) for m in Marking], default=Marking.OFFICIAL
    )
    adviser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "advice"
        ordering = ["referral_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="advice_numbered_once"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(given_at__isnull=True), name="advice_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_on__isnull=True)
                | Q(given_at__isnull=False, given_on__isnull=False),
                name="advice_given_when",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="advice_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="given_advice_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__given_at__isnull=False),
            ),
            never_emptied("advice"),
        ]

    def __str__(self) -> str:
        return f"Advice {self.number} on {self.referral}"

    @property
    def is_given(self) -> bool:
        return self.given_at is not None


class AdviceTold(models.Model):
    """One force told of one advice, when, and what it did with it.

    `told_to` is the force on the log the advice was given on, or on a log grouped under it. A reason is needed
    where a force did not adopt the advice as it was.
    """

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="told")
    told_to = models.ForeignKey(
        "referrals.ReferralForce", models.PROTECT, related_name="told", db_index=False
    )
    told_on = models.DateField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_email = models.BooleanField(default=False)
    uptake = models.CharField(
        max_length=8, blank=True, default="", choices=[(u.value, UPTAKE_LABELS[u]) for u in Uptake]
    )
    uptake_reason = models.TextField(blank=True)
    uptake_on = models.DateField(null=True, blank=True)
    uptake_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["advice_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["advice", "told_to"], name="force_told_once"),
            models.CheckConstraint(
                condition=Q(uptake="", uptake_on__isnull=True, uptake_by__isnull=True)
                | ~Q(uptake="") & Q(uptake_on__isnull=False, uptake_by__isnull=False),
                name="uptake_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(uptake__in=[Uptake.IN_PART, Uptake.DEPARTED]) | ~Q(uptake_reason=""),
                name="uptake_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["told_on"], name="told_by_day"),
            # With what statistics ask of it.
            models.Index(fields=["told_to"], include=["advice", "uptake"], name="told_to_force"),
        ]

    def __str__(self) -> str:
        return f"{self.told_to} told of {self.advice}"

    @property
    def message_key(self) -> str:
        """What its e-mail is called in the outbox."""
        return advice_message_key(self.advice_id, self.told_to_id)


def advice_message_key(advice_id: int, involved_id: int) -> str:
    """Return what the outbox calls the e-mail that tells a force on a log of advice."""
    return f"advice-{advice_id}-{involved_id}"


class Direction(models.TextChoices):
    IN = "in", "Received"
    OUT = "out", "Sent"


class CorrespondenceKind(models.TextChoices):
    LETTER = "letter", "Correspondence"
    CHASER = "chaser", "Chaser"
    CONSULTATION = "consultation", "Consultation"
    CIRCULATION = "circulation", "Circulation"


class Correspondence(models.Model):
    """Something written about a log, in or out, on its day. With a force, a portfolio lead, or neither."""

    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="correspondence")
    with_force = models.ForeignKey(
        "referrals.ReferralForce", models.PROTECT, null=True, blank=True, related_name="correspondence"
    )
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="correspondence"
    )
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(
        max_length=12, choices=CorrespondenceKind.choices, default=CorrespondenceKind.LETTER
    )
    dated_on = models.DateField()
    text = models.TextField()
    message_key = models.CharField(
        max_length=100, blank=True, help_text="In the outbox, when it was e-mailed."
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "correspondence"
        ordering = ["referral_id", "dated_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correspondence_says_something"),
            models.CheckConstraint(
                condition=Q(with_force__isnull=True) | Q(consultation__isnull=True),
                name="correspondence_with_one_side",
            ),
        ]
        triggers = append_only("correspondence")

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.dated_on}"
