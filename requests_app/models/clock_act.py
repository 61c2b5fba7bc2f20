from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import append_only
from requests_app.rules.clock.events import EventKind


class ClockActKind(models.TextChoices):
    """The dated facts besides clarification and the answer; the codes are those of the clock's events."""

    FEES_NOTICE = EventKind.FEES_NOTICE.value, "Fees notice given"
    FEE_RECEIVED = EventKind.FEE_RECEIVED.value, "Fee received"
    PIT_EXTENSION = EventKind.PIT_EXTENSION.value, "Time extended for the public interest test"
    EIR_EXTENSION = EventKind.EIR_EXTENSION.value, "Time extended for complexity and volume"
    REVIEW_RECEIVED = EventKind.REVIEW_RECEIVED.value, "Internal review asked for"
    REVIEW_EXTENDED = EventKind.REVIEW_EXTENDED.value, "Internal review extended"
    REVIEW_OUTCOME = EventKind.REVIEW_OUTCOME.value, "Outcome of the internal review"
    REPRESENTATIONS_RECEIVED = EventKind.REPRESENTATIONS_RECEIVED.value, "Representations received"
    DECISION_NOTICE = EventKind.DECISION_NOTICE.value, "Decision notice of the regulator"
    INFORMATION_NOTICE = EventKind.INFORMATION_NOTICE.value, "Information notice of the regulator"
    ENFORCEMENT_NOTICE = EventKind.ENFORCEMENT_NOTICE.value, "Enforcement notice of the regulator"
    RELATED_REQUEST = EventKind.RELATED_REQUEST.value, "Related request received"


#: What belongs to a review (s.45 Code, part 5; EIR reg 11).
REVIEW_KINDS = frozenset(
    {
        ClockActKind.REVIEW_RECEIVED,
        ClockActKind.REVIEW_EXTENDED,
        ClockActKind.REVIEW_OUTCOME,
        ClockActKind.REPRESENTATIONS_RECEIVED,
    }
)


class ReviewFinding(models.TextChoices):
    UPHELD = "upheld", "The answer stands in full"
    PARTLY_UPHELD = "partly_upheld", "The answer stands in part"
    OVERTURNED = "overturned", "The answer does not stand"


class ClockAct(models.Model):
    """A dated fact that the clock of a request is read from, as it was recorded.

    A row is never changed. A correction is a new row that `replaces` the earlier one and says why; with
    `is_withdrawn` nothing replaces it. `on` is the day it happened: of a notice, the day it was
    sent. `comply_by` is the day a notice of the regulator names. `reference` is the regulator's, or that of
    the related request. `reviewer` is who reached the outcome of a review.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="clock_acts")
    kind = models.CharField(max_length=32, choices=ClockActKind.choices)
    on = models.DateField()
    provision = models.CharField(max_length=60, blank=True)
    estimate = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    comply_by = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    finding = models.CharField(max_length=16, choices=ReviewFinding.choices, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    correction_reason = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, correction_reason="", is_withdrawn=False)
                | Q(replaces__isnull=False) & ~Q(correction_reason=""),
                name="clock_act_correction_has_reason",
            ),
            models.CheckConstraint(condition=Q(kind__in=ClockActKind.values), name="clock_act_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=ClockActKind.PIT_EXTENSION) | ~Q(provision="") & Q(estimate__isnull=False),
                name="clock_act_extension_names_exemption_and_estimate",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ClockActKind.REVIEW_OUTCOME) | ~Q(finding="") & Q(reviewer__isnull=False),
                name="clock_act_review_outcome_is_whole",
            ),
        ]
        triggers = append_only("clock_acts")

    @property
    def is_of_review(self) -> bool:
        return self.kind in REVIEW_KINDS
