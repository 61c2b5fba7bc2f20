"""One action, one page: load the case, ask permission, show the form, call the operation, translate refusals.

A refusal never loses what was typed: the form comes back with it and says what to do.
"""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from foitracker.accounts.models import User
from foitracker.audit.queries import events_since_version
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.refusals import CaseChanged, NotPossible, NotReady
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.forms.form import CaseForm


class CasePage(View):
    """The page of one act on a case of any kind: a request, or a log of the apps above.

    A page names its `form_class`, `heading` and `submit_label`, gives `initial()`, and calls one operation in
    `perform`, which returns the message to show. `template_name` needs changing only where the form alone is
    not enough. A kind of case says who may (`check_allowed`), where it is found (`find`) and what operations
    call its key (`key`).
    """

    form_class: type[CaseForm]
    template_name = "casework/case_page.html"
    heading = ""
    submit_label = "Save"
    back_to = ""
    anchor = ""
    key = ""

    request: HttpRequest
    user: User
    case: Any

    def check_allowed(self, request: HttpRequest) -> None:
        """Raise NotPermitted for someone who may not do this on any case."""
        raise NotImplementedError

    def find(self, year: int, number: int) -> Any:
        """Return the case of this number; raise Http404 when there is none, or none this person may know of."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check_allowed(request)
        self.user = cast(User, request.user)
        self.case = self.find(kwargs.pop("year"), kwargs.pop("number"))
        self.load(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def load(self, **kwargs: Any) -> None:
        """Load what else the address names; raise Http404 when the case has no such thing."""

    def initial(self) -> dict[str, Any]:
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """Return further arguments of the form, such as the items to choose from."""
        return {}

    def page(self) -> dict[str, Any]:
        """Return further template context."""
        return {}

    def perform(self, form: Any) -> str:
        """Call the operation; return the message that says what was done."""
        raise NotImplementedError

    def success_url(self) -> str:
        return reverse(self.back_to, args=[self.case.year, self.case.number]) + self.anchor

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(
            initial={"case_version": self.case.version, **self.initial()}, **self.form_arguments()
        )
        return self.show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, **self.form_arguments())
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            done = self.perform(form)
        except NotPossible as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=422)
        except (TransitionNotAllowed, NotReady) as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409, gaps=getattr(refusal, "gaps", ()))
        except CaseChanged as changed:
            return self.show_conflict(form, changed)
        messages.success(request, done)
        return redirect(self.success_url())

    def show_conflict(self, form: CaseForm, changed: CaseChanged) -> HttpResponse:
        """Show what someone else has changed since beside what was typed; sending again is then deliberate."""
        self.case = changed.case
        form.data = newer = self.request.POST.copy()
        newer["case_version"] = str(changed.case.version)
        acts = events_since_version(changed.case.reference, changed.seen_version)
        panel = conflict_panel(acts, form, self.request.path, changed.case)
        return self.show(form, status=409, conflict=panel)

    def show(self, form: CaseForm, status: int = 200, **extra: Any) -> HttpResponse:
        context = {
            "case": self.case,
            "form": form,
            "heading": self.heading,
            "submit_label": self.submit_label,
            "cancel_url": self.success_url(),
            **self.page(),
            **extra,
        }
        return render(self.request, self.template_name, context, status=status)

    def seen_version(self, form: CaseForm) -> int | None:
        """Return the version the page was made from; a form sent without one is not checked against changes."""
        version: int | None = form.cleaned_data.get("case_version")
        return version

    def common(self, form: CaseForm) -> dict[str, Any]:
        """Return the arguments every operation takes: case, person, time and the version seen."""
        return {
            self.key: self.case.pk,
            "by": self.user,
            "at": timezone.now(),
            "seen_version": self.seen_version(form),
        }
