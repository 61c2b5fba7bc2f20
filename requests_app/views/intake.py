"""Pages of intake: log a request, change its details, see and complete the applicant's details, assign, link, note."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.templatetags.page_tags import weekday_date
from requests_app.forms.intake import (
    AssignForm,
    ChangeDetailsForm,
    IdentityForm,
    LinkForm,
    LookForm,
    NewRequestForm,
    NoteForm,
)
from requests_app.models import AccessReason, FoiRequest, RequestLink
from requests_app.operations.intake import (
    AlreadyLogged,
    Identity,
    assign,
    change_details,
    complete_identity,
    link_requests,
    log_request,
    see_identity,
    unlink_requests,
    write_note,
)
from requests_app.queries.authority import authority
from requests_app.queries.finding import find_request
from requests_app.queries.intake import same_request_logged, was_logged_as
from requests_app.views.request_page import RequestPage

#: How long the same words from the same person are taken for the same request.
MOMENT_AGO = timedelta(hours=1)


def covers_functions() -> bool:
    """Return whether the authority is covered by the Act for designated functions only (s.7(5))."""
    found = authority()
    return found is None or found.has_designated_functions


@method_decorator(sensitive_post_parameters(), name="dispatch")
class NewRequest(View):
    """Log a request as it arrived. Whatever is wrong with it, what was typed comes back."""

    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can(Permission.LOG_REQUEST, request.user)
        self.user = cast(User, request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"received_on": timezone.localdate()}
        return self.show(NewRequestForm(initial=initial, covers_functions=covers_functions()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewRequestForm(request.POST, covers_functions=covers_functions())
        if not form.is_valid():
            return self.show(form, status=422)
        if (twin := self.twin(form)) and twin.intake_key != form.cleaned_data["intake_key"]:
            form.ask_whether_again(twin)
            return self.show(form, status=409)
        try:
            case = self.log(form)
        except NotPossible as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=422)
        except AlreadyLogged as again:
            return self.sent_twice(form, again.case)
        messages.success(request, _logged_message(case))
        return redirect(case)

    def twin(self, form: NewRequestForm) -> FoiRequest | None:
        """Return the same request logged a moment ago from another form, as when someone goes back and resends it."""
        if form.cleaned_data["log_again"] or form.cleaned_data["existing_reference"]:
            return None
        details = form.details()
        return same_request_logged(
            self.user,
            received_on=details.received_on,
            subject=details.subject,
            words=form.cleaned_data["words"],
            since=timezone.now() - MOMENT_AGO,
        )

    def log(self, form: NewRequestForm) -> FoiRequest:
        return log_request(
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            details=form.details(),
            words=form.cleaned_data["words"],
            identity=form.identity(),
            officer=form.cleaned_data["officer"],
            existing=form.cleaned_data["existing_reference"],
            removed_characters=form.removed_characters,
            intake_key=form.cleaned_data["intake_key"],
            masked=form.masked,
            left_in=form.left,
        )

    def sent_twice(self, form: NewRequestForm, case: FoiRequest) -> HttpResponse:
        """Answer a form sent twice: the same request leads to the first one; a different one is shown again."""
        asked = form.cleaned_data
        if was_logged_as(case, subject=asked["subject"], words=asked["words"]):
            messages.info(self.request, f"Request {case.reference} was already logged from this form.")
            return redirect(case)
        form.start_anew()
        form.add_error(
            None,
            f"Request {case.reference} was logged from this form before, with other words. To log what you see now "
            "as a request of its own, send it again.",
        )
        return self.show(form, status=409)

    def show(self, form: NewRequestForm, status: int = 200) -> HttpResponse:
        return render(self.request, "requests_app/intake/new_request.html", {"form": form}, status=status)


def _logged_message(case: FoiRequest) -> str:
    due = f"The answer is due by {weekday_date(case.due_on)}. " if case.due_on else ""
    now = (
        "It is not valid yet: see below what is missing."
        if case.validity_gaps
        else "Next: acknowledge it, and split it into items."
    )
    return f"Request {case.reference} is logged. {due}{now}"


class ChangeDetails(RequestPage):
    """Change what is recorded about a request."""

    permission = Permission.LOG_REQUEST
    form_class = ChangeDetailsForm
    heading = "Change the details"
    submit_label = "Save details"

    def initial(self) -> dict[str, Any]:
        return {
            name: getattr(self.case, name)
            for name in ChangeDetailsForm.base_fields
            if hasattr(self.case, name)
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"covers_functions": covers_functions()}

    def perform(self, form: ChangeDetailsForm) -> str:
        case = change_details(**self.common(form), today=timezone.localdate(), details=form.details())
        return (
            f"The details are saved. The answer is due by {weekday_date(case.due_on)}."
            if case.due_on
            else ("The details are saved.")
        )


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def applicant(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Ask why, record the access, then show who asked. The browser keeps none of it."""
    check_can(Permission.SEE_IDENTITY, request.user)
    case = find_request(request.user, year, number)
    look = LookForm(request.POST if request.method == "POST" else None)
    if not look.is_valid():
        context: dict[str, Any] = {"case": case, "form": look}
        return render(request, "requests_app/intake/look.html", context, status=422 if look.is_bound else 200)
    reason = AccessReason(look.cleaned_data["reason"])
    seen = see_identity(case_id=case.pk, by=request.user, at=timezone.now(), reason=reason)
    values = {name: getattr(seen, name) for name in vars(Identity())}
    form = IdentityForm(initial={**values, "seen_version": case.version})
    identity = [(form.fields[name].label, value) for name, value in values.items()]
    context = {"case": case, "form": form, "identity": identity}
    return render(request, "requests_app/intake/applicant.html", context)


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class ChangeIdentity(RequestPage):
    """Save the form on the applicant's page; it is never shown without a recorded access."""

    permission = Permission.SEE_IDENTITY
    form_class = IdentityForm
    names_applicant = frozenset(IdentityForm.base_fields)
    heading = "Complete or change who asked"
    submit_label = "Save applicant"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("requests_app:applicant", year=self.case.year, number=self.case.number)

    def perform(self, form: IdentityForm) -> str:
        case = complete_identity(**self.common(form), identity=form.identity())
        return "The applicant's details are saved." + (
            "" if case.is_valid else " The request is not valid yet."
        )


