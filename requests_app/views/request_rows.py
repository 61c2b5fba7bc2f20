"""Requests as rows of a list: the working days each has left, what measures say of it, and the columns of all lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, When
from django.db.models.expressions import Combinable

from foitracker.casework.measures import Mark
from foitracker.pages.lists.columns import MARKS, NOWRAP, SUBJECT, Column
from foitracker.pages.lists.stored_cells import worded
from foitracker.working_days.expressions import working_days_until
from foitracker.working_days.queries import current_calendar
from requests_app.measures import OVERDUE, REQUESTS, RequestView
from requests_app.models import FoiRequest
from requests_app.queries.clock import working_days_left
from requests_app.rules.casework.workflow import Status


@dataclass(frozen=True)
class RequestRow:
    """One request of a list. `days_left` is None when closed or while the clock does not run."""

    case: FoiRequest
    days_left: int | None
    is_overdue: bool
    marks: list[Mark]


def request_rows(cases: Iterable[FoiRequest], view: RequestView) -> list[RequestRow]:
    """Return rows for requests, without another query."""
    return [
        RequestRow(
            case,
            days_left=None if case.is_closed else working_days_left(case.due_on, view.today),
            is_overdue=OVERDUE.holds(case, view),
            marks=REQUESTS.marks(case, view),
        )
        for case in cases
    ]


def _days_left(today: date) -> Combinable:
    """The working days left of a request that is open, in words of the database."""
    left = working_days_until("due_on", today, current_calendar())
    return Case(When(~Q(status=Status.CLOSED), then=left), output_field=IntegerField())


def _of(column: str) -> Callable[[date], Combinable]:
    return lambda today: F(column)


def _worded(column: str) -> Callable[[date], Combinable]:
    """A column with choices, in words."""
    field: Any = FoiRequest._meta.get_field(column)
    return lambda today: worded(column, field.flatchoices)


COLUMNS: tuple[Column[RequestRow], ...] = (
    Column(
        "reference",
        "Reference",
        lambda row: row.case.reference,
        first="descending",
        look=NOWRAP,
        stored=_of("reference"),
    ),
    Column("subject", "Subject", lambda row: row.case.subject, look=SUBJECT, stored=_of("subject")),
    Column(
        "received",
        "Received",
        lambda row: row.case.received_on,
        first="descending",
        look=NOWRAP,
        stored=_of("received_on"),
    ),
    Column("due", "Due", lambda row: row.case.due_on, look=NOWRAP, stored=_of("due_on")),
    Column(
        "days_left",
        "Working days left",
        lambda row: row.days_left,
        look=lambda row: MARKS if row.marks else NOWRAP,
        stored=_days_left,
    ),
    Column(
        "officer",
        "Officer",
        lambda row: row.case.officer and row.case.officer.name,
        look=NOWRAP,
        stored=_of("officer__name"),
    ),
    Column(
        "status", "Status", lambda row: row.case.get_status_display(), look=NOWRAP, stored=_worded("status")
    ),
    Column("outcome", "Outcome", lambda row: row.case.get_outcome_display(), stored=_worded("outcome")),
    Column("closed", "Closed", lambda row: row.case.closed_on, stored=_of("closed_on")),
    Column("regime", "Regime", lambda row: row.case.regime, stored=_of("regime")),
    Column("priority", "Priority", lambda row: row.case.get_priority_display(), stored=_worded("priority")),
    Column("channel", "Arrived by", lambda row: row.case.get_channel_display(), stored=_worded("channel")),
)
ON_PAGE = ("reference", "subject", "received", "due", "days_left", "officer", "status")
IN_FILE = ("reference", "received", "due", "days_left", "status", "outcome", "closed", "officer", "regime", "priority",
           "channel", "subject")  # fmt: skip
