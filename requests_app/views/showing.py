"""Showing a request to a reader outside the team, and the list that such a reader has."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from requests_app.forms.showing import ShowForm
from requests_app.models import ShownRequest
from requests_app.operations.showing import check_can_be_shown, end_showing, record_reading, show_request
from requests_app.queries.shown_requests import ShownRow, outside_readers, shown_rows, shown_to
from requests_app.views.request_page import RequestPage


class ShowRequest(RequestPage):
    """Show a request to a reader outside the team."""

    permission = Permission.SHOW_REQUEST
    form_class = ShowForm
    heading = "Show to a reader outside the team"
    submit_label = "Show request"
    anchor = "#showings"

    def check_possible(self) -> None:
        check_can_be_shown(self.case)

    def form_arguments(self) -> dict[str, Any]:
        return {"case": self.case}

    def page(self) -> dict[str, Any]:
        text = (
            "They see the reference, the subject, the words of the request with the applicant’s details masked, and "
            "the date the answer is due. They cannot open the request or change anything, and the answer does not wait "
            "for them. When the request closes, it leaves their list."
        )
        if not outside_readers().exists():
            text += (
                " No one has this role yet: an administrator can give it to someone under Settings, Users."
            )
        return {"text": text}

    def perform(self, form: ShowForm) -> str:
        reader: User = form.cleaned_data["reader"]
        show_request(**self.common(form), reader=reader)
        return f"{reader.name} can now see request {self.case.reference} on their list."


class EndShowing(RequestPage):
    """Take a request off the list of a reader outside the team."""

    permission = Permission.SHOW_REQUEST
    form_class = CaseForm
    heading = "Stop showing this request?"
    submit_label = "Stop showing"

    def load(self, **kwargs: Any) -> None:
        found = self.case.showings.select_related("reader").filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404("This request was not shown to this reader.")
        self.showing: ShownRequest = found

    def page(self) -> dict[str, Any]:
        return {
            "text": f"It will no longer be on the list of {self.showing.reader.name}. That it was shown, and when they "
            "read it, stays on record."
        }

    def perform(self, form: CaseForm) -> str:
        end_showing(**self.common(form), showing_id=self.showing.pk)
        return f"Request {self.case.reference} is no longer shown to {self.showing.reader.name}."


class ShownList(ListPage[ShownRow]):
    """The open requests that a reader outside the team is shown. That they read each is recorded for that request."""

    template_name = "requests_app/shown_requests.html"
    address = "requests_app:shown"
    heading, caption, noun = "Requests shown to you", "Open requests", ("request", "requests")
    nothing = EmptyState(
        "No requests are shown to you",
        "Requests appear here when the Freedom of Information team shows them to you, and leave when they are closed.",
    )
    columns: tuple[Column[ShownRow], ...] = (
        Column("reference", "Reference", lambda row: row.reference, look=NOWRAP, is_row_header=True),
        Column("due", "Answer due", lambda row: row.due_on),
        Column("request", "Request", lambda row: row.subject, look=SUBJECT),
    )
    page_size = 20

    def check(self) -> None:
        check_can(Permission.READ_SHOWN, self.request.user)

    def find(self) -> QuerySet[ShownRequest]:
        return shown_to(self.request.user)

    def rows(self, found: Sequence[ShownRequest]) -> list[ShownRow]:
        return shown_rows(found)

    def one_page(self) -> dict[str, Any]:
        context = super().one_page()
        references = [row.reference for row in context["rows"]]
        record_reading(references=references, by=self.request.user, at=timezone.now())
        return context
