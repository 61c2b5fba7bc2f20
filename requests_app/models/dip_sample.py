from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import append_only, never_emptied


class Soundness(models.TextChoices):
    """What whoever assessed a sampled letter found."""

    SOUND = "sound", "Sound"
    COMMENTS = "comments", "Sound, with comments"
    NOT_SOUND = "not_sound", "Not sound"


class DipSample(models.Model):
    """A random sample of the answers issued in a period, as it was drawn.

    `seed` and `drawn_at` are all that the draw depends on besides the letters themselves, so it can be made again
    (`rules.casework.dip_sample`). Of `share` (per cent) and `asked_for` (letters) one was chosen. `population` is how
    many answers were issued in the period when it was drawn.
    """

    period_from = models.DateField()
    period_to = models.DateField()
    share = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Per cent.")
    asked_for = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Letters.")
    seed = models.CharField(max_length=32)
    population = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="dip_sample_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100, asked_for__isnull=True)
                | Q(share__isnull=True, asked_for__gte=1),
                name="dip_sample_share_or_number",
            ),
            models.CheckConstraint(condition=Q(population__gte=1), name="dip_sample_of_something"),
        ]
        triggers = append_only("dip_samples")

    def __str__(self) -> str:
        return f"{self.period_from} to {self.period_to}"

    @property
    def audit_subject(self) -> str:
        """What the trail calls it."""
        return f"dip sample {self.pk}"


class SampledLetter(models.Model):
    """One letter of a dip sample, whose answer it was when it was drawn, and what was found."""

    sample = models.ForeignKey(DipSample, models.PROTECT, related_name="letters")
    letter = models.ForeignKey("requests_app.Letter", models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=Soundness.choices, blank=True, default="")
    comment = models.TextField(blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    assessed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "letter"], name="letter_sampled_once"),
            models.CheckConstraint(
                condition=Q(result="", comment="", assessed_by__isnull=True, assessed_at__isnull=True)
                | Q(
                    result__in=[one.value for one in Soundness],
                    assessed_by__isnull=False,
                    assessed_at__isnull=False,
                ),
                name="sampled_letter_assessed_whole",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["", Soundness.SOUND]) | ~Q(comment=""),
                name="sampled_letter_says_what_is_wrong",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="sampled_letter_is_kept", fields=["sample", "letter", "officer"]),
            # The comment can still be masked.
            pgtrigger.Protect(
                name="sampled_result_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__assessed_at__isnull=False)
                & (
                    pgtrigger.Q(old__result__df=pgtrigger.F("new__result"))
                    | pgtrigger.Q(old__assessed_by__df=pgtrigger.F("new__assessed_by"))
                    | pgtrigger.Q(old__assessed_at__df=pgtrigger.F("new__assessed_at"))
                ),
            ),
            pgtrigger.Protect(name="sampled_letters_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("sampled_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} in {self.sample_id}"
