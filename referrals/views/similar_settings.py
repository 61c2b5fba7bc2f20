"""Settings: groups of similar forces, and how many requests forces report."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import NOWRAP, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from referrals.forms.similar_forces import GroupForm, ReportedForm
from referrals.models import ForceGroup, ForceRequests
from referrals.operations.similar_forces import (
    GROUPS,
    REPORTED,
    enter_requests,
    remove_group,
    remove_requests,
    save_group,
)
from referrals.queries.similar_forces import groups, reported_requests


@require_safe
def groups_page(request: SignedInRequest) -> HttpResponse:
    """Show the groups of similar forces, and the changes to them."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    context = {
        "groups": groups(),
        "events": history(GROUPS),
        "may_change": can(Permission.CHANGE_FORCES, request.user),
    }
    return render(request, "referrals/settings/groups.html", context)


class SaveGroup(SettingsPage):
    """Add a group of forces, or change one."""

    permission = Permission.CHANGE_FORCES
    form_class = GroupForm
    submit_label = "Save group"
    subject = GROUPS
    text = "Figures of the group are of the forces that are in it now, also for periods before."
    group: ForceGroup | None = None

    def load(self, **kwargs: Any) -> None:
        if "pk" in kwargs:
            self.group = get_object_or_404(ForceGroup, pk=kwargs["pk"])
        self.heading = "Change the group" if self.group else "Add a group of forces"

    def back(self) -> tuple[str, str]:
        return reverse("referrals:force_groups"), "Groups of similar forces"

    def initial(self) -> dict[str, Any]:
        if self.group is None:
            return {}
        chosen = [force.pk for force in self.group.forces.all()]
        return {"name": self.group.name, "basis": self.group.basis, "forces": chosen}

    def perform(self, form: GroupForm) -> str:
        group = save_group(
            by=self.user,
            at=timezone.now(),
            group_id=self.group.pk if self.group else None,
            seen_version=self.seen_version(form),
            **form.values,
        )
        return f"The group “{group.name}” is saved."


class Reported(ListPage[ForceRequests]):
    """How many requests forces reported, by force, the latest first."""

    template_name = "referrals/settings/reported.html"
    address, file_address = "referrals:force_requests", "referrals:force_requests_csv"
    file_name = "requests-of-forces-{today}.csv"
    heading, caption, noun = (
        "Requests that forces report",
        "Requests of forces by period",
        ("number", "numbers"),
    )
    nothing = EmptyState(
        "No number has been entered", "Without them referrals cannot be compared with requests."
    )
    columns: tuple[Column[ForceRequests], ...] = (
        Column("force", "Force", lambda row: row.force.name, is_row_header=True),
        Column("from_on", "First day", lambda row: row.from_on, look=NOWRAP),
        Column("to_on", "Last day", lambda row: row.to_on, look=NOWRAP),
        Column("received", "Requests", lambda row: row.received),
        Column("source", "Source", lambda row: row.source),
        Column("published_on", "Of", lambda row: row.published_on, look=NOWRAP),
        Column("actions", "What can be done", hides_label=True),
    )
    in_file = ("force", "from_on", "to_on", "received", "source", "published_on")

    def check(self) -> None:
        check_can(Permission.SEE_REFERENCE_DATA, self.request.user)

    def find(self) -> Any:
        return reported_requests()

    def page(self) -> dict[str, Any]:
        return {
            "events": history(REPORTED),
            "may_change": can(Permission.CHANGE_FORCES, self.request.user),
            "add_label": "Enter a number",
            "add_url": reverse("referrals:force_requests_add"),
        }


class EnterRequests(SettingsPage):
    """Enter how many requests a force reported for a period, or correct it."""

    permission = Permission.CHANGE_FORCES
    form_class = ReportedForm
    heading = "Enter the requests of a force"
    submit_label = "Save number"
    text = "A number already entered for the same force and days is corrected."

    def back(self) -> tuple[str, str]:
        return reverse("referrals:force_requests"), "Requests that forces report"

    def perform(self, form: ReportedForm) -> str:
        row = enter_requests(by=self.user, at=timezone.now(), today=timezone.localdate(), **form.values)
        return f"{row.force.name}: {row.received:,} requests are saved."


@require_POST
def remove_group_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a group."""
    check_can(Permission.CHANGE_FORCES, request.user)
    group = get_object_or_404(ForceGroup, pk=pk)
    remove_group(by=request.user, at=timezone.now(), group_id=pk)
    messages.success(request, f"The group “{group.name}” is removed.")
    return redirect("referrals:force_groups")


@require_POST
def remove_requests_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a number entered by mistake."""
    check_can(Permission.CHANGE_FORCES, request.user)
    get_object_or_404(ForceRequests, pk=pk)
    remove_requests(by=request.user, at=timezone.now(), row_id=pk)
    messages.success(request, "The number is removed.")
    return redirect("referrals:force_requests")
