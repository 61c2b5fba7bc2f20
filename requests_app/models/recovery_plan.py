from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import append_only, never_emptied


class RecoveryPlan(models.Model):
    """A plan to answer, by a day, every request that had waited longer than 20 working days when it was made.

    The list of requests (`PlannedRequest`) is fixed when the plan is made. How many of them are still unanswered is
    never stored: it is read from the requests. `text` is what is published about it.
    """

    made_on = models.DateField()
    clear_by = models.DateField()
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clear_by__gt=F("made_on")), name="recovery_plan_clears_after_it_is_made"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="recovery_plan_says_something"),
            models.UniqueConstraint(fields=["made_on"], name="recovery_plan_one_a_day"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="recovery_plan_is_kept", fields=["made_on", "clear_by", "made_by", "made_at"]
            ),
            pgtrigger.Protect(name="recovery_plans_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("recovery_plans"),
        ]

    def __str__(self) -> str:
        return f"{self.made_on} to {self.clear_by}"

    @property
    def audit_subject(self) -> str:
        """What the trail calls it."""
        return f"recovery plan {self.pk}"


class PlannedRequest(models.Model):
    """One request on the list of a recovery plan."""

    plan = models.ForeignKey(RecoveryPlan, models.PROTECT, related_name="planned")
    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "foi_request"], name="request_planned_once")]
        triggers = append_only("planned_requests")

    def __str__(self) -> str:
        return f"{self.foi_request_id} in {self.plan_id}"
