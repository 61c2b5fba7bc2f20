"""Requests as rows of a list: each with the working days it has left; pages that do not count the archive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

from requests_app.models import FoiRequest
from requests_app.queries.clock import working_days_left
from requests_app.queries.register import COUNT_CAP


@dataclass(frozen=True)
class RequestRow:
    """One request of a list. `days_left` is None when closed or while the clock does not run."""

    case: FoiRequest
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def request_rows(cases: Iterable[FoiRequest], today: date) -> list[RequestRow]:
    """This function will make rows of requests, without another query."""
    return [
        RequestRow(case, None if case.is_closed else working_days_left(case.due_on, today)) for case in cases
    ]


if TYPE_CHECKING:
    _Pages = Paginator[FoiRequest]
else:
    _Pages = Paginator


class CappedPaginator(_Pages):
    """Pages of a query set, counted no further than COUNT_CAP; `is_capped` when there is more."""

    @cached_property
    def _counted(self) -> int:
        return cast("QuerySet[FoiRequest]", self.object_list)[: COUNT_CAP + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNT_CAP)

    @property
    def is_capped(self) -> bool:
        return self._counted > COUNT_CAP
