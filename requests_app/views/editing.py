"""What the pages that change the content of a case have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.forms.rows import RowsForm, reopen
from requests_app.operations.casework import check_editable
from requests_app.rules.casework.workflow import STATUS_LABELS, Status
from requests_app.views.request_page import RequestPage

#: What a page posts that no one typed.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "case_version", "items", "limbs", "duplicate_of", "then"})


class Gone(Exception):
    """What the address names is not, or no longer, part of the case; the message says what."""


class EditingView(RequestPage):
    """The page of an action that is possible only while the case has certain statuses.

    Where it is not, the page says why instead of showing a form that could not be saved.
    """

    def check_possible(self) -> None:
        """Raise TransitionNotAllowed when the status of the case rules the action out."""
        check_editable(self.case)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Gone as gone:
            if request.method != "POST":
                raise Http404(str(gone)) from gone
            context = {"case": self.case, "reason": str(gone), "typed": self._typed(request)}
            return render(request, "casework/gone.html", context, status=409)

    def _typed(self, request: HttpRequest) -> list[tuple[str, str]]:
        """What was typed or chosen, with its labels, so that it can be copied."""
        known = self.form_class.base_fields
        return [
            (str(known[name].label if name in known else name.replace("_", " ").capitalize()), text)
            for name, sent in request.POST.items()
            if (text := str(sent).strip()) and name not in _NOT_TYPED and not name.endswith("_FORMS")
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.check_possible()
        except TransitionNotAllowed as refusal:
            context = {
                "reason": str(refusal),
                "current": STATUS_LABELS[Status(self.case.status)],
                "back_url": self.case.get_absolute_url(),
                "back_label": f"Back to {self.case.reference}",
            }
            return render(request, "409.html", context, status=409)
        return super().get(request, *args, **kwargs)


class RowsView(EditingView):
    """A page with rows. Its buttons other than “save” change the rows and show the form again, unsaved."""

    form_class: type[RowsForm]

    def rearrange(self, action: str, typed: list[dict[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Return the rows to show after the button `action`; by default those typed, with empty ones after them."""
        return typed

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if action := request.POST.get("rearrange"):
            rows = self.rearrange(action, self.form_class.typed_rows(request.POST))
            arguments = {**self.form_arguments(), "rows": rows}
            return self.show(reopen(self.form_class, request.POST, **arguments))
        return super().post(request, *args, **kwargs)

    def show(self, form: CaseForm, status: int = 200, **extra: Any) -> HttpResponse:
        return super().show(
            form, status, formset=getattr(form, "rows", None), has_errors=status == 422, **extra
        )
