from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Concat, Greatest, Length, LPad
from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import Person, check_can
from foitracker.casework.search import SearchedText
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.lateness import LATE_REASON_LABELS, LATE_STEP_LABELS, LateReason, LateStep
from requests_app.rules.casework.workflow import OUTCOME_LABELS, STATUS_LABELS, Outcome, Status


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    POST = "post", "Post"
    WEB = "web", "Web form"
    IN_PERSON = "in_person", "In person"
    OTHER = "other", "Other"


class Regime(models.TextChoices):
    FOIA = "FOIA", "Freedom of Information Act 2000"
    EIR = "EIR", "Environmental Information Regulations 2004"


class Priority(models.TextChoices):
    HIGH = "high", "High"
    NORMAL = "normal", "Normal"
    LOW = "low", "Low"


class Level(models.TextChoices):
    """How risky or how complex a request is, as a triage meeting sees it."""

    NOT_ASSESSED = "", "Not assessed"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


HOLDING_LABELS: dict[Holding, str] = {
    Holding.HELD: "Held",
    Holding.PARTLY_HELD: "Partly held",
    Holding.NOT_HELD: "Not held",
    Holding.NEITHER: "Neither confirmed nor denied",
}


_OPEN = ~Q(status=Status.CLOSED)


class FoiRequests(models.QuerySet["FoiRequest"]):
    def visible_to(self, user: Person) -> FoiRequests:
        """Return those that `user` may know of. Raise NotPermitted for someone who may see none."""
        check_can(Permission.VIEW_CASES, user)
        return self


