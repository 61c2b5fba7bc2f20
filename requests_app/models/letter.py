from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q


class LetterStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Awaiting approval"
    APPROVED = "approved", "Approved"
    ISSUED = "issued", "Issued"
    SUPERSEDED = "superseded", "Superseded"
    ABANDONED = "abandoned", "Abandoned"


_FROZEN_COLUMNS = [
    "foi_request_id", "kind", "is_answer", "answer", "advice", "enclosures", "facts", "html", "pdf",
    "sha256", "html_sha256", "facts_sha256",
    "template_version", "decided_by_id", "decided_at", "approved_by_id", "approved_at", "own_approval",
    "issued_by_id", "issued_at", "issued_on", "corrected_letter_id", "correction",
    "own_texts",
]  # fmt: skip
_SHA256 = r"^[0-9a-f]{64}$"
_FROZEN_CHANGES = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in _FROZEN_COLUMNS)


class Letter(models.Model):
    """A letter, from draft to issue. From issue on the database refuses to change or delete it.

    What a `kind` is, is declared in `requests_app.letters.kinds`; the database knows of it only whether it answers
    the request (`is_answer`): that takes a decision and an approval, another letter does not. `own_texts` is what the
    officer wrote in fields that only this kind has, so that no column follows a new kind.
    `facts`, `html`, `pdf`, the SHA-256 of each (`sha256` is the PDF's) and `template_version` are written in the
    transaction that issues it; `letters.frozen` checks them at every read, and each time it is sent is a
    `LetterDespatch`. A mistake found later is put right by a new letter that corrects it (`corrected_letter`).
    `returned_at` is when a draft was last taken back from approval, `approval_fell` whether it had been approved then;
    submitting it again clears both.
    `difference_explanations` holds the officer's explanation of each reference asked for and not answered, or
    the reverse, by its key ("missing:698/20").
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    is_answer = models.BooleanField()
    status = models.CharField(max_length=12, choices=LetterStatus.choices, default=LetterStatus.DRAFT)

    answer = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    enclosures = models.TextField(blank=True, help_text="One a line.")
    own_texts = models.JSONField(default=dict, blank=True)
    difference_explanations = models.JSONField(default=dict, blank=True)
    corrected_letter = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    correction = models.TextField(blank=True, help_text="What was wrong in the letter this one corrects.")

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    own_approval = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True, blank=True)
    approval_fell = models.BooleanField(default=False, db_default=False)

    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(null=True, blank=True)
    html = models.TextField(blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    html_sha256 = models.CharField(max_length=64, blank=True)
    facts_sha256 = models.CharField(max_length=64, blank=True)
    template_version = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["foi_request_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["foi_request"],
                condition=Q(status__in=["draft", "submitted", "approved"], is_answer=True),
                name="letter_one_answer_in_hand",
            ),
            models.UniqueConstraint(
                fields=["corrected_letter"],
                condition=~Q(status=LetterStatus.ABANDONED),
                name="letter_corrected_once",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["issued", "superseded"])
                | Q(
                    issued_by__isnull=False,
                    issued_at__isnull=False,
                    issued_on__isnull=False,
                    facts__isnull=False,
                    pdf__isnull=False,
                    sha256__regex=_SHA256,
                    html_sha256__regex=_SHA256,
                    facts_sha256__regex=_SHA256,
                )
                & ~Q(html="")
                & ~Q(template_version=""),
                name="letter_issued_is_frozen_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "issued", "superseded"])
                | Q(approved_by__isnull=False, approved_at__isnull=False, decided_by__isnull=False),
                name="letter_approved_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("decided_by"))
                | Q(own_approval=True)
                | Q(is_answer=False),
                name="letter_decider_does_not_approve",
            ),
        ]
        indexes = [
            models.Index(  # those not issued yet, however many were
                fields=["status", "id"],
                include=["foi_request"],
                name="letter_in_hand",
                condition=Q(status__in=["draft", "submitted", "approved"]),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_letters_do_not_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.status IN ('issued', 'superseded') AND ({_FROZEN_CHANGES} "
                    "OR NEW.status NOT IN ('issued', 'superseded') "
                    "OR OLD.status = 'superseded' AND NEW.status <> 'superseded')"
                ),
            ),
            pgtrigger.Protect(
                name="issued_letters_are_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["issued", "superseded"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} letter for {self.foi_request_id}"

    @property
    def is_issued(self) -> bool:
        return self.status in (LetterStatus.ISSUED, LetterStatus.SUPERSEDED)
