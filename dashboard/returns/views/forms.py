"""Pages on which something is entered: making a return, its commentary, its approval."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.returns.events import RETURN_COMMENTED
from dashboard.returns.forms import ApproveForm, CommentaryForm, PeriodForm
from dashboard.returns.kinds import BY_CODE, KINDS
from dashboard.returns.kinds.periods import offered_periods
from dashboard.returns.operations.approval import approve_return, key_of, write_commentary
from dashboard.returns.operations.making import make_return
from dashboard.returns.queries.reading import commentary_of, known_returns
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from foitracker.casework.settings_page import SettingsPage
from foitracker.identity.masking_page import MaskingPage
from requests_app.models import Authority
from requests_app.queries.authority import authority


@require_safe
def make_index(request: SignedInRequest) -> HttpResponse:
    """Offer the kinds of return."""
    check_can(Permission.OVERSEE, request.user)
    return render(request, "returns/make.html", {"kinds": KINDS})


class MakeReturn(SettingsPage):
    """Make a return of one kind: choose its period."""

    permission = Permission.OVERSEE
    form_class = PeriodForm  # type: ignore[assignment]
    submit_label = "Make the return"

    def load(self, **kwargs: Any) -> None:
        if kwargs["kind"] not in BY_CODE:
            raise Http404("There is no such return.")
        self.kind = BY_CODE[kwargs["kind"]]
        self.heading, self.text = self.kind.name, self.kind.about
        self.made_url = ""

    def back(self) -> tuple[str, str]:
        return reverse("returns:make"), "Make a return"

    def form_arguments(self) -> dict[str, Any]:
        settings = authority() or Authority()
        offered = offered_periods(self.kind.length, timezone.localdate(), settings.year_begins_in)
        return {"periods": list(offered)}

    def perform(self, form: PeriodForm) -> str:
        made = make_return(
            by=self.user, at=timezone.now(), kind=self.kind, period=form.cleaned_data["period"]
        )
        self.made_url = made.get_absolute_url()
        return "The return is made. Its figures stay as they are now; write what they say, then have it approved."

    def success_url(self) -> str:
        return self.made_url or super().success_url()


class _OfOneReturn(SettingsPage):
    permission = Permission.OVERSEE

    def load(self, **kwargs: Any) -> None:
        self.of = get_object_or_404(known_returns(self.user), pk=kwargs["pk"])
        self.subject = self.of.audit_subject

    def back(self) -> tuple[str, str]:
        return self.of.get_absolute_url(), str(self.of)


class WriteCommentary(MaskingPage, _OfOneReturn):  # type: ignore[misc]
    """Write what the figures say."""

    form_class = CommentaryForm  # type: ignore[assignment]
    heading = "Commentary"
    submit_label = "Save the commentary"

    def initial(self) -> dict[str, Any]:
        commentary = commentary_of(self.of)
        return {"text": commentary.text if commentary else ""}

    def newest(self) -> int:
        """The commentary alone: that a pack was printed since is no conflict."""
        return key_of(commentary_of(self.of))

    def events_since_opened(self, seen: int) -> list[Entry]:
        return list(timeline(self.subject).filter(event=RETURN_COMMENTED.code)[:1])

    def perform(self, form: CommentaryForm) -> str:
        write_commentary(
            by=self.user,
            at=timezone.now(),
            return_id=self.of.pk,
            text=form.cleaned_data["text"],
            seen_commentary=self.seen_version(form),
            identity_confirmed=form.identity_confirmed,
        )
        return "The commentary is saved."


class ApproveReturn(_OfOneReturn):
    """Approve a return: from then on everybody who sees the figures of the team sees it."""

    form_class = ApproveForm
    template_name = "returns/approve.html"
    heading = "Approve this return"
    submit_label = "Approve"

    def initial(self) -> dict[str, Any]:
        return {"seen_commentary": key_of(commentary_of(self.of))}

    def page(self) -> dict[str, Any]:
        return {"of": self.of, "statement": self.of.statement, "commentary": commentary_of(self.of)}

    def perform(self, form: ApproveForm) -> str:
        approve_return(
            by=self.user,
            at=timezone.now(),
            return_id=self.of.pk,
            seen_commentary=form.cleaned_data["seen_commentary"],
        )
        return "The return is approved. Both packs are being printed."
