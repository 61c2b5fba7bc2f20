import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from foitracker.audit.append_only import never_emptied
from requests_app.models.grade import Grade
from requests_app.rules.casework.time_spent import MOST_HOURS, QUARTER, WORK_KIND_LABELS, WorkKind


class TimeRecord(models.Model):
    """Hours that somebody spent on a request: an officer, or a colleague outside the team (`person` is None).

    The grade is that of the day of the work, so that a promotion does not change what was done before. Of a colleague
    nothing else is known but the business area. A record that was wrong is corrected or removed, and the trail keeps
    what it said.
    """

    foi_request = models.ForeignKey(
        "requests_app.FoiRequest", models.PROTECT, related_name="time_records", db_index=False
    )
    worked_on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    business_area = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(
        max_length=12,
        choices=[(kind.value, WORK_KIND_LABELS[kind]) for kind in WorkKind],
        blank=True,
        default="",
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["worked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=MOST_HOURS), name="time_record_some_hours"
            ),
            models.CheckConstraint(  # quarters of an hour
                condition=Q(Exact(F("hours") % QUARTER, 0)),  # type: ignore[operator]
                name="time_record_in_quarters",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(business_area=""),
                name="time_record_area_of_colleagues_only",
            ),
        ]
        indexes = [models.Index(fields=["foi_request", "worked_on"], name="time_of_request")]
        triggers = [
            pgtrigger.ReadOnly(
                name="time_record_of_one_request", fields=["foi_request", "recorded_by", "recorded_at"]
            ),
            never_emptied("time_records"),
        ]

    def __str__(self) -> str:
        return f"{self.foi_request_id}, {self.hours} h on {self.worked_on.isoformat()}"
