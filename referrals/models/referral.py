from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Concat, LPad, Mod, Upper
from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import Person, can, check_can
from foitracker.casework.year_counter import YearCounter
from referrals.rules.vocabulary import (
    FORCE_OUTCOME_LABELS,
    FORCE_ROLE_LABELS,
    PRIORITY_LABELS,
    SCOPE_LABELS,
    TRIGGER_LABELS,
    Flag,
    ForceOutcome,
    ForceRole,
    ReferralPriority,
    Scope,
    Trigger,
)
from referrals.rules.workflow import (
    AWAITING_ADVICE,
    CLOSING_LABELS,
    REFERRAL_STATUS_LABELS,
    Closing,
    ReferralStatus,
)

_OPEN = ~Q(status=ReferralStatus.CLOSED)
_OWED = Q(status__in=sorted(AWAITING_ADVICE))


class LogCounter(YearCounter):
    """The numbers of logs."""

    class Meta:
        verbose_name = "log counter"


class Referrals(models.QuerySet["Referral"]):
    def visible_to(self, user: Person) -> Referrals:
        """Return those that `user` may know of; a force contact, the logs that force is on.

        Raise NotPermitted for someone who may see none.
        """
        if can(Permission.SEE_OWN_FORCE, user):
            return self.filter(forces__force__contacts__user=user.pk)
        check_can(Permission.SEE_REFERRALS, user)
        return self


class Referral(models.Model):
    """One log of the Central Referral Unit: a request that one force, several, or all of them have had.

    It holds what is asked, never by whom. `received_on` is the day the first form or letter about it
    arrived. `reply_by` is a cache, derived from the forces' deadlines with the calendar named in
    `calendar_version`; None when advice is not, or no longer, awaited. `advised_on` is the day of the first
    advice. A log grouped under a national one names it in `national_log`. `version` rises with every change.
    """

    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    log_number = models.CharField(max_length=10, unique=True)

    scope = models.CharField(max_length=8, choices=[(s.value, SCOPE_LABELS[s]) for s in Scope])
    received_on = models.DateField()
    subject = models.CharField(max_length=150)
    wording = models.TextField(help_text="What is asked, without anything that tells who asks.")
    topic = models.ForeignKey("requests_app.Topic", models.PROTECT, null=True, blank=True, related_name="+")
    flags = ArrayField(models.CharField(max_length=24), default=list, blank=True)

    priority = models.CharField(
        max_length=8,
        blank=True,
        default="",
        choices=[(p.value, PRIORITY_LABELS[p]) for p in ReferralPriority],
    )
    priority_reason = models.CharField(max_length=300, blank=True)
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        max_length=8,
        choices=[(s.value, REFERRAL_STATUS_LABELS[s]) for s in ReferralStatus],
        default=ReferralStatus.LOGGED,
    )
    triaged_on = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    calendar_version = models.CharField(max_length=16, blank=True)
    advised_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closing = models.CharField(
        max_length=16, blank=True, default="", choices=[(c.value, CLOSING_LABELS[c]) for c in Closing]
    )
    closing_reason = models.TextField(blank=True)

    national_log = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="grouped")
    own_request = models.ForeignKey(
        "requests_app.FoiRequest", models.PROTECT, null=True, blank=True, related_name="+"
    )
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
        expression=SearchVector("subject", weight="A", config="english")
        + SearchVector("wording", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = Referrals.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="log_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(
                    log_number=Concat(
                        Cast("number", models.CharField()),
                        models.Value("/"),
                        LPad(Cast(Mod("year", 100), models.CharField()), 2, models.Value("0")),
                    )
                ),
                name="log_number_matches_number",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, year__gte=2000, year__lte=2099), name="log_number_possible"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in ReferralStatus]), name="log_status_known"
            ),
            models.CheckConstraint(condition=Q(scope__in=[s.value for s in Scope]), name="log_scope_known"),
            models.CheckConstraint(
                condition=Q(flags__contained_by=[str(f) for f in Flag]), name="log_flags_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ReferralStatus.CLOSED, closed_on__isnull=False) & ~Q(closing="")
                | _OPEN & Q(closed_on__isnull=True, closing=""),
                name="log_closed_with_reason_and_date",
            ),
            models.CheckConstraint(
                condition=Q(priority="") | ~Q(priority_reason=""), name="log_priority_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(national_log__isnull=True) | Q(scope=Scope.NATIONAL) & ~Q(national_log=F("id")),
                name="log_grouped_is_national",
            ),
            models.CheckConstraint(
                condition=Q(advised_on__isnull=True) | Q(advised_on__gte=F("received_on")),
                name="log_advised_after_it_came",
            ),
            models.CheckConstraint(condition=~Q(wording="") & ~Q(subject=""), name="log_says_something"),
        ]
        indexes = [
            models.Index(fields=["-year", "-number"], name="log_newest_first"),
            models.Index(fields=["reply_by", "id"], name="log_open_by_reply", condition=_OPEN),
            models.Index(fields=["adviser", "reply_by"], name="log_open_by_adviser", condition=_OPEN),
            models.Index(fields=["calendar_version"], name="log_owed_by_calendar", condition=_OWED),
            models.Index(fields=["-received_on", "-id"], name="log_by_received"),
            models.Index(fields=["advised_on"], name="log_by_advised", condition=Q(advised_on__isnull=False)),
            models.Index(fields=["topic", "-year", "-number"], name="log_by_topic"),
            # What statistics ask of a log: read from here, not from between the wordings.
            models.Index(fields=["id"], include=["scope", "closing"], name="log_counted"),
            models.Index(
                fields=["received_on"],
                include=["id", "scope", "topic", "adviser", "advised_on", "status", "closing"],
                name="log_counted_by_received",
            ),
            GinIndex(fields=["search"], name="log_search"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="log_number_is_kept", fields=["number", "year", "log_number"], when=pgtrigger.After
            ),
            pgtrigger.Protect(name="logs_are_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.log_number

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.year, self.number])

    @property
    def reference(self) -> str:
        """What the audit trail calls it, apart from any request's reference: CRU 636/18."""
        return f"CRU {self.log_number}"

    @property
    def title(self) -> str:
        """What a sentence calls it."""
        return f"CRU log {self.log_number}"

    @property
    def is_closed(self) -> bool:
        return self.status == ReferralStatus.CLOSED

    @property
    def awaits_advice(self) -> bool:
        return self.status in AWAITING_ADVICE


