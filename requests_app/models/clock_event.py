from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import append_only
from requests_app.rules.clock.events import RecordedKind
from requests_app.rules.clock.kinds.table import RECORDED


class RecordedClockEvent(models.Model):
    """An event that the clock of a request is read from, as it was recorded. Clarifications have their own table.

    A row is never changed. A correction is a new row that replaces the earlier one (`replaced_row`) and says why; with
    `is_withdrawn` nothing replaces it. `kind` is the code of a declared kind; no list of them is kept in the
    database, so that no migration follows a new one. `on` is the day it happened: of a notice, the day it was
    sent. `comply_by` is the day a notice of the regulator names. `reference` is the regulator's, or that of
    the related request. `reviewer` is who reached the outcome of a review.
    """

    foi_request = models.ForeignKey(
        "requests_app.FoiRequest", models.PROTECT, related_name="recorded_clock_events"
    )
    kind = models.CharField(max_length=32)
    on = models.DateField()
    provision = models.CharField(max_length=60, blank=True)
    estimate = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    comply_by = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    finding = models.CharField(max_length=16, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_row = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    correction_reason = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_row__isnull=True, correction_reason="", is_withdrawn=False)
                | Q(replaced_row__isnull=False) & ~Q(correction_reason=""),
                name="clock_event_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(provision="", estimate__isnull=True)
                | ~Q(provision="") & Q(estimate__isnull=False),
                name="clock_event_exemption_and_estimate_together",
            ),
            models.CheckConstraint(
                condition=Q(finding="", reviewer__isnull=True) | ~Q(finding="") & Q(reviewer__isnull=False),
                name="clock_event_finding_and_reviewer_together",
            ),
        ]
        indexes = [models.Index(fields=["kind", "on"], name="clock_event_by_kind")]
        triggers = append_only("clock_events")

    @property
    def declared(self) -> RecordedKind:
        """The declaration of its kind."""
        return RECORDED[self.kind]
