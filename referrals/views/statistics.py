"""Statistics on referrals: choose what to count, see the figures with their definition, open the logs behind each."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.filters_in_use import query_without
from foitracker.statistics.periods import free_period
from referrals.forms.statistics import FigureForm, SaveStatisticForm, StatisticsForm
from referrals.models import Referral
from referrals.operations.statistics import save_statistic
from referrals.queries.statistics import (
    CountedLog,
    FigureAddress,
    complete_to,
    count,
    figure_logs,
    why_counted,
)
from referrals.rules.statistics import CAVEAT, COUNTING, UNIT_OF_COUNT, CountedFigure, Definition
from referrals.views.statistic_tables import csv_header, csv_rows, figure_groups

PAGE_SIZE = 50
#: Logs read at a time for a file.
CHUNK = 2000

LOGS_HEADER = [
    "log number",
    "first form or letter",
    "forces",
    "scope",
    "criteria met",
    "subject",
    "closed as",
]


@require_http_methods(["GET", "HEAD", "POST"])
def statistics_page(request: SignedInRequest) -> HttpResponse:
    """Show what to count, and the figures; a POST saves them under a title.

    The address says what is counted.
    """
    check_can(Permission.SEE_STATISTICS, request.user)
    form = _form(request)
    if request.method == "POST":
        check_can(Permission.SAVE_STATISTIC, request.user)
    if not form.is_valid():
        status = 400 if form.is_bound or request.method == "POST" else 200
        return render(request, "referrals/statistics/statistics.html", {"form": form}, status=status)
    save_form = SaveStatisticForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and save_form.is_valid():
        try:
            kept = save_statistic(
                by=request.user, at=timezone.now(), definition=form.definition, **save_form.cleaned_data
            )
        except NotPossible as refusal:
            save_form.add_error("title", str(refusal))
        else:
            messages.success(
                request, "The statistic has been saved, with its definition and the logs counted."
            )
            return redirect("referrals:saved_statistic", kept.pk)
    return render(
        request,
        "referrals/statistics/statistics.html",
        {"form": form, "save_form": save_form, **_figures(request, form.definition)},
        status=422 if save_form.errors else 200,
    )


@require_safe
def statistics_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the figures as a file, each with its definition."""
    check_can(Permission.SEE_STATISTICS, request.user)
    form = _form(request)
    if not form.is_valid():
        return statistics_page(request)
    result = count(form.definition, as_at=timezone.now())
    return csv_download("referral-statistics.csv", csv_header(result), csv_rows(result))


@require_safe
def statistic_logs(request: SignedInRequest) -> HttpResponse:
    """Show the logs behind one figure, with its definition on top."""
    check_can(Permission.SEE_STATISTICS, request.user)
    form = FigureForm(request.GET)
    if not form.is_valid():
        return render(request, "referrals/statistics/no_figure.html", status=400)
    address = form.address()
    page = Paginator(figure_logs(address).defer("wording", "search"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    why = why_counted(address, [log.pk for log in page])
    return render(
        request,
        "referrals/statistics/logs.html",
        {
            "page_obj": page,
            "rows": [(log, why[log.pk], _met(why[log.pk])) for log in page if log.pk in why],
            "forces": [force.name for force in form.cleaned_data["force"]],
            "period": free_period(address.from_on, address.to_on),
            "address": address,
            "counted": COUNTING[address.criterion] if address.criterion else None,
            "criteria": [COUNTING[criterion] for criterion in address.criteria],
            "unit_of_count": UNIT_OF_COUNT,
            "caveat": CAVEAT,
            "as_at": timezone.now(),
            "csv_url": f"{reverse('referrals:statistic_logs_csv')}?{query_without(request.GET)}",
            "back_url": f"{reverse('referrals:statistics')}?{_counting(address)}",
        },
    )


@require_safe
def statistic_logs_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the logs behind one figure as a file."""
    check_can(Permission.SEE_STATISTICS, request.user)
    form = FigureForm(request.GET)
    if not form.is_valid():
        return statistic_logs(request)
    return csv_download("referral-statistic-logs.csv", LOGS_HEADER, _log_lines(form.address()))


def live_address(definition: Definition, figure: CountedFigure, counted: str) -> str:
    """Return the address of the logs behind a figure as they are now."""
    forces = [figure.force] if figure.force else definition.forces
    query = [
        *(("force", force.key) for force in forces),
        ("first", figure.dates.from_on.isoformat()),
        ("last", figure.dates.to_on.isoformat()),
        *(("criteria", criterion.value) for criterion in definition.criteria),
        ("counted", counted),
    ]
    return f"{reverse('referrals:statistic_logs')}?{urlencode(query)}"


def _form(request: SignedInRequest) -> StatisticsForm:
    today = timezone.localdate()
    return StatisticsForm(request.GET, today=today, default_complete_to=complete_to(today))


def _figures(request: SignedInRequest, definition: Definition) -> dict[str, Any]:
    result = count(definition, as_at=timezone.now())
    return {
        "result": result,
        "groups": figure_groups(result, lambda figure, code: live_address(definition, figure, code)),
        "csv_url": f"{reverse('referrals:statistics_csv')}?{request.GET.urlencode()}",
        "may_save": can(Permission.SAVE_STATISTIC, request.user),
    }


def _counting(address: FigureAddress) -> str:
    """The query that counts the forces and period of a figure."""
    query = [
        *(("force", key) for key in address.forces),
        ("between", f"{address.from_on.isoformat()} to {address.to_on.isoformat()}"),
        *(("criteria", criterion.value) for criterion in address.criteria),
    ]
    return urlencode(query)


def _met(why: CountedLog) -> str:
    return ", ".join(COUNTING[criterion].label for criterion in why.meets)


def _log_lines(address: FigureAddress) -> Iterator[list[Any]]:
    logs: list[Referral] = []
    for log in figure_logs(address).defer("wording", "search").iterator(chunk_size=CHUNK):
        logs.append(log)
        if len(logs) == CHUNK:
            yield from _lines_of(address, logs)
            logs = []
    yield from _lines_of(address, logs)


def _lines_of(address: FigureAddress, logs: list[Referral]) -> Iterator[list[Any]]:
    why = why_counted(address, [log.pk for log in logs])
    for log in logs:
        if log.pk in why:
            yield [
                log.log_number,
                why[log.pk].first_contact_on.isoformat(),
                "; ".join(why[log.pk].forces),
                log.get_scope_display(),
                _met(why[log.pk]),
                log.subject,
                log.get_closing_display() if log.closing else None,
            ]
