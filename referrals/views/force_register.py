"""Settings: the register of forces, one entry of it, and the changes to it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.filters_in_use import filters_in_use, query_without
from foitracker.pages.words import short_date
from referrals.forms.force_register import (
    EndForm,
    EndNameForm,
    EntryForm,
    NameForm,
    NewEntryForm,
    RegisterFilterForm,
    RenameForm,
)
from referrals.models import Force, ForceName, ForceNameKind
from referrals.operations.force_register import (
    add_name,
    add_to_register,
    change_entry,
    end_force,
    end_name,
    entered_particulars,
    rename_force,
    restore_force,
)
from referrals.queries.force_register import (
    DEFAULT_ORDER,
    ORDERS,
    RegisterFilter,
    contacts_of,
    logs_of,
    names_of,
    register,
)

PAGE_SIZE = 50

CSV_HEADER = [
    "official name", "short name", "other names", "kind", "nation", "region", "access law", "mailbox",
    "first day", "last day", "succeeded by",
]  # fmt: skip


@require_safe
def forces_page(request: SignedInRequest) -> HttpResponse:
    """Show the register of forces, by filter and order."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    form = RegisterFilterForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "may_change": can(Permission.CHANGE_FORCES, request.user),
    }
    if form.is_valid():
        chosen = _chosen(form, request)
        context |= {
            "page_obj": Paginator(register(chosen), PAGE_SIZE).get_page(request.GET.get("page")),
            "sort": chosen.order,
            "selected": filters_in_use(form, request.GET),
            "filters": query_without(request.GET),
        }
    return render(request, "referrals/settings/forces.html", context, status=200 if form.is_valid() else 400)


@require_safe
def forces_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the register, narrowed by the same filters, as a CSV file."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    form = RegisterFilterForm(request.GET)
    if not form.is_valid():
        return forces_page(request)
    found = register(_chosen(form, request)).iterator(chunk_size=500)
    return csv_download(f"forces-{timezone.localdate().isoformat()}.csv", CSV_HEADER, _rows(found))


def _chosen(form: RegisterFilterForm, request: SignedInRequest) -> RegisterFilter:
    order = request.GET.get("sort", "")
    given = form.cleaned_data
    return RegisterFilter(
        text=given["q"],
        kind=given["kind"],
        regime=given["regime"],
        standing=given["standing"],
        no_mailbox=given["no_mailbox"],
        order=order if order in ORDERS else DEFAULT_ORDER,
    )


def _rows(found: Iterator[Force]) -> Iterator[list[Any]]:
    for force in found:
        others = [one.name for one in names_of(force) if one.name not in (force.name, force.short)]
        yield [
            force.name,
            force.short,
            "; ".join(others),
            force.get_kind_display(),
            force.nation,
            force.region,
            force.get_regime_display(),
            force.email,
            force.from_on.isoformat() if force.from_on else None,
            force.to_on.isoformat() if force.to_on else None,
            force.succeeded_by.name if force.succeeded_by else None,
        ]


@require_safe
def force_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one entry of the register: particulars, names by date, who acts for it, and its changes."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    force = get_object_or_404(Force.objects.select_related("succeeded_by"), pk=pk)
    context = {
        "force": force,
        "names": names_of(force),
        "predecessors": force.predecessors.order_by("to_on", "name"),
        "contacts": contacts_of(force),
        "logs": logs_of(force),
        "today": timezone.localdate(),
        "events": history(force.audit_subject),
        "may_change": can(Permission.CHANGE_FORCES, request.user),
        "may_manage_contacts": can(Permission.MANAGE_CONTACTS, request.user),
        "sees_logs": can(Permission.SEE_REFERRALS, request.user),
    }
    return render(request, "referrals/settings/force.html", context)


