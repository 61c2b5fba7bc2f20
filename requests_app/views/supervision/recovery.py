"""Recovery plans: the list of them, making one, how one stands, and the text that is published about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from foitracker.casework.settings_page import history
from foitracker.charts.chart import Category, Chart, Series
from foitracker.charts.figures import line_with_bands
from foitracker.identity.masking_page import MaskingPage
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState
from foitracker.pages.words import counted, in_words, short_date
from foitracker.working_days.queries import current_calendar
from requests_app.forms.supervision import MakePlanForm, PublicationForm
from requests_app.models import PlannedRequest, RecoveryPlan
from requests_app.operations.recovery import change_text, make_plan, text_from_figures
from requests_app.queries.recovery import (
    RecoveryWeek,
    old_requests,
    plans,
    recovery_weeks,
    requests_of,
    still_open,
)
from requests_app.views.supervision.pages import SupervisionList, SupervisionPage


class RecoveryPlans(SupervisionList[Any]):
    """The plans that were made, the latest first."""

    template_name = "requests_app/supervision/recovery_plans.html"
    address = "requests_app:recovery_plans"
    heading, noun = "Recovery plans", ("plan", "plans")
    intro = (
        "A recovery plan is about every request that had waited longer than 20 working days on the day it was made. "
        "The list is fixed; the plan says by when all of them are to be answered."
    )
    nothing = EmptyState("No plan has been made", "Plans appear here when a manager makes one.")
    columns: tuple[Column[Any], ...] = (
        Column("made", "Made on", lambda plan: short_date(plan.made_on), look=NOWRAP, is_row_header=True),
        Column("clear", "Answer all by", lambda plan: plan.clear_by, look=NOWRAP),
        Column("size", "Requests", lambda plan: plan.size, is_numeric=True),
        Column("open", "Still open", lambda plan: plan.still_open, is_numeric=True),
        Column("by", "Made by", lambda plan: plan.made_by.name),
    )

    def find(self) -> QuerySet[RecoveryPlan]:
        return plans()

    def actions(self) -> list[tuple[str, str]]:
        return [("Make a plan", reverse("requests_app:recovery_make"))]


class MakePlan(SupervisionPage):
    """Make a plan about all requests that have waited longer than 20 working days today."""

    form_class = MakePlanForm
    heading = "Make a recovery plan"
    submit_label = "Make plan"
    made: RecoveryPlan | None = None

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:recovery_plans"), "Recovery plans"

    def page(self) -> dict[str, Any]:
        number = old_requests(timezone.localdate(), current_calendar()).count()
        stands = (
            f"Today {counted(number, 'request')} {'has' if number == 1 else 'have'} waited longer than 20 working days "
            "since receipt. The plan is about these, and the list stays as it is."
            if number
            else "No request has waited longer than 20 working days since receipt, so no plan is needed."
        )
        return {"text": stands}

    def perform(self, form: MakePlanForm) -> str:
        self.made = make_plan(by=self.user, at=timezone.now(), today=timezone.localdate(), **form.values)
        return "The plan is made. Check the text for publication."

    def success_url(self) -> str:
        return (
            reverse("requests_app:recovery_plan", args=[self.made.pk]) if self.made else super().success_url()
        )


class OnePlan(SupervisionList[PlannedRequest]):
    """How a plan stands: its lines by week, its text, and its requests."""

    template_name = "requests_app/supervision/recovery_plan.html"
    address, file_address = "requests_app:recovery_plan", "requests_app:recovery_plan_csv"
    file_name = "recovery-plan-{pk}.csv"
    noun = ("request", "requests")
    caption = "Requests of the plan"
    nothing = EmptyState("No requests", "The plan is about no request.")
    columns: tuple[Column[PlannedRequest], ...] = (
        Column(
            "reference", "Reference", lambda one: one.foi_request.reference, look=NOWRAP, is_row_header=True
        ),
        Column("subject", "Subject", lambda one: one.foi_request.subject, look=SUBJECT),
        Column("received", "Received", lambda one: one.foi_request.received_on, look=NOWRAP),
        Column("officer", "Officer", lambda one: one.foi_request.officer and one.foi_request.officer.name),
        Column("answered", "Answered", lambda one: one.foi_request.responded_on, look=NOWRAP),
        Column("closed", "Closed", lambda one: one.foi_request.closed_on, look=NOWRAP),
        Column("status", "Status", lambda one: one.foi_request.get_status_display()),
    )

    def load(self, **kwargs: Any) -> None:
        self.plan = get_object_or_404(plans(), pk=kwargs["pk"])
        self.heading = f"Recovery plan of {in_words(self.plan.made_on)}"

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:recovery_plans"), "Recovery plans"

    def actions(self) -> list[tuple[str, str]]:
        return [("Change the text", reverse("requests_app:recovery_text", args=[self.plan.pk]))]

    def find(self) -> QuerySet[PlannedRequest]:
        return requests_of(self.plan)

    def page(self) -> dict[str, Any]:
        number = still_open(self.plan)
        return {
            **super().page(),
            "plan": self.plan,
            "chart": _lines(
                self.plan, recovery_weeks(self.plan, self.today, current_calendar()), number, self.today
            ),
            "still_open": number,
            "today": self.today,
        }


def _lines(plan: RecoveryPlan, weeks: Sequence[RecoveryWeek], number: int, today: date) -> Chart:
    """The chart of both lines; `number` requests are still open today."""
    planned = Series("Planned to be open", [week.planned for week in weeks], "info")
    said = [None if week.actual is not None else "not yet" for week in weeks]
    actual = Series("Open", [week.actual for week in weeks], "progress", words=said)
    categories = [Category(short_date(week.week), in_words(week.week)) for week in weeks]
    return Chart(
        title="Planned and actual, by week",
        summary=f"{counted(number, 'request')} of the plan {'is' if number == 1 else 'are'} still open.",
        figure=line_with_bands(categories, [planned, actual], heading="At the end of"),
        source="recovery plan and register of requests",
        period=f"{in_words(plan.made_on)} to {in_words(weeks[-1].week)}",
        as_at=in_words(today),
        notes=[
            "Open: neither answered nor closed at the end of each Friday",
            "The planned line falls by the same part every working day",
            "A request that is open again counts as open throughout",
        ],
        wide=True,
    )


class ChangeText(MaskingPage, SupervisionPage):  # type: ignore[misc]
    """Change the text that is published about a plan."""

    form_class = PublicationForm  # type: ignore[assignment]
    template_name = "requests_app/supervision/recovery_text.html"
    heading = "Text for publication"
    submit_label = "Save text"

    def load(self, **kwargs: Any) -> None:
        self.plan = get_object_or_404(RecoveryPlan, pk=kwargs["pk"])
        self.subject = self.plan.audit_subject

    def back(self) -> tuple[str, str]:
        address = reverse("requests_app:recovery_plan", args=[self.plan.pk])
        return address, f"Recovery plan of {in_words(self.plan.made_on)}"

    def initial(self) -> dict[str, Any]:
        return {"text": self.plan.text}

    def page(self) -> dict[str, Any]:
        return {
            "from_figures": text_from_figures(self.plan, timezone.localdate()),
            "today": timezone.localdate(),
            "events": history(self.subject),
        }

    def perform(self, form: PublicationForm) -> str:
        change_text(
            plan_id=self.plan.pk,
            by=self.user,
            at=timezone.now(),
            text=form.cleaned_data["text"],
            identity_confirmed=form.identity_confirmed,
            seen_version=self.seen_version(form),
        )
        return "The text is saved."
