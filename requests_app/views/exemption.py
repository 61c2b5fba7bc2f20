"""The pages of an exemption claim: make it, complete it, withdraw it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from foitracker.casework.refusals import NotPossible
from foitracker.pages.forms.form import CaseForm
from requests_app.forms.exemption import ClaimForm, Route, initial_of, route_of
from requests_app.models import ExemptionClaim, FoiRequest
from requests_app.operations.exemption import claim_exemption, withdraw_claim
from requests_app.queries.exemption_catalogue import our_catalogue
from requests_app.queries.letter_facts import claim_facts, claims_of
from requests_app.rules.casework.dispositions import REFUSING
from requests_app.rules.exemptions.catalogue import Catalogue, Exemption, UnknownLimb, Usable
from requests_app.rules.letters.claim_checks import problems_of
from requests_app.views.editing import EditingPage

#: Sections whose reasons must name no body of s.23(3).
_SECURITY = ("23", "24")


class _ClaimView(EditingPage):
    """The form of a claim of one section."""

    permission = Permission.WORK_CASE
    form_class = ClaimForm
    template_name = "requests_app/decision/claim.html"
    submit_label = "Save claim"
    anchor = "#claims"

    catalogue: Catalogue
    exemption: Exemption
    route: Route
    claim: ExemptionClaim | None = None

    def form_arguments(self) -> dict[str, Any]:
        has_reasons = bool(self.claim and self.claim.why_applies)
        return {
            "exemption": self.exemption,
            "route": self.route,
            "items": self.items,
            "has_reasons": has_reasons,
        }

    def page(self) -> dict[str, Any]:
        problems = _problems(self.claim, self.catalogue) if self.claim else []
        return {
            "exemption": self.exemption,
            "security_bodies": self.catalogue.security_bodies.listed
            if self.exemption.section in _SECURITY
            else (),
            "route": self.route,
            "claim": self.claim,
            "items": self.items,
            "tick_refused": self.ticking_address(),
            "missing": [p for p in problems if p["blocks"]],
            "advised": [p for p in problems if not p["blocks"]],
        }

    def ticking_address(self) -> str:
        """Return the address of this page with the refused items ticked; empty when that would change nothing."""
        refused = [item.pk for item in self.items if item.disposition in REFUSING]
        if self.request.method == "POST" or self.claim or not refused or "item" in self.request.GET:
            return ""
        query = self.request.GET.copy()
        query.setlist("item", [str(pk) for pk in refused])
        return f"?{query.urlencode()}"

    def perform(self, form: ClaimForm) -> str:
        self.claim = claim_exemption(
            **self.common(form),
            section=self.exemption.section,
            limbs=form.cleaned_data["limbs"],
            item_ids=form.cleaned_data["items"],
            reasons=form.reasons(),
            neither_confirm_nor_deny=self.route.neither_confirm_nor_deny,
            claim_id=self.claim.pk if self.claim else None,
        )
        refs = ", ".join(self.claim.limbs)
        found = _problems(self.claim, self.catalogue)
        if missing := sum(problem["blocks"] for problem in found):
            points = (
                "1 point is still missing; it is"
                if missing == 1
                else f"{missing} points are still missing; they are"
            )
            return f"The claim of {refs} is saved. {points} listed below."
        remarks = " Read the remarks below." if found else ""
        return f"The claim of {refs} is saved and complete.{remarks}"

    def success_url(self) -> str:
        """Return the address to go on to: the claim itself while there is something in it to correct."""
        if self.request.method == "POST" and self.claim and _problems(self.claim, self.catalogue):
            return reverse(
                "requests_app:claim_change", args=[self.case.year, self.case.number, self.claim.pk]
            )
        return super().success_url()

    def load(self, **kwargs: Any) -> None:
        self.items = list(self.case.items.select_related("duplicate_of"))
        self.catalogue = our_catalogue()

    def set_route(self, route: Route) -> None:
        self.route = route
        claimed = "Neither confirm nor deny" if route.neither_confirm_nor_deny else "Withhold"
        self.heading = f"{claimed}: section {self.exemption.section}"


class AddClaim(_ClaimView):
    """Claim a section. In the address `limb` names limbs to claim; `part` or `ncnd` only which form it is."""

    def load(self, **kwargs: Any) -> None:
        super().load()
        try:
            self.exemption = self.catalogue.exemption(kwargs["section"])
        except UnknownLimb as error:
            raise Http404(str(error)) from error
        if self.exemption.usable is Usable.NO:
            raise NotPossible(self.exemption.usable_reason)
        known = {limb.ref: limb for limb in self.exemption.all_limbs}
        self.refs = [ref for ref in self.request.GET.getlist("limb") if ref in known]
        named = self.refs or [ref for ref in self.request.GET.getlist("part") if ref in known]
        neither = any(known[ref].neither_confirm_nor_deny for ref in named) or "ncnd" in self.request.GET
        self.chosen = route_of(self.exemption, named, neither_confirm_nor_deny=neither)
        if self.chosen:
            self.set_route(self.chosen)

    def dispatch_route(self, request: HttpRequest) -> HttpResponse | None:
        """Return a redirect to the choice of a part, where the section has several and the address names none."""
        if self.chosen:
            return None
        choose = reverse("requests_app:claim_add", args=[self.case.year, self.case.number])
        return redirect(f"{choose}?q={self.exemption.section}")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.dispatch_route(request) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.dispatch_route(request) or super().post(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        chosen = {"limbs": self.refs} if self.refs else {}
        return {**chosen, "items": [int(pk) for pk in self.request.GET.getlist("item") if pk.isdecimal()]}


class ChangeClaim(_ClaimView):
    """Change or complete a claim."""

    def load(self, **kwargs: Any) -> None:
        super().load()
        self.claim = self.saved = _claim_of(self.case, kwargs["pk"])
        self.exemption = self.catalogue.exemption(self.saved.section)
        neither = self.saved.neither_confirm_nor_deny
        route = route_of(self.exemption, self.saved.limbs, neither_confirm_nor_deny=neither)
        every = self.exemption.all_limbs
        self.set_route(route or Route(every, self.exemption.requirements(every)))

    def initial(self) -> dict[str, Any]:
        return initial_of(self.saved, self.route.asks)


class WithdrawClaim(EditingPage):
    """Withdraw a claim. The trail keeps that it was made."""

    permission = Permission.WORK_CASE
    form_class = CaseForm
    template_name = "requests_app/decision/withdraw_claim.html"
    heading = "Withdraw an exemption claim"
    submit_label = "Withdraw the claim"
    anchor = "#claims"

    def load(self, **kwargs: Any) -> None:
        self.claim = _claim_of(self.case, kwargs["pk"])

    def page(self) -> dict[str, Any]:
        return {"claim": self.claim, "warn": True}

    def perform(self, form: CaseForm) -> str:
        withdraw_claim(**self.common(form), claim_id=self.claim.pk)
        return f"The claim of {', '.join(self.claim.limbs)} has been withdrawn."


def _claim_of(case: FoiRequest, pk: int) -> ExemptionClaim:
    claim = case.claims.prefetch_related("items").filter(pk=pk).first()
    if claim is None:
        raise Gone("This claim is no longer part of the request.")
    return claim


def _problems(claim: ExemptionClaim, catalogue: Catalogue) -> list[dict[str, Any]]:
    """What the claim lacks, and what in it does not go with another claim; each leads to its field."""
    facts, case = claim_facts(claim, catalogue), claim.foi_request
    found = problems_of(claims_of(case, catalogue), catalogue, case.received_on.year)
    return [
        {
            "message": problem.message,
            "reference": problem.reference,
            "url": f"#div_id_{problem.field}",
            "blocks": problem.blocks,
        }
        for concerned, problem in found
        if concerned == facts
    ]
