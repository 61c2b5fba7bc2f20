from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import never_emptied
from foitracker.mail.models import OutboxMessage


class Despatch(models.TextChoices):
    """The ways in which a letter goes to the applicant."""

    EMAIL = "email", "E-mail"
    POST = "post", "Post"
    COLLECTED = "collected", "Collected"
    OTHER = "other", "The other address given"


class DespatchFailure(models.TextChoices):
    """How a letter did not arrive."""

    REFUSED = "refused", "Refused by the mail server"
    RETURNED = "returned", "Came back"


class ReturnReason(models.TextChoices):
    """Why a letter came back, as a person or a mail server says. No words: those would name the applicant."""

    NO_ADDRESS = "no_address", "There is no such address"
    FULL = "full", "The mailbox is full"
    NOT_TAKEN = "not_taken", "The receiving side did not take it"
    NOT_CALLED_FOR = "not_called_for", "It was not called for"
    OTHER = "other", "Another reason"


class LetterDespatch(models.Model):
    """One time that a letter was sent, and what became of it. From then on only the latter changes.

    `message` is its e-mail. `failed_at` is when it was known that it did not arrive; `entered_by` is empty where the
    mail server said so. Where the address was wrong that the applicant gave, the letter counts as sent on its day
    all the same (`is_address_at_fault`).
    """

    letter = models.ForeignKey("requests_app.Letter", models.PROTECT, related_name="despatches")
    way = models.CharField(max_length=10, choices=Despatch.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    message = models.OneToOneField(
        OutboxMessage, models.PROTECT, null=True, blank=True, related_name="despatch"
    )
    failure = models.CharField(max_length=8, choices=DespatchFailure.choices, blank=True, default="")
    reason = models.CharField(max_length=16, choices=ReturnReason.choices, blank=True, default="")
    failed_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_address_at_fault = models.BooleanField(default=False)

    class Meta:
        ordering = ["letter_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=Despatch.EMAIL) | Q(message__isnull=True), name="despatch_message_is_email"
            ),
            models.CheckConstraint(
                condition=Q(failure="", failed_at__isnull=True, entered_by__isnull=True, reason="")
                & Q(is_address_at_fault=False)
                | ~Q(failure="") & Q(failed_at__isnull=False),
                name="despatch_failed_when",
            ),
            models.CheckConstraint(
                condition=~Q(failure=DespatchFailure.RETURNED)
                | ~Q(reason="") & (Q(entered_by__isnull=False) | Q(message__isnull=False)),
                name="despatch_returned_why",
            ),
        ]
        indexes = [models.Index(fields=["letter"], name="despatch_failed", condition=~Q(failure=""))]
        triggers = [
            pgtrigger.ReadOnly(
                name="despatch_is_kept", fields=["letter", "way", "on", "at", "by", "message"]
            ),
            pgtrigger.Protect(name="despatches_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("despatch"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.on}"

    @property
    def counts(self) -> bool:
        """Whether the letter counts as sent by it: it did not fail, or the address given was wrong."""
        return not self.failure or self.is_address_at_fault

    @property
    def is_on_its_way(self) -> bool:
        """Whether its e-mail waits in the outbox."""
        return (
            self.message is not None
            and self.message.status == OutboxMessage.Status.QUEUED
            and not self.failure
        )


#: `LetterDespatch.counts` as a query.
COUNTS = Q(failure="") | Q(is_address_at_fault=True)