class FoiRequest(models.Model):
    """One request for information. Who made it is kept apart, in `Applicant`.

    `received_on` is the day the authority received it (FOIA s.10(6)). `due_on` is a cache: the response date
    computed from the dated facts with the calendar named in `calendar_version`; None while the clock does not
    run, also while an answer is being corrected. `responded_on` is the day of the first answer and is never
    moved by a correction. `version` rises with every change, so that a page opened before it can show what
    changed.

    Cached with `due_on`, from the same facts, are the other dates that lists and reminders need (`ClockDates`):
    `started_on`, the day 0 of the time limit in force, with `paused_days`, the working days since then that did not
    count; `notice_due_on`, the last day for a notice under s.17(1), which an extension does not move; while the
    applicant is awaited `awaited_since` and `lapses_on`; and `review_due_on` while a review is open. Figures are
    counted from those that stay once the request is answered: `limit_on`, `missed_on`, `extended_on`, `answer_days`
    and the days of a review.

    `late_reason` and `late_step` are what whoever issued an answer after its limit gave.
    """

    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12, unique=True)

    received_on = models.DateField()
    channel = models.CharField(max_length=12, choices=Channel.choices)
    regime = models.CharField(max_length=4, choices=Regime.choices, default=Regime.FOIA)
    subject = models.CharField(max_length=150)
    words = models.TextField(
        help_text="The applicant's words, masked. As they came they are in `SealedWords`."
    )
    identity_found = models.JSONField(
        default=dict,
        blank=True,
        help_text="Where the applicant's details stood in the texts when they were last changed, and how often.",
    )
    designated_function = models.CharField(max_length=8, blank=True)
    interpretation = models.TextField(blank=True)
    validity_gaps = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    topic = models.ForeignKey("requests_app.Topic", models.PROTECT, null=True, blank=True, related_name="+")

    priority = models.CharField(max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    priority_reason = models.CharField(max_length=300, blank=True)
    risk = models.CharField(
        max_length=8, choices=Level.choices, blank=True, default=Level.NOT_ASSESSED, db_default=""
    )
    complexity = models.CharField(
        max_length=8, choices=Level.choices, blank=True, default=Level.NOT_ASSESSED, db_default=""
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    status = models.CharField(
        max_length=24, choices=[(s.value, STATUS_LABELS[s]) for s in Status], default=Status.RECEIVED
    )
    outcome = models.CharField(
        max_length=24, choices=[(o.value, OUTCOME_LABELS[o]) for o in Outcome], blank=True, default=""
    )
    holding = models.CharField(
        max_length=12, choices=[(h.value, HOLDING_LABELS[h]) for h in Holding], blank=True, default=""
    )

    due_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    notice_due_on = models.DateField(null=True, blank=True)
    awaited_since = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    limit_on = models.DateField(null=True, blank=True)
    missed_on = models.DateField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(null=True, blank=True)
    review_asked_on = models.DateField(null=True, blank=True)
    review_limit_on = models.DateField(null=True, blank=True)
    review_ended_on = models.DateField(null=True, blank=True)
    calendar_version = models.CharField(max_length=16, blank=True)
    deemed_next_working_day = models.BooleanField(
        default=False, db_default=False, help_text="The due date reads an arrival by s.45 Code, para 4.2."
    )
    responded_on = models.DateField(null=True, blank=True)
    late_reason = models.CharField(
        max_length=16,
        choices=[(r.value, LATE_REASON_LABELS[r]) for r in LateReason],
        blank=True,
        default="",
        db_default="",
    )
    late_step = models.CharField(
        max_length=16,
        choices=[(s.value, LATE_STEP_LABELS[s]) for s in LateStep],
        blank=True,
        default="",
        db_default="",
    )
    closed_on = models.DateField(null=True, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    intake_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Of the form it was logged with: sent twice, logged once.",
    )
    version = models.PositiveIntegerField(default=1)

    search = models.GeneratedField(
        expression=SearchVector(SearchedText("subject"), weight="A", config="english")
        + SearchVector(SearchedText("words"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = FoiRequests.as_manager()

    class Meta:
        verbose_name = "request"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="request_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[0-9]{4,7}/20[0-9]{2}$"),
                name="request_reference_form",
                violation_error_message="A reference has the form NNNN/YYYY.",
            ),
            models.CheckConstraint(
                condition=Q(
                    reference=Concat(
                        LPad(
                            Cast("number", models.CharField()),
                            Greatest(4, Length(Cast("number", models.CharField()))),
                            models.Value("0"),
                        ),
                        models.Value("/"),
                        Cast("year", models.CharField()),
                    )
                ),
                name="request_reference_matches_number",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="request_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(status=Status.CLOSED) & Q(closed_on__isnull=True, outcome=""),
                name="request_closed_with_outcome_and_date",
            ),
            models.CheckConstraint(
                condition=Q(priority=Priority.NORMAL) | ~Q(priority_reason=""),
                name="request_priority_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    risk__in=[one.value for one in Level], complexity__in=[one.value for one in Level]
                ),
                name="request_risk_and_complexity_known",
            ),
            models.CheckConstraint(
                condition=Q(responded_on__isnull=True) | Q(responded_on__gte=F("received_on")),
                name="request_responded_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(late_reason="", late_step="") | ~Q(late_reason="") & ~Q(late_step=""),
                name="request_late_reason_and_step_together",
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(subject=""), name="request_says_something"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="request_open_by_due", condition=_OPEN),
            models.Index(  # with what is counted of everything that is open, so that counting reads nothing else
                fields=["officer", "due_on"],
                include=["id", "status", "received_on", "responded_on"],
                name="request_open_by_officer",
                condition=_OPEN,
            ),
            models.Index(  # with the reference, by which the trail says who took part
                fields=["status", "due_on", "id"],
                include=["reference"],
                name="request_open_by_status",
                condition=_OPEN,
            ),
            # PostgreSQL takes no order from an index by officer for those of nobody.
            models.Index(
                fields=["due_on", "id"],
                name="request_of_nobody_by_due",
                condition=_OPEN & Q(officer__isnull=True),
            ),
            models.Index(fields=["-year", "-number"], name="request_newest_first"),
            models.Index(fields=["-received_on", "-id"], name="request_by_received"),
            models.Index(  # with what figures of closed and of open requests ask
                fields=["-closed_on", "-id"], include=["received_on", "outcome"], name="request_by_closed"
            ),
            models.Index(fields=["-logged_at"], name="request_by_logged"),
            models.Index(fields=["due_on", "id"], name="request_by_due"),
            # The archive by one filter, newest first; what is usual needs no index of its own.
            models.Index(fields=["officer", "-year", "-number"], name="request_of_officer"),
            models.Index(
                fields=["officer", "-closed_on", "-id"],
                name="request_closed_by_officer",
                condition=Q(status=Status.CLOSED),
            ),
            models.Index(
                fields=["outcome", "-year", "-number"], name="request_by_outcome", condition=~Q(outcome="")
            ),
            models.Index(
                fields=["regime", "-year", "-number"],
                name="request_unusual_regime",
                condition=~Q(regime=Regime.FOIA),
            ),
            models.Index(
                fields=["priority", "-year", "-number"],
                name="request_unusual_priority",
                condition=~Q(priority=Priority.NORMAL),
            ),
            models.Index(
                fields=["review_due_on"], name="request_review_due", condition=Q(review_due_on__isnull=False)
            ),
            # Figures of a period: which requests were answered in it, fell due in it, or were reviewed in it.
            models.Index(
                fields=["responded_on"],
                include=["limit_on", "missed_on", "answer_days", "outcome"],
                name="request_by_responded",
                condition=Q(responded_on__isnull=False),
            ),
            models.Index(
                fields=["limit_on"],
                include=["responded_on", "missed_on", "outcome", "closed_on"],
                name="request_by_limit",
                condition=Q(limit_on__isnull=False),
            ),
            models.Index(
                fields=["review_asked_on"],
                name="request_review_asked",
                condition=Q(review_asked_on__isnull=False),
            ),
            models.Index(
                fields=["review_limit_on"],
                name="request_review_limit",
                condition=Q(review_limit_on__isnull=False),
            ),
            models.Index(
                fields=["review_ended_on"],
                name="request_review_ended",
                condition=Q(review_ended_on__isnull=False),
            ),
            GinIndex(fields=["search"], name="request_search"),
        ]
        triggers = [
            # After, not before: with a trigger before each update PostgreSQL would rebuild `search` every time.
            pgtrigger.ReadOnly(
                name="number_is_kept",
                fields=["number", "year", "reference"],
                when=pgtrigger.After,
            ),
            pgtrigger.Protect(name="requests_are_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("requests_app:casefile", args=[self.year, self.number])

    @property
    def title(self) -> str:
        """What a sentence calls it."""
        return f"Request {self.reference}"

    @property
    def is_closed(self) -> bool:
        return self.status == Status.CLOSED

    @property
    def is_valid(self) -> bool:
        return not self.validity_gaps
