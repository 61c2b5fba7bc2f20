"""One form, one page: ask permission, show the form, call the operation, translate refusals.

Every page on which something is entered is a FormPage; what kind says what it is about:

    FormPage
    ├── CasePage        about a case; its form holds the version of the case it was made from
    │   └── RowsPage    with a list of rows under the form
    └── SettingsPage    about settings; its form holds the last event on them

A refusal never loses what was typed: the form comes back with it and says what to do.
"""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views import View

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.refusals import ChangedSince, NotPossible, NotReady
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.forms.form import SEEN_VERSION


class FormPage(View):
    """The page of one form.

    A page names its `permission`, `form_class`, `heading` and `submit_label`, gives `initial()`, and calls one
    operation in `perform`, which returns the message to show. Its form holds what the page was made from
    (`seen_version`); `newest()` is what it would be made from now.
    """

    permission: Permission
    form_class: type[forms.Form]
    template_name = ""
    heading = ""
    submit_label = "Save"
    text = ""
    warn = False

    request: HttpRequest
    user: User

    def check_allowed(self, request: HttpRequest) -> None:
        """Raise NotPermitted for someone who may not do this."""
        check_can(self.permission, request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check_allowed(request)
        self.user = cast(User, request.user)
        self.open(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def open(self, **kwargs: Any) -> None:
        """Open what the address names."""
        self.load(**kwargs)

    def load(self, **kwargs: Any) -> None:
        """Load what else the address names; raise Http404 when there is none."""

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

    def accepts(self, form: Any) -> bool:
        """Return whether what was typed may be kept; where not, the form says why."""
        return True

    def success_url(self) -> str:
        """Return where the page leads when it is done, or left."""
        raise NotImplementedError

    def newest(self) -> int:
        """Return what the page is made from."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        initial = {SEEN_VERSION: self.newest(), **self.initial()}
        return self.show(self.form_class(initial=initial, **self.form_arguments()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, **self.form_arguments())
        if not form.is_valid() or not self.accepts(form):
            return self.show(form, status=422)
        try:
            done = self.perform(form)
        except NotPossible as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=422)
        except (TransitionNotAllowed, NotReady) as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409, gaps=getattr(refusal, "gaps", ()))
        except ChangedSince as changed:
            return self.show_conflict(form, changed)
        messages.success(request, done)
        return redirect(self.success_url())

    def show_conflict(self, form: Any, changed: ChangedSince) -> HttpResponse:
        """Show what someone else has changed since beside what was typed; sending again is then deliberate."""
        panel = self.conflict(form, changed)
        form.data = newer = self.request.POST.copy()
        newer[SEEN_VERSION] = str(self.newest())
        return self.show(form, status=409, conflict=panel)

    def conflict(self, form: Any, changed: ChangedSince) -> dict[str, Any]:
        """Return what the conflict panel shows."""
        raise NotImplementedError

    def show(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        context = {
            "form": form,
            "heading": self.heading,
            "submit_label": self.submit_label,
            "text": self.text,
            "warn": self.warn,
            "cancel_url": self.success_url(),
            **self.page(),
            **extra,
        }
        return render(self.request, self.template_name, context, status=status)

    def seen_version(self, form: Any) -> int | None:
        """Return what the page was made from; a form sent without it is not checked against changes."""
        value: int | None = form.cleaned_data.get(SEEN_VERSION)
        return value
