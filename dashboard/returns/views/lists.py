"""Lists of returns: those there are, the requests a line counted, and what changed when one was counted again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from dashboard.returns.forms import ReturnsFilterForm
from dashboard.returns.models import Return
from dashboard.returns.queries.changes import CaseChange, explained, line_changes
from dashboard.returns.queries.reading import cases_by_line, known_returns, listed_returns, waiting_returns
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.local_day import local
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from requests_app.models import FoiRequest
from requests_app.queries.counted import counted_requests


class Returns(ListPage[Any]):
    """The returns that were made, the latest period first; to those who do not oversee the team, those approved."""

    template_name = "returns/returns.html"
    address, file_address, file_name = "returns:returns", "returns:returns_csv", "returns-{today}.csv"
    heading, caption, noun = "Returns", "Returns, the latest period first", ("return", "returns")
    nothing = EmptyState("There is no return yet", "A return appears here when it is made and approved.")
    nothing_matches = EmptyState("No returns", "No return of this kind was made.", "Show all")
    columns: tuple[Column[Any], ...] = (
        Column("return", "Return", lambda of: of.name, look=SUBJECT, is_row_header=True),
        Column("number", "Number", lambda of: of.pk, is_numeric=True),
        Column("period", "Period", lambda of: of.label, look=NOWRAP),
        Column("from", "From", lambda of: of.from_on, look=NOWRAP),
        Column("to", "To", lambda of: of.to_on, look=NOWRAP),
        Column("as_at", "As at", lambda of: local(of.as_at), look=NOWRAP),
        Column("status", "Status", lambda of: "Approved" if of.is_approved else "Not approved"),
        Column("replaced", "Replaced by", lambda of: of.replaced_by),
        Column("again", "Counted again from", lambda of: of.again_of_id),
    )
    on_page = ("return", "number", "period", "as_at", "status")

    def check(self) -> None:
        check_can(Permission.SEE_PERFORMANCE, self.request.user)

    def filter_form(self) -> ReturnsFilterForm:
        return ReturnsFilterForm(self.request.GET)

    def find(self) -> QuerySet[Return]:
        return listed_returns(self.request.user, self.form.cleaned_data["kind"]).defer("content")

    def page(self) -> dict[str, Any]:
        oversees = can(Permission.OVERSEE, self.request.user)
        return {"oversees": oversees, "waiting": waiting_returns() if oversees else ()}


class _OfOneReturn(ListPage[Any]):
    """A list about one return, which leads back to it."""

    def check(self) -> None:
        check_can(Permission.SEE_PERFORMANCE, self.request.user)

    def load(self, **kwargs: Any) -> None:
        self.of = get_object_or_404(known_returns(self.request.user), pk=kwargs["pk"])

    def page(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "statement": self.of.statement,
            "back_url": self.of.get_absolute_url(),
            "back_label": f"{self.of}",
        }


class LineCases(_OfOneReturn):
    """The requests that a line counted when the return was made, as they are now."""

    template_name = "returns/cases.html"
    address, file_address = "returns:cases", "returns:cases_csv"
    file_name = "return-{pk}-{line}.csv"
    heading, noun = "Requests counted", ("request", "requests")
    nothing = EmptyState("No requests", "This line counted no request.")
    columns: tuple[Column[FoiRequest], ...] = (
        Column("reference", "Reference", lambda case: case.reference, look=NOWRAP, is_row_header=True),
        Column("subject", "Subject", lambda case: case.subject, look=SUBJECT),
        Column("received", "Received", lambda case: case.received_on, look=NOWRAP),
        Column("answered", "Answered", lambda case: case.responded_on, look=NOWRAP),
        Column("limit", "Limit", lambda case: case.limit_on, look=NOWRAP),
        Column("status", "Status now", lambda case: case.get_status_display()),
        Column("outcome", "Outcome now", lambda case: case.get_outcome_display()),
    )

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        rows = {row.code: row for row in self.of.statement.rows() if row.opens == row.code}
        if kwargs["line"] not in rows:
            raise Http404("This return has no such line.")
        self.row = rows[kwargs["line"]]
        self.heading = self.caption = self.row.name

    def find(self) -> QuerySet[FoiRequest]:
        return counted_requests(self.request.user, cases_by_line(self.of, self.row.code) or [])

    def page(self) -> dict[str, Any]:
        return {**super().page(), "row": self.row}


class Changes(_OfOneReturn):
    """Which requests entered and left the lines since the return this one was counted again from, and why."""

    template_name = "returns/changes.html"
    address, file_address = "returns:changes", "returns:changes_csv"
    file_name = "return-{pk}-changes.csv"
    heading, caption, noun = "What changed and why", "Requests that entered or left", ("change", "changes")
    nothing = EmptyState("Nothing changed", "Every line counts the same requests as before.")
    columns: tuple[Column[CaseChange], ...] = (
        Column("line", "Line", lambda change: change.line, look=SUBJECT, is_row_header=True),
        Column("reference", "Reference", lambda change: change.case.reference, look=NOWRAP),
        Column("change", "Change", lambda change: "entered" if change.has_entered else "left"),
        Column("why", "Recorded since", lambda change: change.why),
    )

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.of.again_of_id is None:
            raise Http404("This return was not counted again.")
        self.before = get_object_or_404(known_returns(self.request.user), pk=self.of.again_of_id)

    def find(self) -> Sequence[tuple[str, int, bool]]:
        return [
            (change.row.name, pk, entered)
            for change in line_changes(self.before, self.of)
            for pks, entered in ((change.entered, True), (change.left, False))
            for pk in pks
        ]

    def rows(self, found: Sequence[Any]) -> list[CaseChange]:
        keys = {pk for _, pk, _ in found}
        known = {case.pk: case for case in counted_requests(self.request.user, keys)}
        return explained(found, known, before=self.before, after=self.of)

    def page(self) -> dict[str, Any]:
        return {**super().page(), "before": self.before}


def cases_url(of: Return, line: str) -> str:
    """Return the address of the requests that a line counted."""
    return reverse("returns:cases", args=[of.pk, line])
