"""Requests as rows of a list: the working days each has left, what measures say of it, and the columns of all lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from foitracker.casework.measures import Mark
from foitracker.pages.lists.columns import MARKS, NOWRAP, SUBJECT, Column
from requests_app.measures import OVERDUE, REQUESTS, RequestView
from requests_app.models import FoiRequest
from requests_app.queries.clock import working_days_left


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


COLUMNS: tuple[Column[RequestRow], ...] = (
    Column("reference", "Reference", lambda row: row.case.reference, first="descending", look=NOWRAP),
    Column("subject", "Subject", lambda row: row.case.subject, look=SUBJECT),
    Column("received", "Received", lambda row: row.case.received_on, first="descending", look=NOWRAP),
    Column("due", "Due", lambda row: row.case.due_on, look=NOWRAP),
    Column(
        "days_left",
        "Working days left",
        lambda row: row.days_left,
        look=lambda row: MARKS if row.marks else NOWRAP,
    ),
    Column("officer", "Officer", lambda row: row.case.officer and row.case.officer.name, look=NOWRAP),
    Column("status", "Status", lambda row: row.case.get_status_display(), look=NOWRAP),
    Column("outcome", "Outcome", lambda row: row.case.get_outcome_display()),
    Column("closed", "Closed", lambda row: row.case.closed_on),
    Column("regime", "Regime", lambda row: row.case.regime),
    Column("priority", "Priority", lambda row: row.case.get_priority_display()),
    Column("channel", "Arrived by", lambda row: row.case.get_channel_display()),
)
ON_PAGE = ("reference", "subject", "received", "due", "days_left", "officer", "status")
IN_FILE = ("reference", "received", "due", "days_left", "status", "outcome", "closed", "officer", "regime", "priority",
           "channel", "subject")  # fmt: skip
