"""Settings of referrals: what their pages share, the index, and the unit's own rules."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.words import short_date
from referrals.forms.settings import CompletenessForm, UnitForm
from referrals.models import Force
from referrals.operations.unit import UNIT, change_unit, set_completeness
from referrals.queries.settings import overview
from referrals.queries.unit import unit


@require_safe
def settings_page(request: SignedInRequest) -> HttpResponse:
    """Show what can be set about referrals, and what is missing."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    context = {
        "overview": overview(),
        "unit": unit(),
        "may_manage_contacts": can(Permission.MANAGE_CONTACTS, request.user),
        "changes_settings": can(Permission.CHANGE_UNIT, request.user),
    }
    return render(request, "referrals/settings/index.html", context)


@require_safe
def unit_page(request: SignedInRequest) -> HttpResponse:
    """Show the unit's own rules, and their history."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    context = {
        "unit": unit(),
        "events": history(UNIT),
        "may_change": can(Permission.CHANGE_UNIT, request.user),
        "may_set_completeness": can(Permission.SET_COMPLETENESS, request.user),
    }
    return render(request, "referrals/settings/unit.html", context)


class ChangeUnit(SettingsPage):
    """Change the unit's rules."""

    permission = Permission.CHANGE_UNIT
    form_class = UnitForm
    heading = "Change the unit’s rules"
    text = "The days by which advice is due follow within ten minutes, on every log that awaits advice."
    subject = UNIT

    def back(self) -> tuple[str, str]:
        return reverse("referrals:unit"), "The unit’s rules"

    def initial(self) -> dict[str, Any]:
        found = unit()
        names = [name for name in UnitForm.base_fields if name not in ("seen_version", "own_force")]
        return {name: getattr(found, name) for name in names} | {"own_force": found.own_force_id or ""}

    def perform(self, form: UnitForm) -> str:
        values = form.values
        own = values["own_force"]
        values["own_force"] = Force.objects.get(pk=own) if own else None
        change_unit(
            by=self.user, at=timezone.now(), values=values, seen_version=form.cleaned_data["seen_version"]
        )
        return "The unit’s rules are saved."


class SetCompleteness(SettingsPage):
    """Record up to when the log is complete."""

    permission = Permission.SET_COMPLETENESS
    form_class = CompletenessForm
    heading = "Up to when the log is complete"
    subject = UNIT

    def back(self) -> tuple[str, str]:
        return reverse("referrals:unit"), "The unit’s rules"

    def initial(self) -> dict[str, Any]:
        return {"data_complete_to": unit().data_complete_to}

    def perform(self, form: CompletenessForm) -> str:
        day = form.cleaned_data["data_complete_to"]
        set_completeness(
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            data_complete_to=day,
            seen_version=form.cleaned_data["seen_version"],
        )
        return (
            f"The log is complete up to {short_date(day)}."
            if day
            else "Nobody has checked how complete the log is."
        )
