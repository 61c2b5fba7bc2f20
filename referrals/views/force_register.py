"""Settings: the register of forces, one entry of it, and the changes to it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import BREAK_ANYWHERE, NOWRAP, Column, Table
from foitracker.pages.lists.views import EmptyState, ListPage
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


def _other_names(force: Force) -> list[str]:
    return [one.name for one in names_of(force) if one.name not in (force.name, force.short)]


class Forces(ListPage[Force]):
    """The register of forces and other bodies; without those that have ended, unless they are asked for."""

    template_name = "referrals/settings/forces.html"
    address, file_address, file_name = "referrals:forces", "referrals:forces_csv", "forces-{today}.csv"
    heading, caption = "Register of forces", "Forces and other bodies that refer"
    noun = ("entry", "entries")
    filter_title = "Filter the register"
    nothing = EmptyState(
        "There is no entry", "Forces that have ended are left out unless you choose them under Standing."
    )
    nothing_matches = EmptyState(
        "No entry matches",
        "Forces that have ended are left out unless you choose them under Standing.",
        "Clear all filters",
    )
    columns: tuple[Column[Force], ...] = (
        Column("name", "Name", lambda force: force.name, header="official name", is_row_header=True),
        Column("short", "Short name", lambda force: force.short),
        Column("others", "Other names", _other_names),
        Column("kind", "Kind", lambda force: force.get_kind_display()),
        Column("nation", "Nation", lambda force: force.nation),
        Column("region", "Nation and region", lambda force: force.region, header="region"),
        Column("regime", "Access law", lambda force: force.get_regime_display()),
        Column("mailbox", "Mailbox", lambda force: force.email, look=BREAK_ANYWHERE),
        Column("from_on", "First day", lambda force: force.from_on),
        Column("to_on", "Last day", lambda force: force.to_on),
        Column("successor", "Succeeded by", lambda force: force.succeeded_by and force.succeeded_by.name),
    )
    on_page = ("name", "kind", "region", "regime", "mailbox")
    orders, default_order = ORDERS, DEFAULT_ORDER
    form: RegisterFilterForm

    def check(self) -> None:
        check_can(Permission.SEE_REFERENCE_DATA, self.request.user)

    def filter_form(self) -> RegisterFilterForm:
        return RegisterFilterForm(self.request.GET)

    def find(self) -> QuerySet[Force]:
        given = self.form.cleaned_data
        return register(
            RegisterFilter(
                text=given["q"],
                kind=given["kind"],
                regime=given["regime"],
                standing=given["standing"],
                no_mailbox=given["no_mailbox"],
                order=self.order(),
            )
        )

    def page(self) -> dict[str, Any]:
        return {
            "may_change": can(Permission.CHANGE_FORCES, self.request.user),
            "add_label": "Add a force or another body",
            "add_url": reverse("referrals:forces_add"),
        }


#: The names of one entry, on its page.
NAMES: tuple[Column[ForceName], ...] = (
    Column("name", "Name", lambda name: name.name, is_row_header=True),
    Column("kind", "Kind", lambda name: name.get_kind_display()),
    Column("from_on", "First day", look=NOWRAP),
    Column("to_on", "Last day", lambda name: name.to_on, look=NOWRAP),
    Column("end", "What can be done", hides_label=True),
)


@require_safe
def force_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one entry of the register: particulars, names by date, who acts for it, and its changes."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    force = get_object_or_404(Force.objects.select_related("succeeded_by"), pk=pk)
    may_change = can(Permission.CHANGE_FORCES, request.user)
    context = {
        "force": force,
        "names": Table(
            f"Names of {force.name} by kind and date",
            NAMES,
            shown=[column.name for column in NAMES if column.name != "end" or may_change],
            rows=names_of(force),
        ),
        "predecessors": force.predecessors.order_by("to_on", "name"),
        "contacts": contacts_of(force),
        "logs": logs_of(force),
        "today": timezone.localdate(),
        "events": history(force.audit_subject),
        "may_change": may_change,
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
            "seen_version": form.cleaned_data["seen_version"],
        }


class ChangeForce(ForceAct):
    form_class = EntryForm
    heading = "Change the entry"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.force, name) for name in EntryForm.base_fields if name != "seen_version"}

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
