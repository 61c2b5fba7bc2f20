"""Giving advice on a log, and telling the forces it concerns."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from referrals.forms.advice import AdviceForm, CirculateForm
from referrals.models import Advice, AdviceTold
from referrals.operations.advice import circulate, draft_advice, give_advice
from referrals.queries.circulation import concerned_by, draft_of, forces_concerned
from referrals.views.checked_words import OpenLogWordsPage
from referrals.views.open_log import OpenLogPage
from requests_app.queries.exemption_catalogue import exemption_catalogue

_BUTTONS = [
    {"name": "then", "value": "give", "label": "Give it, and circulate later"},
    {"name": "then", "value": "draft", "label": "Save as a draft"},
]


class AdviseView(OpenLogWordsPage):
    """Draft advice, give it, or give it and tell every force concerned at once."""

    form_class = AdviceForm
    template_name = "referrals/advise.html"
    heading = "Give advice"
    submit_label = "Give it and circulate"
    anchor = "#advice"

    def load(self, **kwargs: Any) -> None:
        self.draft = draft_of(self.case)

    def initial(self) -> dict[str, Any]:
        if self.draft is None:
            return {}
        return {
            "text": self.draft.text,
            "exemptions": ", ".join(self.draft.exemptions),
            "marking": self.draft.marking,
        }

    def page(self) -> dict[str, Any]:
        return {
            "concerned": forces_concerned(self.case),
            "given": self.case.advice.filter(given_at__isnull=False).order_by("number").last(),
            "sections": exemption_catalogue().exemptions,
            "submit_name": "then",
            "submit_value": "circulate",
            "secondary": _BUTTONS,
        }

    @transaction.atomic
    def perform(self, form: AdviceForm) -> str:
        then = self.request.POST.get("then")
        if then not in ("give", "circulate"):
            draft_advice(**self.common(form), **form.entered())
            return "The draft is saved. Nobody has been told of it."
        today = timezone.localdate()
        confirmed = form.names_confirmed
        advice = give_advice(**self.common(form), today=today, names_confirmed=confirmed, **form.entered())
        if then != "circulate":
            return f"Advice {advice.number} is given. No force has been told of it yet: circulate it."
        told = circulate(advice_id=advice.pk, by=self.user, at=timezone.now(), today=today)
        return f"Advice {advice.number} is given. {_circulation_words(told)}"


class CirculateView(OpenLogPage):
    """Tell forces of advice that was given: those not told yet, or some of them."""

    permission = Permission.WORK_REFERRAL
    form_class = CirculateForm
    template_name = "referrals/circulate.html"
    submit_label = "Tell these forces"
    anchor = "#advice"

    def load(self, **kwargs: Any) -> None:
        given = Advice.objects.filter(referral=self.case, given_at__isnull=False)
        self.advice = get_object_or_404(given.select_related("adviser"), pk=kwargs["pk"])
        self.advice.referral = self.case
        self.heading = f"Circulate advice {self.advice.number}"
        self.concerned = concerned_by(self.advice)

    def form_arguments(self) -> dict[str, Any]:
        return {"owed": [one for one in self.concerned if one.told is None]}

    def page(self) -> dict[str, Any]:
        return {
            "advice": self.advice,
            "told": [one for one in self.concerned if one.told],
            "owed": [one for one in self.concerned if one.told is None],
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if all(one.told for one in self.concerned):  # sent twice, or told by someone else since
            return redirect(
                reverse("referrals:circulate", args=[self.case.year, self.case.number, self.advice.pk])
            )
        return super().post(request, *args, **kwargs)

    def perform(self, form: CirculateForm) -> str:
        given = {name: value for name, value in self.common(form).items() if name != self.key}
        told = circulate(
            advice_id=self.advice.pk,
            today=timezone.localdate(),
            force_ids=form.cleaned_data["forces"],
            **given,
        )
        return _circulation_words(told)


def _circulation_words(told: list[AdviceTold]) -> str:
    """How many were told, and who has to be told by other means."""
    if not told:
        return "Every force it concerns had been told already."
    many = "1 force is told" if len(told) == 1 else f"{len(told)} forces are told"
    e_mailed = sum(one.by_email for one in told)
    words = f"{many}, {e_mailed} by e-mail."
    by_other_means = [one.told_to for one in told if not one.by_email]
    without = [one.force.short for one in by_other_means if not one.is_ourselves]
    if without:
        named = ", ".join(without[:5]) + (f" and {len(without) - 5} more" if len(without) > 5 else "")
        words += f" No mailbox is recorded for {named}: send it by other means."
    if len(without) < len(by_other_means):
        words += " Our own authority reads it on its casefile."
    return words
