"""The working-day calendar: bank holidays, the changes that made it what it is, and what is proposed.

A day is never taken out of the table. It came into force with one change and went out of force with a later
one, so that the calendar of any version can be put together again.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import append_only
from foitracker.working_days.calendar import NATIONS

DIVISIONS = list(NATIONS.items())
_KNOWN_DIVISION = Q(division__in=list(NATIONS))


class CalendarVersion(models.Model):
    """One change of the calendar: the days it brought (`added`) and the days it took away (`removed`).

    `version` is the content hash of the calendar after it, which due dates name. It returns when a change is
    undone, so the latest row with a version is the one to explain.
    """

    version = models.CharField(max_length=16, db_index=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: shipped with the software.",
    )
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(version="") & ~Q(reason=""), name="version_says_why"),
        ]
        triggers = append_only("calendar_version")

    def __str__(self) -> str:
        return self.version


class BankHoliday(models.Model):
    """A bank holiday in one part of the UK, as it counts or once counted under FOIA s.10(6).

    `learned_at` is when this installation was told, by `source`; a manager confirmed it unless it was shipped.
    """

    day = models.DateField()
    division = models.CharField(max_length=20, choices=DIVISIONS)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    learned_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="added")
    removed_by = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="removed")

    class Meta:
        ordering = ["day", "division", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "division"], condition=Q(removed_by__isnull=True), name="holiday_in_force_once"
            ),
            models.CheckConstraint(condition=_KNOWN_DIVISION, name="holiday_division_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(source=""), name="holiday_named_with_source"),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True) | Q(removed_by__gt=F("added_by")),
                name="holiday_goes_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="holiday_confirmation_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="holiday_is_kept_as_it_was", exclude=["removed_by"]),
            pgtrigger.Protect(
                name="holiday_goes_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_by__isnull=False),
            ),
            pgtrigger.Protect(name="holidays_are_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.division}"


class CalendarProposal(models.Model):
    """A day to add or remove, as published or as someone proposes.

    It counts once a manager confirms it.
    """

    class Kind(models.TextChoices):
        ADDITION = "addition", "Add"
        REMOVAL = "removal", "Remove"

    class State(models.TextChoices):
        OPEN = "open", "Waits for a manager"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Rejected"
        WITHDRAWN = "withdrawn", "No longer published"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    day = models.DateField()
    division = models.CharField(max_length=20, choices=DIVISIONS)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: the published data says so.",
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["day", "division", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "division"], condition=Q(state="open"), name="proposal_open_once"
            ),
            models.CheckConstraint(condition=_KNOWN_DIVISION, name="proposal_division_known"),
            models.CheckConstraint(condition=Q(kind__in=["addition", "removal"]), name="proposal_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(source=""), name="proposal_named_with_source"),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | ~Q(reason=""), name="proposal_by_hand_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["confirmed", "rejected"], decided_at__isnull=False, decided_by__isnull=False)
                | Q(state="withdrawn", decided_at__isnull=False, decided_by__isnull=True),
                name="proposal_decision_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="proposal_is_kept_as_made", exclude=["state", "decided_at", "decided_by"]
            ),
            pgtrigger.Protect(
                name="proposal_decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
            ),
            pgtrigger.Protect(name="proposals_are_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day.isoformat()} {self.division}"


class CalendarRefresh(models.Model):
    """One reading of the published bank holidays, and what came of it. `problem` is empty when it was read."""

    at = models.DateTimeField()
    source = models.CharField(max_length=200)
    problem = models.CharField(max_length=500, blank=True)
    proposed = models.PositiveIntegerField(default=0, help_text="Changes proposed because of it.")
    years = models.CharField(max_length=9, blank=True, help_text="The years it covers, such as 2019-2028.")

    class Meta:
        ordering = ["-id"]
        triggers = append_only("calendar_refresh")

    def __str__(self) -> str:
        return f"{self.source}: {self.problem or 'read'}"
