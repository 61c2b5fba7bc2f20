"""Settings: the authority's particulars and the regulators over it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.queries import events_since, timeline
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.refusals import NotPossible, SettingsChanged
from foitracker.casework.timeline import timeline_events
from foitracker.pages.words import short_date
from requests_app.forms.authority import AuthorityForm, RegulatorForm
from requests_app.models import Regulator
from requests_app.operations.authority import SUBJECT, change_authority, record_regulator, remove_regulator
from requests_app.queries.authority import authority, regulator_in_office, regulators


class SettingsView(View):
    """A page of settings: for administrators."""

    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can(Permission.CHANGE_SETTINGS, request.user)
        self.user = cast(User, request.user)
        return super().dispatch(request, *args, **kwargs)


class AuthoritySettings(SettingsView):
    """Change the authority's particulars; see the regulators."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = authority()
        names = [name for name in AuthorityForm.base_fields if name != "seen_event"]
        initial = {name: getattr(found, name) for name in names} if found else {}
        return self.show(AuthorityForm(initial={**initial, "seen_event": _last_act()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AuthorityForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        seen_event = form.cleaned_data["seen_event"]
        try:
            change_authority(by=self.user, at=timezone.now(), values=form.values, seen_event=seen_event)
        except SettingsChanged:
            return self.show_conflict(form, seen_event)
        messages.success(request, "The settings are saved. Letters issued from now on print them.")
        return redirect("requests_app:authority")

    def show_conflict(self, form: AuthorityForm, seen_event: int) -> HttpResponse:
        conflict = conflict_panel(list(events_since(SUBJECT, seen_event)), form, self.request.path)
        form.data = newer = self.request.POST.copy()
        newer["seen_event"] = str(_last_act())
        return self.show(form, status=409, conflict=conflict)

    def show(self, form: AuthorityForm, status: int = 200, **extra: Any) -> HttpResponse:
        today = timezone.localdate()
        context = {
            "form": form,
            "regulators": regulators(),
            "in_office": regulator_in_office(today),
            "today": today,
            "events": timeline_events(timeline(SUBJECT)[:20]),
            **extra,
        }
        return render(self.request, "requests_app/authority/authority.html", context, status=status)


def _last_act() -> int:
    last = timeline(SUBJECT).first()
    return last.sequence if last else 0


class AddRegulator(SettingsView):
    """Record who hears complaints from a day on."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(RegulatorForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RegulatorForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            regulator = record_regulator(by=self.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.show(form, status=422)
        messages.success(request, f"{regulator.name} is recorded from {short_date(regulator.from_date)}.")
        return redirect("requests_app:authority")

    def show(self, form: RegulatorForm, status: int = 200) -> HttpResponse:
        return render(self.request, "requests_app/authority/regulator.html", {"form": form}, status=status)


@require_POST
def remove_regulator_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a regulator recorded for a day in the future."""
    check_can(Permission.CHANGE_SETTINGS, request.user)
    get_object_or_404(Regulator, pk=pk)
    remove_regulator(by=request.user, at=timezone.now(), regulator_id=pk, today=timezone.localdate())
    messages.success(request, "The regulator is removed.")
    return redirect("requests_app:authority")
