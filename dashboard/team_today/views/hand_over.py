"""Hand over requests: a list to tick requests of, and who takes them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from dashboard.team_today.hand_over_form import MOST, HandOverForm, is_number
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.lists.columns import Column
from foitracker.pages.lists.views import EmptyState
from foitracker.pages.words import counted
from requests_app.operations.hand_over import NotHandedOver, hand_over
from requests_app.views.register import Register
from requests_app.views.request_rows import COLUMNS, ON_PAGE, RequestRow


class HandOver(Register):
    """The register with a box to tick on each request, for those who oversee the team.

    Where one is refused, nothing is assigned: the reason stands above the list and on the row of the request, which is
    no longer ticked; the others still are.
    """

    template_name = "dashboard/team_today/hand_over.html"
    http_method_names = ["get", "head", "post"]
    address, file_address = "dashboard:hand_over", ""
    heading, caption = "Hand over requests", "Requests to hand over"
    filter_title = "Which requests"
    nothing = EmptyState("No request is open", "Open requests can be handed over here.")
    page_size = MOST
    columns = (Column[RequestRow]("choose", "Hand over", look="app-table__nowrap"), *COLUMNS)

    def check(self) -> None:
        check_can(Permission.OVERSEE, self.request.user)

    def shown(self) -> Sequence[str]:
        return ("choose", *ON_PAGE)

    @cached_property
    def hand_over_form(self) -> HandOverForm:
        sent = self.request.POST if self.request.method == "POST" else None
        return HandOverForm(sent, auto_id="hand_over_%s")  # the filter has a box “officer” too

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.hand_over_form
        self.refusals: dict[int, str] = {}
        if not form.is_valid():
            return self.shown_again(422)
        officer = form.cleaned_data["officer"]
        try:
            done = hand_over(
                cases=form.cleaned_data["case"], by=self.request.user, at=timezone.now(), officer=officer
            )
        except NotHandedOver as refused:
            self.refusals = refused.refusals
            form.add_error("case", _in_words(refused))
            return self.shown_again(409)
        messages.success(request, f"{counted(len(done), 'request')} handed over to {officer.name}.")
        return redirect(request.get_full_path())

    def shown_again(self, status: int) -> HttpResponse:
        """Show the list again with what was ticked and why nothing was done."""
        response = self.get(self.request)
        response.status_code = status
        return response  # type: ignore[return-value]

    def page(self) -> dict[str, Any]:
        is_sent = self.request.method == "POST"
        refusals = self.refusals if is_sent else {}
        sent = self.request.POST.getlist("case") if is_sent else []
        ticked = {int(key) for key, _, _ in (one.partition(".") for one in sent) if is_number(key)}
        return {
            "hand_over_form": self.hand_over_form,
            "ticked": ticked - refusals.keys(),
            "refusals": refusals,
        }


def _in_words(refused: NotHandedOver) -> list[str]:
    """Why nothing was done, and of each request that stood in the way. It may no longer be in the list."""
    number = counted(len(refused.refusals), "request")
    return [
        f"Nothing was handed over, because {number} cannot be. What is refused is no longer ticked: look at it first, "
        "or send the others.",
        *(
            f"{refused.references.get(key, 'A request that is not known')}: {why}"
            for key, why in refused.refusals.items()
        ),
    ]
