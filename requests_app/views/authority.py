"""Settings: the authority's particulars and the regulators over it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import NOWRAP, Column, Table
from foitracker.pages.words import short_date
from requests_app.forms.authority import AuthorityForm, RegulatorAddressForm, RegulatorForm
from requests_app.models import Regulator
from requests_app.operations.authority import (
    SUBJECT,
    change_authority,
    confirm_regulator_address,
    record_regulator,
    remove_regulator,
)
from requests_app.queries.authority import authority, regulator_in_office, regulators

REGULATOR_COLUMNS: tuple[Column[Regulator], ...] = (
    Column("from", "From", lambda regulator: regulator.from_date, look=NOWRAP),
    Column("name", "Name", lambda regulator: regulator.name),
    Column("address", "Address", lambda regulator: regulator.address),
    Column("reached", "Telephone and website"),
    Column("actions", "What can be done", hides_label=True),
)


class AuthoritySettings(SettingsPage):
    """Change the authority's particulars; see the regulators."""

    permission = Permission.CHANGE_SETTINGS
    form_class = AuthorityForm
    template_name = "requests_app/authority/authority.html"
    heading = "Authority and the ICO"
    submit_label = "Save settings"
    text = (
        "Letters issued from now on print what stands here. Letters issued before keep what they printed. A letter "
        "that is approved and not issued yet has to be approved again."
    )
    subject = SUBJECT

    def back(self) -> tuple[str, str]:
        return reverse("dashboard:settings"), "Settings"

    def success_url(self) -> str:
        return reverse("requests_app:authority")

    def initial(self) -> dict[str, Any]:
        found = authority()
        names = [name for name in AuthorityForm.base_fields if name != "seen_version"]
        return {name: getattr(found, name) for name in names} if found else {}

    def perform(self, form: AuthorityForm) -> str:
        seen = self.seen_version(form)
        change_authority(by=self.user, at=timezone.now(), values=form.values, seen_version=seen)
        return "The settings are saved. Letters issued from now on print them."

    def page(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "regulators": Table("The ICO by date", REGULATOR_COLUMNS, rows=list(regulators())),
            "in_office": regulator_in_office(today),
            "today": today,
            "events": history(SUBJECT),
        }


class AddRegulator(SettingsPage):
    """Record who hears complaints from a day on."""

    permission = Permission.CHANGE_SETTINGS
    form_class = RegulatorForm
    heading = "Record the ICO's details"
    submit_label = "Record details"
    text = (
        "Letters dated on or after the first day print this name in the paragraph about complaints (section 50), and "
        "how to reach it."
    )

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:authority"), "Authority and the ICO"

    def perform(self, form: RegulatorForm) -> str:
        regulator = record_regulator(
            by=self.user, at=timezone.now(), today=timezone.localdate(), **form.values
        )
        return f"{regulator.name} is recorded from {short_date(regulator.from_date)}."


class ConfirmRegulatorAddress(SettingsPage):
    """Record that a regulator's postal address was confirmed with it, so that letters print it."""

    permission = Permission.CHANGE_SETTINGS
    form_class = RegulatorAddressForm
    submit_label = "Confirm address"
    text = (
        "Ask the ICO, or look at its website, before you confirm the address. Letters issued from then on print it; "
        "until then they print the telephone number and the website alone."
    )

    def load(self, **kwargs: Any) -> None:
        self.regulator = get_object_or_404(Regulator, pk=kwargs["pk"])
        self.heading = f"Confirm the address of the {self.regulator.name}"

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:authority"), "Authority and the ICO"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.regulator, name) for name in ("address", "telephone", "website")}

    def perform(self, form: RegulatorAddressForm) -> str:
        regulator = confirm_regulator_address(
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            regulator_id=self.regulator.pk,
            **form.values,
        )
        return f"The address of the {regulator.name} is confirmed. Letters issued from now on print it."


@require_POST
def remove_regulator_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a regulator recorded for a day in the future."""
    check_can(Permission.CHANGE_SETTINGS, request.user)
    get_object_or_404(Regulator, pk=pk)
    remove_regulator(by=request.user, at=timezone.now(), regulator_id=pk, today=timezone.localdate())
    messages.success(request, "The entry is removed.")
    return redirect("requests_app:authority")
