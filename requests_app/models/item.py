from django.conf import settings
from django.db import models
from django.db.models import F, Q

from requests_app.rules.casework.dispositions import DISPOSITION_LABELS, Disposition


class RequestItem(models.Model):
    """One numbered part of a request and what became of it.

    `label` is the applicant's own ("A", "3"); `position` only orders. `explanation` is printed in the letter.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20)
    text = models.TextField()
    disposition = models.CharField(
        max_length=20, blank=True, default="", choices=[(d.value, DISPOSITION_LABELS[d]) for d in Disposition]
    )
    explanation = models.TextField(blank=True)
    location = models.TextField(blank=True, help_text="Where accessible information is found (s.21).")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "item"
        ordering = ["foi_request_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["foi_request", "position"],
                name="item_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["foi_request", "label"], name="item_label_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="item_not_its_own_duplicate"),
            models.CheckConstraint(
                condition=Q(disposition=Disposition.DUPLICATE, duplicate_of__isnull=False)
                | ~Q(disposition=Disposition.DUPLICATE) & Q(duplicate_of__isnull=True),
                name="item_duplicate_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(disposition="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(disposition="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="item_decided_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.label
