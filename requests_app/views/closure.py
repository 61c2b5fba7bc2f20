"""Page of closure: end a case that no answer is sent on."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from requests_app.forms.closure import CloseForm
from requests_app.operations.closure import close_unanswered
from requests_app.rules.casework.workflow import LAPSED_OUTCOMES, OUTCOME_LABELS, Outcome, Status
from requests_app.views.request_page import RequestPage


class CloseUnanswered(RequestPage):
    """Close a request that was withdrawn, has lapsed or was never valid."""

    permission = Permission.DECIDE
    form_class = CloseForm
    heading = "Close without an answer"
    submit_label = "Close the request"

    def form_arguments(self) -> dict[str, Any]:
        outcomes = [Outcome.WITHDRAWN]
        if lapsed := LAPSED_OUTCOMES.get(Status(self.case.status)):
            outcomes.append(lapsed)
        if not self.case.is_valid:
            outcomes.append(Outcome.INVALID)
        return {"outcomes": outcomes}

    def page(self) -> dict[str, Any]:
        text = "Only for a request that needs no answer. Every other case closes when its letter is issued."
        return {"warn": True, "text": text}

    def perform(self, form: CloseForm) -> str:
        outcome = Outcome(form.cleaned_data["outcome"])
        close_unanswered(
            **self.common(form),
            on=timezone.localdate(),
            outcome=outcome,
            reason=form.cleaned_data["reason"],
        )
        return f"Request {self.case.reference} is closed: {OUTCOME_LABELS[outcome].lower()}."
