"""Referring a request of our own, from its casefile."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.next_step import NextStep
from foitracker.identity.traces import masked
from referrals.forms.own_request import OwnReferralForm
from referrals.models import Referral
from referrals.operations.own_request import refer_own_request
from referrals.queries.criteria_to_weigh import suggested_by
from referrals.views.log_masking import LogMaskingPage
from requests_app.queries.casefile import Casefile
from requests_app.queries.identity import known_identity_of
from requests_app.rules.casework.workflow import EDITABLE_STATUSES
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


def referral_offers(found: Casefile, user: User) -> Iterator[NextStep]:
    """Return what a casefile offers while its answer is being worked on and no advice is awaited yet."""
    if found.case.status not in EDITABLE_STATUSES or found.standing_holds:
        return
    address = reverse("referrals:refer", args=[found.case.year, found.case.number])
    why = "Where a criterion makes it mandatory, or advice is wanted. The time limit goes on."
    if can(Permission.REFER_OWN_REQUEST, user):
        yield NextStep("Refer it to the Central Referral Unit", address, why)
