"""Sending returns by a schedule: to whom each is sent, and the pages on which that is set, changed and stopped."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dashboard.returns.forms import ScheduleForm
from dashboard.returns.kinds import BY_CODE, name_of
from dashboard.returns.models import Schedule
from dashboard.returns.operations.schedule import change_schedule, set_schedule, stop_schedule
from dashboard.returns.queries.reading import schedules_in_force, waiting_returns
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage


def _when(schedule: Schedule) -> str:
    return "At once, not approved" if schedule.sends_unapproved else "Once approved"


class Schedules(ListPage[Schedule]):
    """What is sent to whom."""

    template_name = "returns/schedules.html"
    address = "returns:schedules"
    heading, caption, noun = "Sending returns", "Returns that are sent", ("return", "returns")
    nothing = EmptyState("No return is sent", "Set one to have it counted when its period is over, and sent.")
    columns: tuple[Column[Schedule], ...] = (
        Column("return", "Return", lambda schedule: name_of(schedule.kind), is_row_header=True),
        Column("addresses", "Sent to", lambda schedule: schedule.addresses, look=SUBJECT),
        Column("when", "When", _when),
        Column("set", "Set by", lambda schedule: schedule.set_by.name),
        Column("last", "Sent last"),
        Column("actions", "What can be done", hides_label=True),
    )

    def check(self) -> None:
        check_can(Permission.OVERSEE, self.request.user)

    def find(self) -> QuerySet[Schedule]:
        return schedules_in_force().prefetch_related("sendings")

    def page(self) -> dict[str, Any]:
        return {
            "back_url": reverse("returns:returns"),
            "back_label": "Returns",
            "waiting": waiting_returns(),
        }


class _SchedulePage(SettingsPage):
    permission = Permission.OVERSEE
    form_class = ScheduleForm
    text = (
        "The return is counted on the first working day of the month after its period. Once a manager has approved it, "
        "its publication copy is sent, once. The trail shows each sending."
    )

    def back(self) -> tuple[str, str]:
        return reverse("returns:schedules"), "Sending returns"


class SetSchedule(_SchedulePage):
    """Have a kind of return sent."""

    heading = "Send a return"
    submit_label = "Send from next month on"

    def perform(self, form: ScheduleForm) -> str:
        kind = BY_CODE[form.cleaned_data["kind"]]
        set_schedule(
            by=self.user,
            at=timezone.now(),
            kind=kind,
            addresses=form.cleaned_data["addresses"],
            sends_unapproved=form.cleaned_data["sends_unapproved"],
        )
        return f"{kind.name} will be sent."


class ChangeSchedule(_SchedulePage):
    """Change to whom a kind of return is sent."""

    template_name = "returns/schedule.html"
    submit_label = "Save"

    def load(self, **kwargs: Any) -> None:
        found = Schedule.objects.all() if self.request.method == "POST" else schedules_in_force()
        self.schedule = get_object_or_404(found, pk=kwargs["pk"])
        self.subject = self.schedule.audit_subject
        self.heading = f"Send: {name_of(self.schedule.kind)}"

    def form_arguments(self) -> dict[str, Any]:
        return {"is_change": True}

    def initial(self) -> dict[str, Any]:
        return {
            "addresses": "\n".join(self.schedule.addresses),
            "sends_unapproved": self.schedule.sends_unapproved,
        }

    def page(self) -> dict[str, Any]:
        return {"schedule": self.schedule, "events": history(self.subject)}

    def perform(self, form: ScheduleForm) -> str:
        change_schedule(
            by=self.user,
            at=timezone.now(),
            schedule_id=self.schedule.pk,
            addresses=form.cleaned_data["addresses"],
            sends_unapproved=form.cleaned_data["sends_unapproved"],
            seen_version=self.seen_version(form),
        )
        return "Saved."


@require_POST
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop sending a kind of return."""
    check_can(Permission.OVERSEE, request.user)
    get_object_or_404(Schedule, pk=pk)
    try:
        schedule = stop_schedule(by=request.user, at=timezone.now(), schedule_id=pk)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{name_of(schedule.kind)} is no longer sent.")
    return redirect("returns:schedules")
