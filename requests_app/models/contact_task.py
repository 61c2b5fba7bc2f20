from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import never_emptied


class ContactTask(models.Model):
    """A promise to tell the applicant something by a day, and what they were then told.

    What was promised, by whom and for which day is never changed: another day is another promise, made when the
    applicant is told that the first cannot be kept. It is closed by saying what was said, and stays so.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="contact_tasks")
    promised = models.TextField(help_text="What the applicant was promised to be told.")
    due_on = models.DateField(help_text="By which day.")
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    said = models.TextField(blank=True)
    said_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(promised=""), name="contact_task_promises_something"),
            models.CheckConstraint(
                condition=Q(said="", said_on__isnull=True, closed_by__isnull=True, closed_at__isnull=True)
                | Q(said_on__isnull=False, closed_by__isnull=False, closed_at__isnull=False) & ~Q(said=""),
                name="contact_task_closed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                include=["foi_request"],
                name="contact_task_open_by_due",
                condition=Q(closed_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="contact_promise_is_kept",
                fields=["foi_request", "promised", "due_on", "promised_by", "promised_at"],
            ),
            # What was said can still be masked.
            pgtrigger.Protect(
                name="contact_said_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False)
                & (
                    pgtrigger.Q(old__said_on__df=pgtrigger.F("new__said_on"))
                    | pgtrigger.Q(old__closed_by__df=pgtrigger.F("new__closed_by"))
                    | pgtrigger.Q(old__closed_at__df=pgtrigger.F("new__closed_at"))
                ),
            ),
            pgtrigger.Protect(name="contact_tasks_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("contact_tasks"),
        ]

    def __str__(self) -> str:
        return f"{self.foi_request_id}, by {self.due_on}"

    def has_come(self, today: date) -> bool:
        """Return whether it is open and its day has come or is over."""
        return self.closed_at is None and self.due_on <= today
