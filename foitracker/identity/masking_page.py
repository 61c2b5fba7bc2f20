"""Pages of forms checked for the applicant's identity, with the button that masks what was found."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foitracker.audit.operations import record_access
from foitracker.identity.events import APPLICANT_RECOGNISED
from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.forms.rows import RowsForm, reopen

AnyForm = TypeVar("AnyForm", bound=IdentityCheckedForm)


def wants_masking(request: HttpRequest) -> bool:
    """Return whether the form was sent with the button that masks."""
    return request.method == "POST" and bool(request.POST.get("mask"))


def masked_form(request: HttpRequest, form_class: type[AnyForm], **arguments: Any) -> AnyForm:
    """Return the form as it was sent, with what may identify the applicant masked, and nothing saved.

    `arguments` are those the form is always made with. A message says what was done.
    """
    sent = form_class(request.POST, **arguments)
    changed = sent.masked_data(request.POST)
    was = {name: _lines(value) for name, value in request.POST.items()}
    messages.info(
        request,
        "What may identify the applicant is masked with ****. Nothing has been saved yet: check the text, then save it."
        if any(_lines(value) != was.get(name) for name, value in changed.items())
        else "Nothing was found that needs masking. Nothing is saved yet.",
    )
    any_form: type[CaseForm] = form_class
    if issubclass(any_form, RowsForm):
        arguments = {**arguments, "rows": any_form.typed_rows(changed)}
    return reopen(form_class, changed, **arguments)


def _lines(sent: object) -> str:
    """A text with one kind of line break: browsers send another than is kept."""
    return str(sent).replace("\r\n", "\n")


if TYPE_CHECKING:
    from foitracker.casework.case_page import CasePage as _Page
else:
    _Page = object


class MaskingPage(_Page):
    """Put before a CasePage whose form is an IdentityCheckedForm.

    Where `known_identity` names an applicant of our own, those details are looked for, too. That words were
    recognised tells whoever typed them something, so it goes to the trail like any access to the identity.
    """

    def known_identity(self) -> tuple[str, ...]:
        """Return the details of an applicant of our own that the texts are compared with; none by default."""
        return ()

    def form_arguments(self) -> dict[str, Any]:
        known = self.known_identity()
        return {**super().form_arguments(), **({"known_identity": known} if known else {})}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_masking(request) and issubclass(self.form_class, IdentityCheckedForm):
            arguments = self.form_arguments()
            if arguments.get("known_identity"):
                self._note_recognised(self.form_class(request.POST, **arguments))
            return self.show(masked_form(request, self.form_class, **arguments))
        return super().post(request, *args, **kwargs)

    def show(self, form: CaseForm, status: int = 200, **extra: Any) -> HttpResponse:
        self._note_recognised(form)
        return super().show(form, status, **extra)

    def _note_recognised(self, form: CaseForm) -> None:
        """Record an access where words were recognised as our own applicant's; the trail gets only how many."""
        if not (isinstance(form, IdentityCheckedForm) and form.is_bound):
            return
        form.is_valid()
        if form.recognised:
            record_access(
                event=APPLICANT_RECOGNISED,
                by=self.user,
                at=timezone.now(),
                subject=self.case.reference,
                detail={"recognised": form.recognised},
            )
