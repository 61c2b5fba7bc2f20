from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from requests_app.rules.exemptions.prejudice import Prejudice

PREJUDICE_LABELS: dict[Prejudice, str] = {
    Prejudice.WOULD: "would (more likely than not)",
    Prejudice.WOULD_BE_LIKELY: "would be likely to (a real and significant risk)",
}


class ExemptionClaim(models.Model):
    """A section of Part II relied on for one or more items, its limbs, and the reasons section 17 asks for.

    `limbs` are references of the catalogue, such as "31(1)(a)". One claim is one block of the annex. What only some
    limbs ask is declared in `data/exemptions.json` and kept in `answers`, so that a question needs no column.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="claims")
    section = models.CharField(max_length=4)
    limbs = ArrayField(models.CharField(max_length=40))
    neither_confirm_nor_deny = models.BooleanField(default=False)
    items = models.ManyToManyField("requests_app.RequestItem", related_name="claims")

    why_applies = models.TextField(blank=True)
    prejudice = models.CharField(
        max_length=16, blank=True, default="", choices=[(p.value, PREJUDICE_LABELS[p]) for p in Prejudice]
    )
    harm = models.TextField(blank=True)
    factors_for = models.TextField(blank=True)
    factors_against = models.TextField(blank=True)
    balance = models.TextField(blank=True)
    answers = models.JSONField(
        default=dict, blank=True, help_text="Answers to what the limbs ask, by the name of the question."
    )
    reasons_omitted = models.BooleanField(default=False, help_text="Reasons left out under s.17(4).")

    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField()

    class Meta:
        ordering = ["foi_request_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(limbs__len__gt=0), name="claim_names_a_limb"),
        ]
