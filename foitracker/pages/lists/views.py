"""A list as a page and as a file: filtered, sorted, in pages, with words for when there is nothing in it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.views import View

from foitracker.pages.lists.columns import Column, Table, file_value, named
from foitracker.pages.lists.csv_download import copied_download, csv_download
from foitracker.pages.lists.filters_in_use import filters_in_use, query_without
from foitracker.pages.lists.list_read import note_list_read
from foitracker.pages.lists.stored_cells import copy_statement

if TYPE_CHECKING:
    from foitracker.accounts.http import SignedInRequest

#: A file is read and written so many rows at a time.
CHUNK = 2000

_Row = TypeVar("_Row")

#: What a list finds: rows of the database, or things already read.
Found = QuerySet[Any, Any] | Sequence[Any]


@dataclass(frozen=True)
class EmptyState:
    """What it means that a list is empty, and what can be done: an `action` without a `url` clears the filters."""

    title: str
    text: str = ""
    action: str = ""
    url: str | Promise = ""

    def action_url(self, clear_url: str) -> str:
        return str(self.url or clear_url) if self.action else ""


class ListPage(View, Generic[_Row]):
    """A list: one page of it, or the whole as a file with `as_view(as_file=True)`.

    A list says what it shows (`columns`), who may see it (`check`), what is in it (`find`), and where there is more
    to it, what it is filtered by (`filter_form`), what it can be sorted by (`orders`), and what rows are made of what
    was found (`rows`). The words around the table and the cells that are more than a word or a day stand in the
    template, which extends the one named here.
    """

    template_name = "components/list_page.html"
    http_method_names = ["get", "head"]
    as_file = False

    #: Names of the routes of the page and of the file; without the latter there is none.
    address: str
    file_address = ""
    file_label = "Download this list (CSV)"
    #: May hold {today} and what stands in the address.
    file_name = ""

    heading: str
    caption = ""
    noun: tuple[str, str]
    nothing: EmptyState
    nothing_matches: EmptyState | None = None
    filter_title = "Filter"

    columns: Sequence[Column[_Row]]
    #: Names of the columns of the page, and of the file, in order; empty for all. Those without a value are in no file.
    on_page: Sequence[str] = ()
    in_file: Sequence[str] = ()

    #: What `?sort=` may say, with a minus for the other way round.
    orders: Collection[str] = ()
    default_order = ""
    page_size = 50

    request: "SignedInRequest"
    today: date
    form: Any = None

    # --- what a list says -------------------------------------------------------------------------

    def check(self) -> None:
        """Raise NotPermitted for somebody who may not see the list."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        """Load what the address names; raise Http404 when there is none."""

    def filter_form(self) -> forms.Form | None:
        """Return the bound form that narrows the list, if it has one."""
        return None

    def find(self) -> Found:
        """Return everything that the filter leaves, in order."""
        raise NotImplementedError

    def find_for_file(self) -> Found | Iterable[Any]:
        """Return the same for the file, where that needs more of each or another order."""
        return self.find()

    def rows(self, found: Sequence[Any]) -> Sequence[_Row]:
        """Return the rows of what was found, for one page or one chunk of the file at a time."""
        return found

    def paginate(self, found: Any) -> "Paginator[Any]":
        """Return the pages of what was found. A list that reaches into an archive caps its count."""
        return Paginator(found, self.page_size)

    def order(self) -> str:
        """Return the order in force."""
        return self.asked_order or self.default_order

    def offered_orders(self) -> Collection[str]:
        """Return the orders that make sense for what is shown now."""
        return self.orders

    def shown(self) -> Sequence[str]:
        """Return the names of the columns this person sees."""
        return self.on_page or [column.name for column in self.columns]

    def nouns(self) -> tuple[str, str]:
        """Return what is counted, for one and for several."""
        return self.noun

    def page(self) -> dict[str, Any]:
        """Return further template context."""
        return {}

    # --- what is made of it -----------------------------------------------------------------------

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.today = timezone.localdate()
        self.check()
        self.load(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form = self.filter_form()
        if self.form is not None and not self.form.is_valid():
            return self.show({}, status=400)
        context = {} if self.as_file else self.one_page()
        hits = context["page_obj"].paginator.count if "page_obj" in context else None
        note_list_read(request, self.form, hits=hits, as_file=self.as_file)
        return self.download() if self.as_file else self.show(context)

    @cached_property
    def asked_order(self) -> str:
        """The order that the address asks for; empty when it asks for none, or for one the list has not."""
        asked = self.request.GET.get("sort", "")
        return asked if asked in self.orders else ""

    def one_page(self) -> dict[str, Any]:
        """Return the context of one page of the list."""
        page = self.paginate(self.find()).get_page(self.request.GET.get("page"))
        rows = self.rows(list(page))
        return {"page_obj": page, "counted": counted_words(page, self.nouns()), **self.listed(rows)}

    def listed(self, rows: Sequence[_Row]) -> dict[str, Any]:
        """Return the context that shows rows, or what it means that there are none."""
        selected = filters_in_use(self.form, self.request.GET) if self.form else []
        empty = self.nothing_matches if selected and self.nothing_matches else self.nothing
        return {
            "rows": rows,
            "table": Table(
                caption=self.caption or self.heading,
                columns=self.columns,
                shown=self.shown(),
                rows=rows,
                orders=self.offered_orders(),
                sort=self.order(),
            ),
            "selected": selected,
            "empty": empty,
            "empty_url": empty.action_url(self.clear_url()),
            "file_url": self.file_url(),
        }

    def show(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        page = {"listing": self, "form": self.form, "clear_url": self.clear_url(), **self.page(), **context}
        return render(self.request, self.template_name, page, status=status)

    def clear_url(self) -> str:
        """Return the address of the list without any filter."""
        return reverse(self.address, kwargs=self.kwargs)

    def file_url(self) -> str:
        """Return the address of the whole list as a file, narrowed by the same filters; empty without a file."""
        if not self.file_address:
            return ""
        query = query_without(self.request.GET)
        return reverse(self.file_address, kwargs=self.kwargs) + (f"?{query}" if query else "")

    def download(self) -> HttpResponseBase:
        """Return the whole list as a CSV file: made by PostgreSQL if every column is stored, or else chunk by chunk."""
        columns, found = self.file_columns(), self.find_for_file()
        filename = self.file_name.format(today=self.today.isoformat(), **self.kwargs)
        header = [column.file_header for column in columns]
        stored = [column.stored(self.today) for column in columns if column.stored]
        if len(stored) == len(columns) and isinstance(found, QuerySet):
            return copied_download(filename, header, copy_statement(found, stored))
        values = [column.value for column in columns if column.value]
        lines = (
            [file_value(value(row)) for value in values]
            for chunk in _chunks(found)
            for row in self.rows(chunk)
        )
        return csv_download(filename, header, lines)

    def file_columns(self) -> list[Column[_Row]]:
        """Return the columns of the file."""
        names = self.in_file or [column.name for column in self.columns]
        return [column for column in named(self.columns, names) if column.value]


def counted_words(page: Page[Any], noun: tuple[str, str]) -> str:
    """Return how much there is, and which part of it is shown: “More than 10,000 logs, showing 51 to 100”."""
    pages = page.paginator
    if not pages.count:
        return f"No {noun[1]}"
    more = "More than " if getattr(pages, "is_capped", False) else ""
    words = f"{more}{pages.count:,} {noun[0] if pages.count == 1 else noun[1]}"
    if page.has_other_pages():
        words += f", showing {page.start_index():,} to {page.end_index():,}"
    return words


def _chunks(found: Found | Iterable[Any]) -> Iterator[list[Any]]:
    each = found.iterator(chunk_size=CHUNK) if isinstance(found, QuerySet) else iter(found)
    while chunk := list(islice(each, CHUNK)):
        yield chunk
