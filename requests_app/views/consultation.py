"""Page of consultation: go on without the advice an answer waits for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.casework.next_step import NextStep
from requests_app.forms.consultation import OverrideHoldForm
from requests_app.models import FoiRequest
from requests_app.operations.consultation import override_hold
from requests_app.queries.casefile import Casefile
from requests_app.queries.holds import standing_holds
from requests_app.views.request_page import RequestPage

#: What the apps above offer on a request of ours: whom its answer can be taken advice from.
offers: list[Callable[[Casefile, User], Iterable[NextStep]]] = []


@dataclass(frozen=True)
class AdviceShown:
    """Advice on a request as its casefile shows it. `source` says whose, and `url` is where it is kept.

    `uptake` is what was done with it, in words, and `reason` why; `take_up_url` is where that is recorded, for those
    who may. What `is_replaced` by later advice is not taken up any more.
    """

    source: str
    url: str
    given_on: date
    marking: str
    exemptions: list[str]
    text: str
    is_replaced: bool
    uptake: str
    reason: str
    take_up_url: str


#: Where the apps above keep advice on a request of ours; each gives what there is, the latest first.
advice_sources: list[Callable[[FoiRequest, User], Iterable[AdviceShown]]] = []


def advice_on(case: FoiRequest, user: User) -> list[AdviceShown]:
    """Return the advice on a request that has come, for somebody who looks at it."""
    return [advice for source in advice_sources for advice in source(case, user)]


class OverrideHold(RequestPage):
    """Let the answer be issued although the advice is not in."""

    permission = Permission.WORK_CASE
    form_class = OverrideHoldForm
    heading = "Proceed without the advice"
    submit_label = "Go on without it"

    def load(self, **kwargs: Any) -> None:
        hold = standing_holds(self.case).filter(pk=kwargs["pk"], advised_at__isnull=True).first()
        if hold is None and self.request.method != "POST":
            raise Http404("The answer does not wait for this.")
        self.hold_id: int = kwargs["pk"]
        self.awaited = hold.awaited if hold else ""

    def page(self) -> dict[str, Any]:
        text = (
            f"The answer waits for {self.awaited}. Going on without it lifts the hold. If the advice "
            "comes before the answer is issued, it has to be taken up all the same."
        )
        return {"warn": True, "text": text}

    def perform(self, form: OverrideHoldForm) -> str:
        override_hold(hold_id=self.hold_id, reason=form.cleaned_data["reason"], **self.common(form))
        return "The answer no longer waits for the advice."
