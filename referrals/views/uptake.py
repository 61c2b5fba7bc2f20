"""What a force did with advice, and how it answered in the end; a force contact says so for its own force."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.pages.forms.form import CaseForm
from referrals.forms.advice import OutcomeForm, UptakeForm
from referrals.models import AdviceTold, ReferralForce
from referrals.operations.uptake import record_outcome, record_uptake
from referrals.permissions import acts_for_force
from referrals.rules.vocabulary import ForceOutcome, Uptake
from referrals.views.checked_words import WordsPage
from referrals.views.finding import check_own_part
from referrals.views.referral_page import ReferralPage


class _ForceReport(ReferralPage):
    """A page for an adviser and for the force's contact."""

    permission = Permission.REPORT_UPTAKE

    def seen_version(self, form: CaseForm) -> int | None:
        """Return None for a force contact, who is not shown what others did; no one else reports on their force."""
        return None if acts_for_force(self.user) is not None else super().seen_version(form)

    def given(self, form: CaseForm) -> dict[str, Any]:
        """Return what both operations take; the log follows from what the address names."""
        common = {name: value for name, value in self.common(form).items() if name != self.key}
        return {**common, "today": timezone.localdate()}


def _named(user: User) -> str:
    """What a heading calls the force."""
    return "the force" if acts_for_force(user) is None else "your force"


class UptakeView(WordsPage, _ForceReport):
    """What a force did with advice it was told of, on its own log or a national one."""

    form_class = UptakeForm
    permission = Permission.REPORT_UPTAKE
    template_name = "referrals/uptake.html"
    submit_label = "Save"
    anchor = "#advice"

    def load(self, **kwargs: Any) -> None:
        found = AdviceTold.objects.select_related("told_to__force", "told_to__referral", "advice")
        self.told = get_object_or_404(found, pk=kwargs["pk"])
        own_log = self.told.told_to.referral
        if self.case.pk not in (own_log.pk, self.told.advice.referral_id):
            raise Http404("This advice was not given on this log.")
        check_own_part(self.user, self.case, self.told.told_to.force_id)
        self.case = own_log
        self.heading = f"What {_named(self.user)} did with the advice"

    def initial(self) -> dict[str, Any]:
        return {"uptake": self.told.uptake, "reason": self.told.uptake_reason}

    def page(self) -> dict[str, Any]:
        return {"told": self.told, "acts_for_force": acts_for_force(self.user) is not None}

    def perform(self, form: UptakeForm) -> str:
        record_uptake(
            told_id=self.told.pk,
            uptake=Uptake(form.cleaned_data["uptake"]),
            reason=form.cleaned_data["reason"],
            identity_confirmed=form.identity_confirmed,
            **self.given(form),
        )
        return f"What {self.told.told_to.force.short} did with the advice is recorded."


class OutcomeView(_ForceReport):
    """How a force answered the request, and when."""

    form_class = OutcomeForm
    anchor = "#forces"

    def load(self, **kwargs: Any) -> None:
        found = ReferralForce.objects.filter(referral=self.case).select_related("force")
        self.involved = get_object_or_404(found, pk=kwargs["pk"])
        check_own_part(self.user, self.case, self.involved.force_id)
        self.heading = f"How {_named(self.user)} answered the request"

    def page(self) -> dict[str, Any]:
        return {"text": f"{self.involved.force.name}."}

    def initial(self) -> dict[str, Any]:
        return {"outcome": self.involved.outcome, "on": self.involved.outcome_on}

    def perform(self, form: OutcomeForm) -> str:
        chosen = form.cleaned_data["outcome"]
        record_outcome(
            referral_force_id=self.involved.pk,
            outcome=None if chosen == OutcomeForm.NOT_YET else ForceOutcome(chosen),
            on=form.cleaned_data["on"],
            **self.given(form),
        )
        return f"The answer of {self.involved.force.short} is recorded."
