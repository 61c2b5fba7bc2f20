from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from requests_app.rules.casework.authority_kind import AUTHORITY_KIND_LABELS, AuthorityKind

#: The months in which the year of an authority may begin: quarters stay those of the calendar.
YEAR_BEGINNINGS = [(1, "January"), (4, "April"), (7, "July"), (10, "October")]


class Authority(models.Model):
    """The authority that answers: one row, the single source of every address that a letter prints."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    office = models.CharField(max_length=120, help_text="The unit that answers.")
    address = models.TextField()
    telephone = models.CharField(max_length=40)
    email = models.EmailField()
    website = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=16,
        choices=[(kind.value, label) for kind, label in AUTHORITY_KIND_LABELS.items()],
        default=AuthorityKind.NATIONAL_BODY.value,
        help_text="Some exemptions are for one kind of authority alone.",
    )
    signature_line = models.CharField(max_length=120)
    review_address = models.TextField()
    review_email = models.EmailField(blank=True)
    prints_officer_name = models.BooleanField(default=True)
    allows_own_approval = models.BooleanField(
        default=False, help_text="Let the person who decides approve. The trail says so each time."
    )
    has_designated_functions = models.BooleanField(
        default=True, help_text="Covered by the Act only for designated functions (FOIA s.7(5))."
    )
    clarification_lapse_months = models.PositiveSmallIntegerField(
        default=3, help_text="How long a question is open before the request lapses; the Act sets no period."
    )
    lapse_warning_days = models.PositiveSmallIntegerField(
        default=14, help_text="Calendar days before the lapse on which the officer is warned."
    )
    acknowledge_by_day = models.PositiveSmallIntegerField(
        default=2, help_text="Working day of the time limit by which a request is acknowledged."
    )
    search_by_day = models.PositiveSmallIntegerField(
        default=8, help_text="Working day by which the search is back."
    )
    draft_by_day = models.PositiveSmallIntegerField(
        default=12, help_text="Working day by which the answer is drafted."
    )
    approve_by_day = models.PositiveSmallIntegerField(
        default=15, help_text="Working day by which the answer is approved."
    )
    quiet_after_days = models.PositiveSmallIntegerField(
        default=10,
        help_text="Working days without anything recorded after which a request is shown as quiet.",
    )
    supervise_by_day = models.PositiveSmallIntegerField(
        default=10, help_text="Working day of the time limit by which a supervisor has reviewed a request."
    )
    supervise_every_days = models.PositiveSmallIntegerField(
        default=10,
        help_text="Working days after a supervision review by which an open request wants another.",
    )
    year_begins_in = models.PositiveSmallIntegerField(
        default=4, choices=YEAR_BEGINNINGS, help_text="The month in which the year of the figures begins."
    )
    caseload_target = models.PositiveSmallIntegerField(
        default=25, help_text="Open requests that one officer is meant to hold at most."
    )
    closes_lapsed_requests = models.BooleanField(
        default=False, help_text="Close a request by itself on the day after it has lapsed."
    )
    deems_next_working_day = models.BooleanField(
        default=False,
        help_text="Take arrival on a day that is no working day for the next one (s.45 Code, para 4.2).",
    )

    class Meta:
        verbose_name_plural = "authority"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="authority_is_one"),
            models.CheckConstraint(
                condition=Q(clarification_lapse_months__gte=1, clarification_lapse_months__lte=24),
                name="authority_lapse_months_possible",
            ),
            models.CheckConstraint(
                condition=Q(lapse_warning_days__gte=1, lapse_warning_days__lte=90),
                name="authority_lapse_warning_possible",
            ),
            models.CheckConstraint(
                condition=Q(
                    acknowledge_by_day__gte=1,
                    search_by_day__gte=1,
                    draft_by_day__gte=1,
                    approve_by_day__gte=1,
                    acknowledge_by_day__lte=20,
                    search_by_day__lte=20,
                    draft_by_day__lte=20,
                    approve_by_day__lte=20,
                    supervise_by_day__gte=1,
                    supervise_by_day__lte=20,
                    supervise_every_days__gte=1,
                    supervise_every_days__lte=60,
                    quiet_after_days__gte=1,
                    quiet_after_days__lte=60,
                ),
                name="authority_stage_days_possible",
            ),
            models.CheckConstraint(
                condition=Q(year_begins_in__in=[month for month, _ in YEAR_BEGINNINGS]),
                name="authority_year_possible",
            ),
            models.CheckConstraint(
                condition=Q(caseload_target__gte=1, caseload_target__lte=500),
                name="authority_caseload_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Regulator(models.Model):
    """Who hears complaints under FOIA s.50, from `from_date` on. The name changes by commencement order.

    Letters print the postal address once somebody has confirmed it with the regulator.
    """

    from_date = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    address_confirmed_on = models.DateField(null=True, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=200)

    class Meta:
        ordering = ["from_date"]

    def __str__(self) -> str:
        return f"{self.name} from {self.from_date.isoformat()}"

    @property
    def printed_address(self) -> str:
        """The postal address as letters print it; empty until it is confirmed."""
        return self.address if self.address_confirmed_on else ""

    @classmethod
    def in_office(cls, on: date) -> Regulator | None:
        """Return the regulator in office on a day; None when none is recorded by then."""
        return cls.objects.filter(from_date__lte=on).order_by("-from_date").first()
