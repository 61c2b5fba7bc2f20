"""Referring a request of our own, from its casefile."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.next_step import NextStep
from foitracker.identity.traces import masked
from referrals.forms.advice import OwnUptakeForm
from referrals.forms.own_request import OwnReferralForm
from referrals.models import Referral
from referrals.operations.own_request import refer_own_request, take_up_advice
from referrals.queries.criteria_to_weigh import suggested_by
from referrals.queries.holding import is_replaced
from referrals.queries.own_request import advice_on_own_request
from referrals.rules.vocabulary import Uptake
from referrals.views.log_masking import LogMaskingPage
from requests_app.models import FoiRequest
from requests_app.queries.casefile import Casefile
from requests_app.queries.identity import known_identity_of
from requests_app.rules.casework.workflow import EDITABLE_STATUSES
from requests_app.views.consultation import AdviceShown
from requests_app.views.request_page import RequestPage


class ReferOwnRequest(LogMaskingPage, RequestPage):
    """Log a request of ours with the unit; its answer waits for the advice."""

    form_class = OwnReferralForm
    template_name = "referrals/own_request.html"
    heading = "Refer to the Central Referral Unit"
    submit_label = "Refer it"
    logged: Referral

    def check_allowed(self, request: HttpRequest) -> None:
        check_can(Permission.REFER_OWN_REQUEST, request.user)

    def initial(self) -> dict[str, Any]:
        known = known_identity_of(self.case)
        return {"subject": masked(self.case.subject, known), "wording": masked(self.case.words, known)}

    def form_arguments(self) -> dict[str, Any]:
        return {"known_identity": known_identity_of(self.case)}

    def page(self) -> dict[str, Any]:
        flags = self.request.POST.getlist("flags")
        return {"suggestions": suggested_by([self.case.subject, self.case.words], flags)}

    def perform(self, form: OwnReferralForm) -> str:
        self.logged = refer_own_request(
            case_id=self.case.pk,
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            referral=form.referral(),
            identity_confirmed=form.identity_confirmed,
            seen_version=self.seen_version(form),
        )
        return f"Logged with the Central Referral Unit as {self.logged.log_number}. The time limit goes on."


class TakeUpAdvice(LogMaskingPage, RequestPage):
    """Say what is done with advice on a request of ours, before its answer leaves."""

    permission = Permission.WORK_CASE
    form_class = OwnUptakeForm
    template_name = "referrals/take_up.html"
    heading = "What is done with the advice"
    submit_label = "Save"
    anchor = "#advice"

    def load(self, **kwargs: Any) -> None:
        self.told = get_object_or_404(advice_on_own_request(self.case), pk=kwargs["pk"])

    def known_identity(self) -> tuple[str, ...]:
        return known_identity_of(self.case)

    def initial(self) -> dict[str, Any]:
        return {"uptake": self.told.uptake, "reason": self.told.uptake_reason}

    def page(self) -> dict[str, Any]:
        return {"told": self.told}

    def perform(self, form: OwnUptakeForm) -> str:
        take_up_advice(
            told_id=self.told.pk,
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            uptake=Uptake(form.cleaned_data["uptake"]),
            reason=form.cleaned_data["reason"],
            identity_confirmed=form.identity_confirmed,
            seen_version=self.seen_version(form),
        )
        return "What is done with the advice is recorded."


def own_advice(case: FoiRequest, user: User) -> Iterator[AdviceShown]:
    """Return the advice of the unit on a request of ours, the latest first."""
    may_take_up = can(Permission.WORK_CASE, user)
    for told in advice_on_own_request(case):
        advice, replaced = told.advice, is_replaced(told)
        may = may_take_up and not (replaced and not told.uptake)
        yield AdviceShown(
            source=f"Advice {advice.number} of {advice.referral.title}",
            url=f"{advice.referral.get_absolute_url()}#advice",
            given_on=advice.given_on or told.told_on,
            marking=advice.get_marking_display(),
            exemptions=advice.exemptions,
            text=advice.text,
            is_replaced=replaced,
            uptake=told.get_uptake_display() if told.uptake else "",
            reason=told.uptake_reason,
            take_up_url=reverse("referrals:take_up", args=[case.year, case.number, told.pk]) if may else "",
        )


def referral_offers(found: Casefile, user: User) -> Iterator[NextStep]:
    """Return what a casefile offers while its answer is being worked on and no advice is awaited yet."""
    if found.case.status not in EDITABLE_STATUSES or found.standing_holds:
        return
    address = reverse("referrals:refer", args=[found.case.year, found.case.number])
    why = "Where a criterion makes it mandatory, or advice is wanted. The time limit goes on."
    if can(Permission.REFER_OWN_REQUEST, user):
        yield NextStep("Refer it to the Central Referral Unit", address, why)
