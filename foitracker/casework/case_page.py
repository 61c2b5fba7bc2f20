"""The page of one form about a case of any kind: a request, or a log of the apps above."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from foitracker.audit.queries import events_since_version
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.form_page import FormPage
from foitracker.casework.refusals import CaseChanged
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.forms.rows import RowsForm, reopen

#: What a page posts that no one typed.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen_version", "items", "limbs", "duplicate_of", "then"})


class Gone(Exception):
    """What the address names is not, or no longer, part of the case; the message says what."""


class CasePage(FormPage):
    """The page of one form about a case.

    A kind of case says where it is found (`find`), where its pages lead back to (`back_to`) and what operations call
    its key (`key`). Where the action is not possible while the case stands as it does (`check_possible`), the page says
    why instead of showing a form that could not be saved.
    """

    form_class: type[CaseForm]
    template_name = "casework/case_page.html"
    back_to = ""
    anchor = ""
    key = ""

    case: Any

    def find(self, year: int, number: int) -> Any:
        """Return the case of this number; raise Http404 when there is none, or none this person may know of."""
        raise NotImplementedError

    def check_possible(self) -> None:
        """Raise TransitionNotAllowed when the status of the case rules the action out."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Gone as gone:
            if request.method != "POST":
                raise Http404(str(gone)) from gone
            context = {"case": self.case, "reason": str(gone), "typed": self._typed(request)}
            return render(request, "casework/gone.html", context, status=409)

    def open(self, *, year: int, number: int, **kwargs: Any) -> None:  # type: ignore[override]
        self.case = self.find(year, number)
        self.load(**kwargs)

    def newest(self) -> int:
        return int(self.case.version)

    def success_url(self) -> str:
        return reverse(self.back_to, args=[self.case.year, self.case.number]) + self.anchor

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.check_possible()
        except TransitionNotAllowed as refusal:
            context = {
                "reason": str(refusal),
                "current": self.case.get_status_display(),
                "back_url": self.case.get_absolute_url(),
                "back_label": f"Back to {self.case.title}",
            }
            return render(request, "409.html", context, status=409)
        return super().get(request, *args, **kwargs)

    def show_conflict(self, form: Any, changed: CaseChanged) -> HttpResponse:  # type: ignore[override]
        self.case = changed.case
        return super().show_conflict(form, changed)

    def conflict(self, form: Any, changed: CaseChanged) -> dict[str, Any]:  # type: ignore[override]
        events = events_since_version(changed.case.reference, changed.seen_version)
        return conflict_panel(events, form, self.request.path, changed.case)

    def show(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        return super().show(form, status, **{"case": self.case, **extra})

    def common(self, form: CaseForm) -> dict[str, Any]:
        """Return the arguments every operation takes: case, person, time and the version seen."""
        return {
            self.key: self.case.pk,
            "by": self.user,
            "at": timezone.now(),
            "seen_version": self.seen_version(form),
        }

    def _typed(self, request: HttpRequest) -> list[tuple[str, str]]:
        """What was typed or chosen, with its labels, so that it can be copied."""
        known = self.form_class.base_fields
        return [
            (str(known[name].label if name in known else name.replace("_", " ").capitalize()), text)
            for name, sent in request.POST.items()
            if (text := str(sent).strip()) and name not in _NOT_TYPED and not name.endswith("_FORMS")
        ]


class RowsPage(CasePage):
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

    def show(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        return super().show(
            form, status, formset=getattr(form, "rows", None), has_errors=status == 422, **extra
        )