class AddForce(SettingsPage):
    """Add a force or another body."""

    permission = Permission.CHANGE_FORCES
    form_class = NewEntryForm
    heading = "Add a force or another body"
    submit_label = "Add to the register"
    made: Force | None = None

    def back(self) -> tuple[str, str]:
        if self.made is not None:
            return reverse("referrals:force", args=[self.made.pk]), self.made.name
        return reverse("referrals:forces"), "Register of forces"

    def perform(self, form: NewEntryForm) -> str:
        values = form.values
        self.made = add_to_register(
            by=self.user,
            at=timezone.now(),
            name=values["name"],
            short=values["short"],
            from_on=values["from_on"],
            particulars=entered_particulars(values),
        )
        return f"{self.made.name} is in the register."


class ForceAct(SettingsPage):
    """A change to one entry of the register."""

    permission = Permission.CHANGE_FORCES
    force: Force

    def load(self, **kwargs: Any) -> None:
        self.force = get_object_or_404(Force, pk=kwargs["pk"])
        self.subject = self.force.audit_subject

    def back(self) -> tuple[str, str]:
        return reverse("referrals:force", args=[self.force.pk]), self.force.name

    def common(self, form: Any) -> dict[str, Any]:
        """Return the arguments every operation on a force takes."""
        return {
            "by": self.user,
            "at": timezone.now(),
            "force_id": self.force.pk,
            "seen_event": form.cleaned_data["seen"],
        }


class ChangeForce(ForceAct):
    form_class = EntryForm
    heading = "Change the entry"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.force, name) for name in EntryForm.base_fields if name != "seen"}

    def perform(self, form: EntryForm) -> str:
        values = form.values
        change_entry(**self.common(form), short=values["short"], particulars=entered_particulars(values))
        return f"The entry of {self.force.name} is saved."


class RenameForce(ForceAct):
    form_class = RenameForm
    heading = "Rename the force"
    submit_label = "Rename"
    text = (
        "It stays the same force, and its logs stay its own. Statistics and packs use the new name from now on; the "
        "old one stays on record with its last day."
    )

    def perform(self, form: RenameForm) -> str:
        force = rename_force(**self.common(form), today=timezone.localdate(), **form.values)
        return f"The force is called {force.name}."


class EndForce(ForceAct):
    form_class = EndForm
    heading = "Merge the force into another, or end it"
    submit_label = "Record"
    warn = True
    text = (
        "Its logs stay with it and are counted under its name, with the day it ended. What comes from that day on is "
        "logged with its successor. It can be taken back."
    )

    def form_arguments(self) -> dict[str, Any]:
        return {"force_id": self.force.pk}

    def perform(self, form: EndForm) -> str:
        into = form.cleaned_data["into"]
        force = end_force(
            **self.common(form), from_on=form.cleaned_data["from_on"], into_id=int(into) if into else None
        )
        return f"The last day of {force.name} is {short_date(force.to_on)}."


class AddName(ForceAct):
    form_class = NameForm
    heading = "Add a name"
    submit_label = "Add the name"

    def perform(self, form: NameForm) -> str:
        name = add_name(**self.common(form), **form.values)
        return f"“{name.name}” means {self.force.name}."


class EndName(ForceAct):
    form_class = EndNameForm
    submit_label = "End the name"
    name: ForceName

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        others = self.force.names.exclude(kind=ForceNameKind.OFFICIAL)
        self.name = get_object_or_404(others, pk=kwargs["name_pk"])
        self.heading = f"End the name “{self.name.name}”"

    def perform(self, form: EndNameForm) -> str:
        end_name(**self.common(form), name_id=self.name.pk, to_on=form.last_day)
        return f"“{self.name.name}” has ended." if form.last_day else f"“{self.name.name}” is removed."


@require_POST
def restore_force_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo the end of a force."""
    check_can(Permission.CHANGE_FORCES, request.user)
    force = get_object_or_404(Force, pk=pk)
    try:
        restore_force(by=request.user, at=timezone.now(), force_id=pk)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{force.name} has not ended.")
    return redirect("referrals:force", pk=pk)
