from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import append_only


class TriageSheet(models.Model):
    """One meeting that went through the new requests: those logged after `since` and up to `until`.

    The next sheet begins where this one ended, so that no request is left out or gone through twice. `previous` is
    the sheet before it; two people who keep a sheet at once cannot both follow the same one.
    """

    since = models.DateTimeField()
    until = models.DateTimeField()
    held_on = models.DateField()
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-until", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["previous"], name="triage_sheet_follows_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="triage_sheet_in_order"),
        ]
        triggers = append_only("triage_sheets")

    def __str__(self) -> str:
        return self.held_on.isoformat()

    @property
    def audit_subject(self) -> str:
        """What the trail calls it."""
        return f"triage sheet {self.pk}"
