"""Reminders, what they were sent in, and what people and the authority have chosen."""

from datetime import time

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from foitracker.mail.models import OutboxMessage
from foitracker.reminders.kinds import ReminderKind, kind_of


class Channel(models.TextChoices):
    """How a reminder reached a person."""

    WAITING = "", "Not yet"
    DIGEST = "digest", "Digest"
    AT_ONCE = "at_once", "At once"
    PAGE = "page", "On the page alone"


class Reminder(models.Model):
    """One thing one person is reminded of, once.

    `case` is the reference of what it is about, `about` the date, `offset` the step in working days from that date
    (`Steps`). The five together are its key: a second sweep finds it there. `ended_at` is when it was found to hold
    no more; it is kept. `is_at_once` does not wait for the next digest. `message` is the e-mail it went in.
    """

    kind = models.CharField(max_length=40)
    case = models.CharField(max_length=40)
    about = models.DateField()
    offset = models.SmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_at_once = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True, default=Channel.WAITING)
    message = models.ForeignKey(
        OutboxMessage, models.PROTECT, null=True, related_name="reminders", db_index=False
    )
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "case", "about", "offset", "person"], name="reminder_made_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="reminder_of_person"),
            models.Index(
                fields=["kind", "case"], name="reminder_standing", condition=models.Q(ended_at__isnull=True)
            ),
            models.Index(
                fields=["person"],
                name="reminder_to_send",
                condition=models.Q(ended_at__isnull=True, channel=""),
            ),
            models.Index(fields=["case", "about"], name="reminder_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case} {self.about.isoformat()} {self.offset}"

    @property
    def declared(self) -> ReminderKind:
        """Its kind. Raises KeyError for one that is declared no more."""
        kind = kind_of(self.kind)
        if kind is None:
            raise KeyError(self.kind)
        return kind


class Sweep(models.Model):
    """One look at all cases: when, how many reminders it made, and whether it sent the digest of its day."""

    at = models.DateTimeField()
    made = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    digest_of = models.DateField(null=True, unique=True)

    class Meta:
        ordering = ["-id"]


class ReminderPolicy(models.Model):
    """When the digest goes out: one row."""

    digest_at = models.TimeField(default=time(7, 0))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="reminder_policy_is_one")]


class KindSetting(models.Model):
    """What the authority has chosen for a kind of reminder instead of its usual steps and readers."""

    kind = models.CharField(max_length=40, unique=True)
    offsets = ArrayField(models.SmallIntegerField())
    every = models.PositiveSmallIntegerField(null=True)
    audiences = ArrayField(models.CharField(max_length=20))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(offsets__len__gte=1), name="kind_setting_has_a_day"),
            models.CheckConstraint(
                condition=models.Q(every__isnull=True) | models.Q(every__gte=1),
                name="kind_setting_repeats_later",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class MutedKind(models.Model):
    """A kind of reminder that a person wants no e-mail about; it is on their pages all the same."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="kind_muted_once")]
