from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import never_emptied


class SupervisionReview(models.Model):
    """That a supervisor went through a request on a day: the direction given and, if any, the action to take.

    It has nothing to do with an internal review, which an applicant asks for. Looking at the request is no review:
    there is none without a direction. What was directed is never changed, but can be masked; the action is closed with
    what was done, and stays so.
    """

    foi_request = models.ForeignKey(
        "requests_app.FoiRequest", models.PROTECT, related_name="supervision_reviews", db_index=False
    )
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    direction = models.TextField()
    action = models.TextField(blank=True)
    action_due_on = models.DateField(null=True, blank=True)
    action_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reviewed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(direction=""), name="supervision_directs_something"),
            models.CheckConstraint(
                condition=Q(action="", action_due_on__isnull=True, action_by__isnull=True)
                | Q(action_due_on__isnull=False, action_by__isnull=False) & ~Q(action=""),
                name="supervision_action_whole",
            ),
            models.CheckConstraint(
                condition=Q(action_due_on__isnull=True) | Q(action_due_on__gte=F("reviewed_on")),
                name="supervision_action_due_after_the_review",
            ),
            models.CheckConstraint(
                condition=Q(done="", done_on__isnull=True, done_by__isnull=True, done_at__isnull=True)
                | Q(
                    action_due_on__isnull=False,
                    done_on__gte=F("reviewed_on"),
                    done_by__isnull=False,
                    done_at__isnull=False,
                )
                & ~Q(done=""),
                name="supervision_action_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["foi_request", "-reviewed_on"], name="supervision_of_request"),
            models.Index(
                fields=["action_due_on"],
                include=["foi_request"],
                name="supervision_open_by_due",
                condition=Q(done_at__isnull=True, action_due_on__isnull=False),
            ),
        ]
        triggers = [
            # What was directed, and what was done, can still be masked.
            pgtrigger.ReadOnly(
                name="supervision_is_kept",
                fields=[
                    "foi_request",
                    "reviewed_on",
                    "reviewed_by",
                    "reviewed_at",
                    "action_due_on",
                    "action_by",
                ],
            ),
            pgtrigger.Protect(
                name="supervision_done_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__done_at__isnull=False)
                & (
                    pgtrigger.Q(old__done_on__df=pgtrigger.F("new__done_on"))
                    | pgtrigger.Q(old__done_by__df=pgtrigger.F("new__done_by"))
                    | pgtrigger.Q(old__done_at__df=pgtrigger.F("new__done_at"))
                ),
            ),
            pgtrigger.Protect(name="supervision_is_not_deleted", operation=pgtrigger.Delete),
            never_emptied("supervision_reviews"),
        ]

    def __str__(self) -> str:
        return f"{self.foi_request_id}, {self.reviewed_on}"

    @property
    def is_open(self) -> bool:
        """Whether it has an action that is not closed."""
        return self.action_due_on is not None and self.done_at is None

    def is_action_overdue(self, today: date) -> bool:
        """Return whether its action is open and today is after its day."""
        return self.done_at is None and self.action_due_on is not None and self.action_due_on < today
