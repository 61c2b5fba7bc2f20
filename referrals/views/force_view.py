"""The pages of a force contact: the logs their force is on, and their force's part of one of them.

Everything shown comes from `queries.force_view`, which knows of one force only.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.filters_in_use import filters_in_use, query_without
from referrals.forms.force_view import OwnLogsFilterForm
from referrals.models import Force, Referral, ReferralForce
from referrals.permissions import acts_for_force
from referrals.queries.force_view import DEFAULT_ORDER, ORDERS, own_logs, own_part, standing
from referrals.views.finding import find_referral

PAGE_SIZE = 50

CSV_HEADER = [
    "log number", "subject", "your reference", "request received", "your deadline", "form received",
    "standing", "closed",
]  # fmt: skip


def force_log_page(request: SignedInRequest) -> HttpResponse:
    """Show one page of the logs of the force that a force contact acts for.

    Raises NotPermitted for others.
    """
    force_id = _own_force(request)
    form = OwnLogsFilterForm(request.GET)
    context: dict[str, Any] = {"form": form, "force": Force.objects.get(pk=force_id)}
    if form.is_valid():
        order = _order(request)
        pages = Paginator(_chosen(form, force_id, order), PAGE_SIZE)
        page = pages.get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "rows": [(own, _standing(own)) for own in page],
            "sort": order,
            "selected": filters_in_use(form, request.GET),
            "filters": query_without(request.GET),
        }
    return render(request, "referrals/force_view/log.html", context, status=200 if form.is_valid() else 400)


def force_log_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the whole list of a force contact's filter as a CSV file. Raises NotPermitted for others."""
    force_id = _own_force(request)
    form = OwnLogsFilterForm(request.GET)
    if not form.is_valid():
        return force_log_page(request)
    found = _chosen(form, force_id, _order(request))
    filename = f"referrals-{timezone.localdate().isoformat()}.csv"
    return csv_download(filename, CSV_HEADER, _rows(found.iterator(chunk_size=2000)))


def force_referral_page(request: SignedInRequest, referral: Referral, force_id: int) -> HttpResponse:
    """Show a force's part of a log. The log is one that `find_referral` gave this person."""
    part = own_part(referral.pk, force_id)
    context = {
        "part": part,
        "own": part.involvement,
        "standing": standing(part.involvement, is_told=bool(part.told)),
        "may_report": can(Permission.REPORT_UPTAKE, request.user),
    }
    return render(request, "referrals/force_view/referral.html", context)


def hidden_from_other_forces(pattern: URLPattern) -> URLPattern:
    """Return a route below the number of a log with a guard before its page.

    A force contact who asks for a log their force is not on is told that there is no such log, by GET and POST
    alike and whatever the page itself would have refused, and the attempt goes to the trail.
    """
    view: Callable[..., HttpResponseBase] = pattern.callback

    @wraps(view)
    def guarded(request: HttpRequest, year: int, number: int, **named: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and can(Permission.SEE_OWN_FORCE, request.user):
            find_referral(request.user, year, number)
        return view(request, year=year, number=number, **named)

    pattern.callback = guarded
    return pattern


def _own_force(request: SignedInRequest) -> int:
    force_id = acts_for_force(request.user)
    if force_id is None:
        raise NotPermitted("This list is for those who act for a police force.")
    return force_id


def _order(request: SignedInRequest) -> str:
    order = request.GET.get("sort", "")
    return order if order in ORDERS else DEFAULT_ORDER


def _chosen(form: OwnLogsFilterForm, force_id: int, order: str) -> Any:
    return own_logs(force_id, state=form.cleaned_data["state"], text=form.cleaned_data["q"], order=order)


def _standing(own: ReferralForce) -> str:
    return standing(own, is_told=bool(getattr(own, "is_told", False)))


def _rows(found: Iterator[ReferralForce]) -> Iterator[list[Any]]:
    for own in found:
        days = (own.request_received_on, own.deadline, own.form_received_on)
        yield [
            own.referral.log_number,
            own.referral.subject,
            own.reference,
            *(day.isoformat() if day else None for day in days),
            _standing(own),
            own.outcome_on.isoformat() if own.outcome_on else None,
        ]
