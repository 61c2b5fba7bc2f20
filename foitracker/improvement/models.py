"""The improvement log: what the team is to do better. It is about the team, never about one case."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import never_emptied


class ImprovementPoint(models.Model):
    """One thing to do better: where it comes from, whose it is, by when, and what shows that it was done.

    It is closed by saying what was done, and stays closed: what comes up again is another point.
    """

    text = models.TextField()
    source = models.CharField(max_length=200, help_text="Where it comes from.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField()
    evidence = models.TextField(blank=True, help_text="What shows, or will show, that it is done.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="improvement_says_something"),
            models.CheckConstraint(
                condition=Q(done="", closed_on__isnull=True, closed_by__isnull=True, closed_at__isnull=True)
                | Q(closed_on__isnull=False, closed_by__isnull=False, closed_at__isnull=False) & ~Q(done=""),
                name="improvement_closed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], name="improvement_open_by_due", condition=Q(closed_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="improvement_added_is_kept", fields=["added_by", "added_at"]),
            pgtrigger.Protect(
                name="closed_improvement_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            pgtrigger.Protect(name="improvement_is_not_deleted", operation=pgtrigger.Delete),
            never_emptied("improvement_points"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def audit_subject(self) -> str:
        """What the trail calls it."""
        return f"improvement point {self.pk}"

    def is_overdue(self, today: date) -> bool:
        """Return whether it is open and today is after its day."""
        return self.closed_at is None and self.due_on < today
