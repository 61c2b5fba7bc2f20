"""Returns: figures as they were counted with the requests behind each, what was said of them, who approved them."""

from __future__ import annotations

from functools import cached_property

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dashboard.returns.statement import Statement, from_json
from foitracker.audit.append_only import append_only, never_emptied


class Return(models.Model):
    """A return as it was counted once: a snapshot, never changed.

    `content` is the `Statement`. `made_by` is None when a schedule made it. Counted again it is another row, whose
    `again_of` is this one. What may still change stands beside it: commentaries, the approval, files.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80, help_text="What its kind is called.")
    from_on = models.DateField()
    to_on = models.DateField()
    label = models.CharField(max_length=80)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    as_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    again_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="again")

    class Meta:
        ordering = ["-to_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="return_period_in_order"),
        ]
        indexes = [models.Index(fields=["kind", "-to_on", "-id"], name="return_by_kind")]
        triggers = append_only("returns")

    def __str__(self) -> str:
        return f"{self.name}, {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("returns:return", args=[self.pk])

    @cached_property
    def statement(self) -> Statement:
        """What it says."""
        return from_json(self.content)

    @property
    def is_approved(self) -> bool:
        return hasattr(self, "approval")

    @property
    def audit_subject(self) -> str:
        """What the trail calls it."""
        return f"return {self.pk}"


class CountedCases(models.Model):
    """The requests that a line of a return counted, by their keys: they stay, whatever becomes of the requests."""

    counted_in = models.ForeignKey(Return, models.PROTECT, related_name="counted")
    line = models.CharField(max_length=80)
    cases = ArrayField(models.BigIntegerField())

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["counted_in", "line"], name="return_line_counted_once")
        ]
        triggers = append_only("counted_cases")


class Commentary(models.Model):
    """What the author says of the figures. Written again it is another row; the last one is printed."""

    said_of = models.ForeignKey(Return, models.PROTECT, related_name="commentaries")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        triggers = append_only("return_commentaries")


class Approval(models.Model):
    """A manager's approval of a return, with the commentary as it stood. There is one at most."""

    approved = models.OneToOneField(Return, models.PROTECT, related_name="approval")
    commentary = models.ForeignKey(Commentary, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        triggers = append_only("return_approvals")


class Copy(models.TextChoices):
    """For whom a pack is printed."""

    MANAGEMENT = "management", "Management pack"
    PUBLICATION = "publication", "Publication copy"


class Pack(models.Model):
    """A printed pack. `edition` tells apart what was printed before and after a commentary or the approval."""

    printed_of = models.ForeignKey(Return, models.PROTECT, related_name="packs")
    copy = models.CharField(max_length=12, choices=Copy.choices)
    edition = models.CharField(max_length=30)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    printed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["printed_of", "copy", "edition"], name="pack_printed_once")
        ]
        triggers = append_only("return_packs")


class Schedule(models.Model):
    """A kind of return that is counted on the first working day of a month and whose pack goes to named addresses.

    Of a quarter or a year that is the month after its end. It is sent once it is approved; with `sends_unapproved` at
    once, marked as not approved. Stopped, it stays stopped: another one is set.
    """

    kind = models.CharField(max_length=20)
    addresses = ArrayField(models.EmailField())
    sends_unapproved = models.BooleanField(default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(addresses__len__gt=0), name="return_schedule_has_addresses"),
            models.CheckConstraint(
                condition=Q(stopped_by__isnull=True, stopped_at__isnull=True)
                | Q(stopped_by__isnull=False, stopped_at__isnull=False),
                name="return_schedule_stopped_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(stopped_at__isnull=True),
                name="return_schedule_one_a_kind",
                violation_error_message="This kind of return is sent already.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="return_schedule_is_kept", fields=["kind", "set_by", "set_at"]),
            pgtrigger.Protect(
                name="stopped_return_schedule_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__stopped_at__isnull=False),
            ),
            pgtrigger.Protect(name="return_schedules_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("return_schedules"),
        ]

    @property
    def audit_subject(self) -> str:
        """What the trail calls it."""
        return f"return schedule {self.pk}"


class ScheduledSending(models.Model):
    """That a schedule sent the return of a period: once, however often it is looked at."""

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="sendings")
    period_to = models.DateField()
    sent = models.ForeignKey(Return, models.PROTECT, related_name="sendings")
    queued_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "period_to"], name="return_sent_once_a_period")
        ]
        triggers = append_only("return_sendings")
