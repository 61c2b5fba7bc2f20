"""Settings of referrals: what their pages share, the index, and the unit's own rules."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.audit.models import Entry
from foitracker.audit.queries import events_since, timeline
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.refusals import NotPossible, SettingsChanged
from foitracker.casework.timeline import timeline_events
from foitracker.pages.words import short_date
from referrals.forms.settings import CompletenessForm, SettingsForm, UnitForm
from referrals.models import Force
from referrals.operations.unit import UNIT, change_unit, set_completeness
from referrals.queries.settings import overview
from referrals.queries.unit import unit

#: The pages show this many changes.
SHOWN = 20


def history(subject: str) -> list[dict[str, Any]]:
    """Return the latest changes of what `subject` names, as the timeline shows them."""
    return timeline_events(timeline(subject)[:SHOWN])


def last_act(subject: str) -> int:
    """Return the number of the last event on `subject`; 0 when there is none."""
    last = timeline(subject).first()
    return last.sequence if last else 0


class SettingsPage(View):
    """The page of one change of the settings: form, refusal, conflict, and the message that it is done.

    A page names its `permission`, `form_class`, `heading` and where it leads back (`back`), gives `initial()`, and
    calls one operation in `perform`. `subject` is what the trail calls what is changed.
    """

    permission: Permission
    form_class: type[SettingsForm]
    template_name = "referrals/settings/form.html"
    heading = ""
    submit_label = "Save"
    text = ""
    warn = False
    subject = ""

    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can(self.permission, request.user)
        self.user = cast(User, request.user)
        self.load(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def load(self, **kwargs: Any) -> None:
        """Load what the address names; raise Http404 when there is none."""

    def back(self) -> tuple[str, str]:
        """Return the address and the name of the page this one belongs to."""
        raise NotImplementedError

    def initial(self) -> dict[str, Any]:
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """Return further arguments of the form."""
        return {}

    def perform(self, form: Any) -> str:
        """Call the operation; return the message that says what was done."""
        raise NotImplementedError

    def newest(self) -> int:
        """Return what the page is made from: the last event on its subject."""
        return last_act(self.subject) if self.subject else 0

    def acts_since_opened(self, seen: int) -> Sequence[Entry]:
        """Return what was done after the page was opened."""
        return list(events_since(self.subject, seen))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        initial = {"seen": self.newest(), **self.initial()}
        return self.show(self.form_class(initial=initial, **self.form_arguments()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, **self.form_arguments())
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            done = self.perform(form)
        except NotPossible as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=422)
        except SettingsChanged:
            return self.show_conflict(form)
        messages.success(request, done)
        return redirect(self.back()[0])

    def show_conflict(self, form: SettingsForm) -> HttpResponse:
        """Show what someone else has changed since beside what was typed; sending again is then deliberate."""
        acts = self.acts_since_opened(form.cleaned_data["seen"] or 0)
        form.data = newer = self.request.POST.copy()
        newer["seen"] = str(self.newest())
        return self.show(form, status=409, conflict=conflict_panel(acts, form, self.request.path))

    def show(self, form: SettingsForm, status: int = 200, **extra: Any) -> HttpResponse:
        back_url, back_label = self.back()
        context = {
            "form": form,
            "heading": self.heading,
            "submit_label": self.submit_label,
            "text": self.text,
            "warn": self.warn,
            "back_url": back_url,
            "back_label": back_label,
            **extra,
        }
        return render(self.request, self.template_name, context, status=status)


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
        names = [name for name in UnitForm.base_fields if name not in ("seen", "own_force")]
        return {name: getattr(found, name) for name in names} | {"own_force": found.own_force_id or ""}

    def perform(self, form: UnitForm) -> str:
        values = form.values
        own = values["own_force"]
        values["own_force"] = Force.objects.get(pk=own) if own else None
        change_unit(by=self.user, at=timezone.now(), values=values, seen_event=form.cleaned_data["seen"])
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
            seen_event=form.cleaned_data["seen"],
        )
        return (
            f"The log is complete up to {short_date(day)}."
            if day
            else "Nobody has checked how complete the log is."
        )
