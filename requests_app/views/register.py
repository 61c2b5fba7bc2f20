"""The register: every request by filter, search and order, on pages and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.measures import Viewpoint
from foitracker.pages.lists.capped_pages import CappedPaginator
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.filters_in_use import filters_in_use, query_without
from requests_app.forms.register import RegisterFilterForm
from requests_app.models import FoiRequest
from requests_app.queries.register import ORDERS, default_order, register
from requests_app.views.request_rows import request_rows

PAGE_SIZE = 50

CSV_HEADER = [
    "reference", "received", "due", "working days left", "status", "outcome", "closed", "officer", "regime",
    "priority", "arrived by", "subject",
]  # fmt: skip


@require_safe
def register_page(request: SignedInRequest) -> HttpResponse:
    """Show one page of the register; `?sort=` orders it.

    A filter that makes no sense shows nothing but the reason.
    """
    check_can(Permission.VIEW_CASES, request.user)
    form = RegisterFilterForm(request.GET, user=request.user)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        view = Viewpoint(timezone.localdate(), request.user)
        chosen = form.chosen(_order(request), view=view)
        pages = CappedPaginator(register(chosen, user=request.user), PAGE_SIZE, archive=not chosen.live)
        page = pages.get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "rows": request_rows(page, view),
            "sort": chosen.order or default_order(chosen),
            "selected": filters_in_use(form, request.GET),
            "filters": query_without(request.GET),
        }
    return render(request, "requests_app/register.html", context, status=200 if form.is_valid() else 400)


@require_safe
def register_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the whole list of a filter as a CSV file, read row by row."""
    check_can(Permission.VIEW_CASES, request.user)
    form = RegisterFilterForm(request.GET, user=request.user)
    if not form.is_valid():
        return register_page(request)
    view = Viewpoint(timezone.localdate(), request.user)
    found = register(form.chosen(_order(request), view=view), user=request.user)
    cases = found.iterator(chunk_size=2000)
    return csv_download(f"requests-{view.today.isoformat()}.csv", CSV_HEADER, _lines(cases, view))


def _lines(cases: Iterator[FoiRequest], view: Viewpoint) -> Iterator[list[Any]]:
    for case in cases:
        (row,) = request_rows([case], view)
        yield [
            case.reference,
            case.received_on.isoformat(),
            case.due_on.isoformat() if case.due_on else None,
            row.days_left,
            case.get_status_display(),
            case.get_outcome_display(),
            case.closed_on.isoformat() if case.closed_on else None,
            case.officer.name if case.officer else None,
            case.regime,
            case.get_priority_display(),
            case.get_channel_display(),
            case.subject,
        ]


def _order(request: SignedInRequest) -> str:
    order = request.GET.get("sort", "")
    return order if order in ORDERS else ""