class ReferralForce(models.Model):
    """One force on one log, with its own reference, receipt, deadline and wording.

    `first_contact_on` is the day the force first sent a form or wrote about the log: the day that statistics
    count it on; None while it has done neither. `due_on` is a cache of the force's own limit, from
    `request_received_on`; `stated_due_on` is what the force says it is, and comes first where it is given
    (another access law, or a clock that was stopped). `wording` is empty where it is the log's own.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="forces", db_index=False)
    force = models.ForeignKey("referrals.Force", models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=12, choices=[(r.value, FORCE_ROLE_LABELS[r]) for r in ForceRole])
    trigger = models.CharField(
        max_length=16, blank=True, default="", choices=[(t.value, TRIGGER_LABELS[t]) for t in Trigger]
    )
    form_received_on = models.DateField(null=True, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True, help_text="The force's own.")
    request_received_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    stated_due_on = models.DateField(null=True, blank=True)
    wording = models.TextField(blank=True)
    outcome = models.CharField(
        max_length=16,
        blank=True,
        default="",
        choices=[(o.value, FORCE_OUTCOME_LABELS[o]) for o in ForceOutcome],
    )
    outcome_on = models.DateField(null=True, blank=True)

    search = models.GeneratedField(
        expression=SearchVector("wording", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["referral_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "force"], name="force_once_on_a_log"),
            models.CheckConstraint(
                condition=Q(trigger="", role=ForceRole.CONSULTED)
                | Q(trigger__in=[t.value for t in Trigger])
                & Q(role__in=[ForceRole.REFERRED_BY, ForceRole.LOGGED_WITH]),
                name="force_turned_to_us_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(role=ForceRole.REFERRED_BY) | Q(form_received_on__isnull=False),
                name="force_referred_with_a_form",
            ),
            models.CheckConstraint(
                condition=Q(form_received_on__isnull=True)
                | Q(first_contact_on__isnull=False, first_contact_on__lte=F("form_received_on")),
                name="force_form_is_contact",
            ),
            models.CheckConstraint(
                condition=~Q(role=ForceRole.CONSULTED) | Q(first_contact_on__isnull=True),
                name="force_consulted_did_not_turn_to_us",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | ~Q(outcome="") & Q(outcome_on__isnull=False),
                name="force_outcome_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "first_contact_on"],
                include=["referral", "role", "trigger", "form_received_on"],
                name="force_by_contact",
            ),
            models.Index(
                fields=["first_contact_on"],
                include=["referral", "force", "role", "trigger", "form_received_on"],
                name="contact_by_day",
            ),
            models.Index(
                fields=["referral"],
                include=["id", "force", "role", "trigger", "due_on", "stated_due_on"],
                name="force_on_log",
            ),
            models.Index(Upper("reference"), name="force_by_reference"),
            GinIndex(fields=["search"], name="force_wording_search", fastupdate=False),
            # Few have wording of their own: found without reading through all the others.
            models.Index(fields=["referral"], name="force_own_wording", condition=~Q(wording="")),
        ]

    def __str__(self) -> str:
        return f"{self.force} on {self.referral}"

    @property
    def deadline(self) -> date | None:
        """The force's limit: as it states it, else as worked out; None when neither is known."""
        return self.stated_due_on or self.due_on

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def is_ourselves(self) -> bool:
        """Whether it is our own authority with its own request, which reads advice there."""
        request = self.referral.own_request
        return request is not None and self.reference == request.reference


class CriterionDecision(models.Model):
    """What was decided about a criterion on a log: it applies, or it was suggested and set aside, and why."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="criterion_decisions")
    criterion = models.ForeignKey("referrals.Criterion", models.PROTECT, related_name="+")
    applies = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["referral_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "criterion"], name="criterion_decided_once"),
            models.CheckConstraint(
                condition=Q(applies=True) | ~Q(reason=""), name="criterion_set_aside_with_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["criterion", "referral"], name="criterion_applied", condition=Q(applies=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} on {self.referral}"


class MarkKind(models.TextChoices):
    EMAIL = "email", "E-mail address"
    NAME = "name", "Name"


class ApplicantMark(models.Model):
    """A keyed, one-way mark of an applicant: equal marks come from the same applicant, and reveal nothing more.

    `digest` is made by `rules.pseudonym` with keys held outside the database; `key` is the newest key in it.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=8, choices=MarkKind.choices)
    key = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "kind"], name="mark_once_a_log")]
        indexes = [models.Index(fields=["kind", "digest"], name="mark_by_digest")]

    def __str__(self) -> str:
        return f"{self.kind} mark of {self.referral}"
