"""Supervision reviews: the pages of one, the list of those that are overdue, and the list of actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState
from foitracker.pages.words import short_date
from requests_app.forms.supervision import ActionDoneForm, SupervisionFilterForm, SupervisionForm
from requests_app.measures import REQUESTS, SUPERVISION_DUE, RequestView
from requests_app.measures.supervision import supervision_wanted_on
from requests_app.models import FoiRequest, SupervisionReview
from requests_app.operations.supervision import (
    check_can_close_action,
    close_supervision_action,
    record_supervision,
)
from requests_app.queries.supervision import actions, review_of
from requests_app.views.request_page import RequestPage
from requests_app.views.supervision.pages import SupervisionList


class RecordSupervision(RequestPage):
    """Record that a request was reviewed, with the direction given."""

    permission = Permission.OVERSEE
    form_class = SupervisionForm
    heading = "Record a supervision review"
    submit_label = "Save review"
    anchor = "#supervision"
    text = (
        "A supervision review is your look at how a request is being dealt with, with the direction you gave. It is "
        "not an internal review, which the applicant asks for. Opening the request does not count as a review."
    )

    def initial(self) -> dict[str, Any]:
        return {"reviewed_on": timezone.localdate()}

    def perform(self, form: SupervisionForm) -> str:
        names = ("reviewed_on", "direction", "action", "action_due_on", "action_by")
        typed = {name: form.cleaned_data[name] for name in names}
        review = record_supervision(**self.common(form), today=timezone.localdate(), **typed)
        if review.action_by and review.action_due_on:
            return f"Review saved. {review.action_by.name} is to take the action by {short_date(review.action_due_on)}."
        return "Review saved. There is no action to take."


class CloseAction(RequestPage):
    """Close the action of a supervision review with what was done."""

    permission = Permission.VIEW_CASES
    form_class = ActionDoneForm
    template_name = "requests_app/supervision/action_done.html"
    heading = "Close the action"
    submit_label = "Save and close the action"
    anchor = "#supervision"

    def load(self, **kwargs: Any) -> None:
        found = review_of(self.case, kwargs["pk"])
        if found is None:
            raise Gone("There is no such action on this request.")
        check_can_close_action(self.user, found)
        if found.done_at:
            raise Gone("This action has already been closed.")
        self.review = found

    def initial(self) -> dict[str, Any]:
        return {"done_on": timezone.localdate()}

    def page(self) -> dict[str, Any]:
        return {"review": self.review}

    def perform(self, form: ActionDoneForm) -> str:
        close_supervision_action(
            **self.common(form),
            review_id=self.review.pk,
            today=timezone.localdate(),
            done=form.cleaned_data["done"],
            done_on=form.cleaned_data["done_on"],
        )
        return "The action is closed."


@dataclass(frozen=True)
class OverdueRow:
    """A request that wants a supervision review, with the last one it had, and since when it is late."""

    case: FoiRequest
    last: SupervisionReview | None
    wanted_on: date
    days_late: int


class OverdueReviews(SupervisionList[OverdueRow]):
    """The open requests whose supervision review is overdue; the same that the measure counts."""

    template_name = "requests_app/supervision/reviews.html"
    address, file_address = "requests_app:supervision_reviews", "requests_app:supervision_reviews_csv"
    file_name = "overdue-supervision-reviews-{today}.csv"
    heading, noun = "Overdue supervision reviews", ("request", "requests")
    nothing = EmptyState(
        "No review is overdue", "Open requests appear here when their supervision review is overdue."
    )
    columns: tuple[Column[OverdueRow], ...] = (
        Column("reference", "Reference", lambda row: row.case.reference, look=NOWRAP, is_row_header=True),
        Column("subject", "Subject", lambda row: row.case.subject, look=SUBJECT),
        Column("officer", "Officer", lambda row: row.case.officer and row.case.officer.name),
        Column("answer_due", "Answer due", lambda row: row.case.due_on, look=NOWRAP),
        Column("last", "Last review", lambda row: row.last and row.last.reviewed_on, look=NOWRAP),
        Column("wanted", "Review due", lambda row: row.wanted_on, look=NOWRAP),
        Column("late", "Working days late", lambda row: row.days_late, is_numeric=True),
        Column("actions", "What can be done", hides_label=True),
    )

    @cached_property
    def viewpoint(self) -> RequestView:
        return RequestView(self.today, self.request.user)

    def find(self) -> QuerySet[FoiRequest]:
        found = REQUESTS.rows(SUPERVISION_DUE, self.viewpoint)
        return (
            found.select_related("officer")
            .defer("words", "search")
            .prefetch_related("supervision_reviews")
            .order_by("received_on", "pk")
        )

    def rows(self, found: Sequence[FoiRequest]) -> list[OverdueRow]:
        return [self._row(case) for case in found]

    def _row(self, case: FoiRequest) -> OverdueRow:
        wanted = supervision_wanted_on(case, self.viewpoint)
        late = self.viewpoint.calendar.count_working_days(wanted, self.today)
        return OverdueRow(case, next(iter(case.supervision_reviews.all()), None), wanted, late)

    def page(self) -> dict[str, Any]:
        settings = self.viewpoint.authority
        intro = (
            f"An open request wants a review by working day {settings.supervise_by_day} of its time limit, and then "
            f"every {settings.supervise_every_days} working days. An administrator sets both. Opening a request is "
            "not a review."
        )
        return {**super().page(), "intro": intro}


class Actions(SupervisionList[SupervisionReview]):
    """The actions of supervision reviews: those that are open, the first due first, or all."""

    template_name = "requests_app/supervision/actions.html"
    address, file_address = "requests_app:supervision_actions", "requests_app:supervision_actions_csv"
    file_name = "supervision-actions-{today}.csv"
    heading, noun = "Supervision actions", ("action", "actions")
    filter_title = "Filter the actions"
    nothing = EmptyState("No action is open", "Actions appear here when a supervision review asks for one.")
    nothing_matches = EmptyState("No actions", "No actions match this filter.", "Clear all filters")
    columns: tuple[Column[SupervisionReview], ...] = (
        Column(
            "reference",
            "Reference",
            lambda review: review.foi_request.reference,
            look=NOWRAP,
            is_row_header=True,
        ),
        Column("action", "Action", lambda review: review.action, look=SUBJECT),
        Column("by", "Who", lambda review: review.action_by and review.action_by.name),
        Column("due", "Due", lambda review: review.action_due_on, look=NOWRAP),
        Column("reviewed", "Reviewed", lambda review: review.reviewed_on, look=NOWRAP),
        Column("done_on", "Done", lambda review: review.done_on, look=NOWRAP),
        Column("done", "What was done", lambda review: review.done),
        Column("actions", "What can be done", hides_label=True),
    )
    on_page = ("reference", "action", "by", "due", "done_on", "actions")

    def filter_form(self) -> SupervisionFilterForm:
        return SupervisionFilterForm(self.request.GET)

    def find(self) -> QuerySet[SupervisionReview]:
        return actions(self.form.cleaned_data["show"], today=self.today)

    def page(self) -> dict[str, Any]:
        return {**super().page(), "today": self.today}
