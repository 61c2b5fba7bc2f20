"""Requests as rows of a list: each with the working days it has left, and what the measures say of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from foitracker.casework.measures import Mark, Viewpoint
from requests_app.measures import OVERDUE, REQUESTS
from requests_app.models import FoiRequest
from requests_app.queries.clock import working_days_left


@dataclass(frozen=True)
class RequestRow:
    """One request of a list. `days_left` is None when closed or while the clock does not run."""

    case: FoiRequest
    days_left: int | None
    is_overdue: bool
    marks: list[Mark]


def request_rows(cases: Iterable[FoiRequest], view: Viewpoint) -> list[RequestRow]:
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
