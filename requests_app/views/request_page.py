"""The page of one form about a request."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from foitracker.casework.case_page import CasePage
from foitracker.identity.forms import point_out_applicant, with_applicant_masked
from foitracker.identity.masking_page import wants_masking
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.forms.rows import RowsForm, reopen
from requests_app.models import FoiRequest
from requests_app.queries.finding import find_request
from requests_app.queries.identity import known_identity_of


class RequestPage(CasePage):
    """The page of one form about a request.

    What we write on it may name anybody but the applicant: that is pointed out before anything is kept, with a button
    that masks it. Fields in `names_applicant` hold the applicant's own words, or who they are; where the
    `applicant_may_stay`, as in a letter to them, a tick keeps the name.
    """

    back_to = "requests_app:casefile"
    key = "case_id"
    names_applicant: frozenset[str] = frozenset()
    applicant_may_stay = False
    case: FoiRequest

    def find(self, year: int, number: int) -> FoiRequest:
        return find_request(self.user, year, number)

    def accepts(self, form: CaseForm) -> bool:
        return point_out_applicant(
            form,
            known_identity_of(self.case),
            leaving_out=self.names_applicant,
            may_stay=self.applicant_may_stay,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show_masked(request) if wants_masking(request) else super().post(request, *args, **kwargs)

    def show_masked(self, request: HttpRequest) -> HttpResponse:
        """Show what was typed with the applicant's details masked, and nothing saved."""
        arguments = self.form_arguments()
        form = self.form_class(request.POST, **arguments)
        form.is_valid()
        known = known_identity_of(self.case)
        changed = with_applicant_masked(form, request.POST, known, leaving_out=self.names_applicant)
        if isinstance(form, RowsForm):
            arguments = {**arguments, "rows": form.typed_rows(changed)}
        messages.info(
            request,
            "Applicant details are masked with ****. Nothing has been saved yet: check the text, then save it.",
        )
        return self.show(reopen(self.form_class, changed, **arguments))
