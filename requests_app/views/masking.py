"""Pages on who asks, in the texts of a request: its words as they came, and what is masked in their copy."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.words import counted
from requests_app.forms.intake import LookForm
from requests_app.forms.masking import LeaveInForm, LiftForm, MaskPhrasesForm
from requests_app.models import AccessReason, FoiRequest, Masking, SealedWords
from requests_app.operations.masking import (
    leave_applicant_in,
    lift_maskings,
    mask_applicant,
    mask_phrases,
    read_sealed_words,
)
from requests_app.queries.finding import find_request
from requests_app.queries.sealed_words import maskings_in_force
from requests_app.views.request_page import RequestPage


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sealed_words_page(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Ask why, record the access, then show the applicant's words as they came. The browser keeps none of it."""
    check_can(Permission.SEE_IDENTITY, request.user)
    case = find_request(request.user, year, number)
    look = LookForm(request.POST if request.method == "POST" else None)
    if not look.is_valid():
        context: dict[str, Any] = {"case": case, "form": look}
        status = 422 if look.is_bound else 200
        return render(request, "requests_app/masking/look.html", context, status=status)
    reason = AccessReason(look.cleaned_data["reason"])
    sealed = read_sealed_words(case_id=case.pk, by=request.user, at=timezone.now(), reason=reason)
    shown = [(one, _masked_words(whole, one)) for whole in sealed for one in maskings_in_force(whole)]
    form = LiftForm(initial={"seen_version": case.version}, maskings=shown)
    context = {"case": case, "sealed": sealed, "form": form, "has_maskings": bool(shown)}
    return render(request, "requests_app/masking/sealed_words.html", context)


def _masked_words(sealed: SealedWords, masking: Masking) -> str:
    return " ".join(sealed.words[masking.start : masking.end].split())


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class LiftMaskings(RequestPage):
    """Save the form on the page of the sealed words; it is never shown without a recorded access."""

    permission = Permission.SEE_IDENTITY
    form_class = LiftForm
    heading = "Unmask"
    submit_label = "Unmask"
    anchor = "#request"

    def form_arguments(self) -> dict[str, Any]:
        standing = Masking.objects.filter(sealed__foi_request=self.case.pk, lifted_at=None)
        return {"maskings": [(one, f"Masking {one.pk}") for one in standing]}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("requests_app:sealed_words", year=self.case.year, number=self.case.number)

    def perform(self, form: LiftForm) -> str:
        lifted = lift_maskings(**self.common(form), masking_ids=form.cleaned_data["maskings"])
        return (
            f"{counted(lifted, 'place')} unmasked, in the request and the items taken from it. Other text on the case "
            "keeps its asterisks."
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MaskPhrases(RequestPage):
    """Mask in the texts of a request what no rule found."""

    permission = Permission.MASK_WORDS
    form_class = MaskPhrasesForm
    names_applicant = frozenset({"phrases"})
    heading = "Mask applicant details"
    submit_label = "Mask"
    anchor = "#request"
    text = "The original request stays sealed. Anyone who may see applicant details can undo the masking."

    def perform(self, form: MaskPhrasesForm) -> str:
        masked = mask_phrases(**self.common(form), phrases=form.lines())
        return f"Masked in {counted(masked, 'place')}. Check the request again."


class MaskApplicant(RequestPage):
    """Mask the applicant's details where they were found in the texts of the request."""

    permission = Permission.MASK_WORDS
    form_class = CaseForm
    heading = "Mask the applicant's details?"
    submit_label = "Mask them"
    anchor = "#request"

    def page(self) -> dict[str, Any]:
        return {"text": f"They were found in: {found_in_words(self.case) or 'no text'}."}

    def perform(self, form: CaseForm) -> str:
        masked = mask_applicant(**self.common(form))
        return f"Masked in {counted(masked, 'place')}. Check the request again."


class LeaveApplicantIn(RequestPage):
    """Say why what was found may stay."""

    permission = Permission.MASK_WORDS
    form_class = LeaveInForm
    heading = "Leave applicant details unmasked?"
    submit_label = "Leave unmasked"
    anchor = "#request"

    def page(self) -> dict[str, Any]:
        return {"text": f"They were found in: {found_in_words(self.case) or 'no text'}."}

    def perform(self, form: LeaveInForm) -> str:
        leave_applicant_in(**self.common(form), reason=form.cleaned_data["reason"])
        return "Details left unmasked. The reason is on the timeline."


def found_in_words(case: FoiRequest) -> str:
    """Return where the applicant's details were found, such as “words (2), notes (1)”; empty for nowhere."""
    return ", ".join(f"{label} ({count})" for label, count in case.identity_found.items())
