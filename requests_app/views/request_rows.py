"""Requests as rows of a list: each with the working days it has left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.models import FoiRequest
from requests_app.queries.clock import working_days_left


@dataclass(frozen=True)
class RequestRow:
    """One request of a list. `days_left` is None when closed or while the clock does not run."""

    case: FoiRequest
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def request_rows(cases: Iterable[FoiRequest], today: date) -> list[RequestRow]:
    """Return rows for requests, without another query."""
    return [
        RequestRow(case, None if case.is_closed else working_days_left(case.due_on, today)) for case in cases
    ]