class Assign(RequestPage):
    """Assign a request to an officer."""

    permission = Permission.ASSIGN
    form_class = AssignForm
    heading = "Assign an officer"
    submit_label = "Assign"

    def initial(self) -> dict[str, Any]:
        """Return the current officer; else whoever opens the page, if they can work on a case themselves."""
        return {
            "officer": self.case.officer_id
            or (self.user.pk if can(Permission.WORK_CASE, self.user) else None)
        }

    def perform(self, form: AssignForm) -> str:
        officer: User = form.cleaned_data["officer"]
        assign(**self.common(form), officer=officer)
        return f"Request {self.case.reference} is with {officer.name} now."


class LinkRequests(RequestPage):
    """Link a request to another one."""

    permission = Permission.LOG_REQUEST
    form_class = LinkForm
    heading = "Link to another request"
    submit_label = "Link"
    anchor = "#links"

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.user}

    def perform(self, form: LinkForm) -> str:
        link = link_requests(
            **self.common(form),
            other=form.cleaned_data["other"],
            kind=form.cleaned_data["kind"],
            quote_words=form.cleaned_data["quote_words"],
        )
        return f"Linked: {link.get_kind_display().lower()} {link.to_request.reference}."


class Unlink(RequestPage):
    """Remove a link."""

    permission = Permission.LOG_REQUEST
    form_class = CaseForm
    heading = "Remove this link?"
    submit_label = "Remove link"
    anchor = "#links"
    link: RequestLink

    def load(self, **kwargs: Any) -> None:
        self.link = get_object_or_404(
            RequestLink.objects.select_related("to_request"), pk=kwargs["pk"], from_request=self.case
        )

    def page(self) -> dict[str, Any]:
        linked = f"{self.link.get_kind_display()} {self.link.to_request.reference}."
        return {"text": f"{linked} The timeline keeps that it was linked."}

    def perform(self, form: CaseForm) -> str:
        unlink_requests(**self.common(form), link_id=self.link.pk)
        return f"The link to {self.link.to_request.reference} is removed."


class WriteNote(RequestPage):
    """Write a note on a request."""

    permission = Permission.WRITE_NOTE
    form_class = NoteForm
    heading = "Write a note"
    submit_label = "Save note"
    anchor = "#notes"

    def perform(self, form: NoteForm) -> str:
        write_note(case_id=self.case.pk, by=self.user, at=timezone.now(), text=form.cleaned_data["text"])
        return "The note is saved."
