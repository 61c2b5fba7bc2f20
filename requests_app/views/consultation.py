"""Page of consultation: go on without the advice an answer waits for."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.casework.next_step import NextStep
from requests_app.forms.consultation import OverrideHoldForm
from requests_app.operations.consultation import override_hold
from requests_app.queries.casefile import Casefile
from requests_app.queries.holds import standing_holds
from requests_app.views.request_page import RequestPage

#: What the apps above offer on a request of ours: whom its answer can be taken advice from.
offers: list[Callable[[Casefile, User], Iterable[NextStep]]] = []


class OverrideHold(RequestPage):
    """Let the answer be issued although the advice is not in."""

    permission = Permission.WORK_CASE
    form_class = OverrideHoldForm
    heading = "Go on without the advice"
    submit_label = "Go on without it"

    def load(self, **kwargs: Any) -> None:
        hold = standing_holds(self.case).filter(pk=kwargs["pk"]).first()
        if hold is None and self.request.method != "POST":
            raise Http404("The answer does not wait for this.")
        self.hold_id: int = kwargs["pk"]
        self.awaited = hold.awaited if hold else ""

    def page(self) -> dict[str, Any]:
        text = (
            f"The answer waits for {self.awaited}. Going on without it lifts the hold; the advice may still come, and "
            "can then no longer change an answer that has been issued."
        )
        return {"warn": True, "text": text}

    def perform(self, form: OverrideHoldForm) -> str:
        override_hold(hold_id=self.hold_id, reason=form.cleaned_data["reason"], **self.common(form))
        return "The answer no longer waits for the advice."
