from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.working_days.models import CalendarVersion


class DueDateChange(models.Model):
    """An open request whose due date moved with the calendar. Its officer sees it until they say so."""

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")
    change = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="moved")
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["foi_request", "change"], name="due_date_moved_once_a_change"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledgement_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["foi_request"],
                name="moved_not_acknowledged",
                condition=Q(acknowledged_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_before} became {self.due_after}"
