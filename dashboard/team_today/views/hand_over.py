"""Hand over requests: a list to tick requests of, and who takes them."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from dashboard.team_today.hand_over_form import MOST, HandOverForm
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

    Whatever is refused, nothing is assigned: the reason stands on the row of the request, which is no longer ticked,
    and the others still are.
    """

    template_name = "dashboard/team_today/hand_over.html"
    http_method_names = ["get", "head", "post"]
    address, file_address = "dashboard:hand_over", ""
    heading, caption = "Hand over requests", "Requests to hand over"
    filter_title = "Which requests"
    nothing = EmptyState("No request is open", "Open requests can be handed over here.")
    page_size = MOST
    columns = (Column[RequestRow]("choose", "Hand over", look="app-table__nowrap"), *COLUMNS)
    on_page = ("choose", *ON_PAGE)
    in_file = ()

    def check(self) -> None:
        check_can(Permission.OVERSEE, self.request.user)

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
            form.add_error("case", self._refused_words(len(refused.refusals)))
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
        ticked = {int(key) for key, _, _ in (one.partition(".") for one in sent) if key.isdecimal()}
        return {
            "hand_over_form": self.hand_over_form,
            "ticked": ticked - refusals.keys(),
            "refusals": refusals,
        }

    @staticmethod
    def _refused_words(number: int) -> str:
        them = "it is" if number == 1 else "they are"
        return (
            f"Nothing was handed over: {counted(number, 'request')} cannot be, for the reason given below. "
            f"{them.capitalize()} no longer ticked. Send the others, or look at {them.split()[0]} first and tick again."
        )
