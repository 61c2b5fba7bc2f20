"""Pages of a long list that do not count its archive."""

from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Model, QuerySet

from foitracker.pages.lists.paging import COUNT_CAP, counted_along, gathered, is_usual, read_page, read_rows

_Row = TypeVar("_Row", bound=Model)

if TYPE_CHECKING:

    class _Pages(Paginator[_Row]):
        """Django's pages, whose class says what it holds only to those who check types."""

else:

    class _Pages(Paginator, Generic[_Row]):
        pass


class CappedPaginator(_Pages[_Row]):
    """Pages of a query set, counted no further than COUNT_CAP; `is_capped` when there is more.

    With `archive` the query set reaches into what is closed, and is read by what was counted in it.
    """

    def __init__(self, found: QuerySet[_Row], per_page: int, *, archive: bool = False) -> None:
        super().__init__(found, per_page)
        self.found, self.archive = found, archive

    @cached_property
    def _keys(self) -> list[int] | None:
        """The keys of all rows in order, where they are read at once: of what reaches into the archive and is rare."""
        return gathered(self.found, COUNT_CAP) if self.archive and not is_usual(self.found) else None

    @cached_property
    def _counted(self) -> int:
        if self._keys is not None:
            return len(self._keys)
        return counted_along(self.found, COUNT_CAP) if self.archive else self.found[: COUNT_CAP + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNT_CAP)

    @property
    def is_capped(self) -> bool:
        return self._counted > COUNT_CAP

    def get_page(self, number: Any) -> "Page[_Row]":
        with transaction.atomic() if self.archive else nullcontext():
            return super().get_page(number)

    def _get_page(self, rows: Any, number: int, paginator: Any) -> "Page[_Row]":
        if self._keys is not None and not self.is_capped:
            rows = read_rows(self.found, self._keys[rows.query.low_mark : rows.query.high_mark])
        elif self.archive:
            rows = read_page(rows, are_many=self.is_capped)
        return Page(rows, number, paginator)
