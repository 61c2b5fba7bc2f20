"""Requests as rows of a list: each with the working days it has left; pages that do not count the archive."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet

from requests_app.models import FoiRequest
from requests_app.queries.clock import working_days_left
from requests_app.queries.paging import counted, read_page
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
    """Pages of a query set, counted no further than COUNT_CAP; `is_capped` when there is more.

    With `archive` the query set reaches into the closed requests, and is read by what was counted in it.
    """

    def __init__(self, found: QuerySet[FoiRequest], per_page: int, *, archive: bool = False) -> None:
        super().__init__(found, per_page)
        self.found, self.archive = found, archive

    @cached_property
    def _counted(self) -> int:
        return counted(self.found, COUNT_CAP) if self.archive else self.found[: COUNT_CAP + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNT_CAP)

    @property
    def is_capped(self) -> bool:
        return self._counted > COUNT_CAP

    def get_page(self, number: Any) -> "Page[FoiRequest]":
        with transaction.atomic() if self.archive else nullcontext():
            return super().get_page(number)

    def _get_page(self, rows: Any, number: int, paginator: Any) -> "Page[FoiRequest]":
        if self.archive:
            rows = read_page(rows, are_many=self.is_capped)
        return Page(rows, number, paginator)
