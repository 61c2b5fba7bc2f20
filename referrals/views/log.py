"""The list of the unit's logs: by filter, search and order, on pages and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.pages.lists.capped_pages import CappedPaginator
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.filters_in_use import filters_in_use, query_without
from referrals.forms.log import LogFilterForm
from referrals.measures import LogView
from referrals.models import Referral
from referrals.permissions import acts_for_force
from referrals.queries.log import log, order_of
from referrals.views.force_view import force_log_csv, force_log_page
from referrals.views.log_rows import log_rows

PAGE_SIZE = 50

CSV_HEADER = [
    "log number", "subject", "forces", "scope", "mandatory", "received", "reply by", "working days left",
    "age in working days", "priority", "adviser", "topic", "status", "advised", "closed",
]  # fmt: skip


@require_safe
def log_page(request: SignedInRequest) -> HttpResponse:
    """Show one page of the list; `?sort=` orders it.

    A filter that makes no sense shows nothing but the reason.
    """
    if acts_for_force(request.user) is not None:
        return force_log_page(request)
    check_can(Permission.SEE_REFERRALS, request.user)
    form = LogFilterForm(request.GET, user=request.user)
    context: dict[str, Any] = {"form": form, "may_log": can(Permission.LOG_REFERRAL, request.user)}
    if form.is_valid():
        view = LogView(timezone.localdate(), request.user)
        chosen = form.chosen(request.GET.get("sort", ""), view=view)
        pages = CappedPaginator(log(chosen, user=request.user), PAGE_SIZE, archive=chosen.reaches_back)
        page = pages.get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "rows": log_rows(page, view),
            "sort": order_of(chosen),
            "by_urgency": not chosen.reaches_back,
            "selected": filters_in_use(form, request.GET),
            "filters": query_without(request.GET),
        }
    return render(request, "referrals/log.html", context, status=200 if form.is_valid() else 400)


@require_safe
def log_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the whole list of a filter as a CSV file, read row by row."""
    if acts_for_force(request.user) is not None:
        return force_log_csv(request)
    check_can(Permission.SEE_REFERRALS, request.user)
    form = LogFilterForm(request.GET, user=request.user)
    if not form.is_valid():
        return log_page(request)
    view = LogView(timezone.localdate(), request.user)
    found = log(form.chosen(request.GET.get("sort", ""), view=view), user=request.user)
    cases = found.select_related("adviser", "topic").iterator(chunk_size=2000)
    return csv_download(f"cru-logs-{view.today.isoformat()}.csv", CSV_HEADER, _lines(cases, view))


def _lines(cases: Iterator[Referral], view: LogView) -> Iterator[list[Any]]:
    for case in cases:
        (row,) = log_rows([case], view)
        yield [
            case.log_number,
            case.subject,
            "; ".join(involved.force.name for involved in row.forces),
            case.get_scope_display(),
            "yes" if row.is_mandatory else "no",
            case.received_on.isoformat(),
            case.reply_by.isoformat() if case.reply_by else None,
            row.days_left,
            row.days_old,
            case.get_priority_display(),
            case.adviser.name if case.adviser else None,
            case.topic.name if case.topic else None,
            case.get_status_display(),
            case.advised_on.isoformat() if case.advised_on else None,
            case.closed_on.isoformat() if case.closed_on else None,
        ]
