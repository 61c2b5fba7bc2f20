"""Saved statistics: the figures as they were counted, with their logs; and what is different when counted again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.filters_in_use import query_without
from foitracker.statistics.models import Snapshot
from referrals.forms.statistics import LEFT_OUT, TOGETHER
from referrals.operations.statistics import run_again
from referrals.queries.saved_statistics import (
    kept_result,
    named_logs,
    placements_of,
    saved_statistics,
)
from referrals.rules.statistic_changes import Difference, differences
from referrals.rules.statistics import COUNTING, CountedFigure, Counting, Result, StatedCriterion
from referrals.views.statistic_tables import csv_header, csv_rows, figure_groups

PAGE_SIZE = 50
LOGS_HEADER = ["log number", "criteria met", "scope now", "subject"]


@require_safe
def saved_list(request: SignedInRequest) -> HttpResponse:
    """Show what has been saved, the latest first."""
    check_can(Permission.SEE_STATISTICS, request.user)
    page = Paginator(saved_statistics(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "referrals/statistics/saved_list.html", {"page_obj": page})


@require_safe
def saved_statistic(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the figures as they were counted; beside them what is different since, where they were counted again."""
    check_can(Permission.SEE_STATISTICS, request.user)
    statistic = _find(pk)
    result = kept_result(statistic)
    context = {
        "statistic": statistic,
        "result": result,
        "groups": figure_groups(result, lambda figure, code: _address(statistic, result, figure, code)),
        "csv_url": reverse("referrals:saved_statistic_csv", args=[pk]),
        "placements": placements_of(statistic),
        "again": statistic.again.select_related("made_by").defer("result"),
        "differences": _differences(statistic, result),
        "may_save": can(Permission.SAVE_STATISTIC, request.user),
        "may_place": can(Permission.PLACE_STATISTIC, request.user),
    }
    return render(request, "referrals/statistics/saved.html", context)


@require_safe
def saved_statistic_csv(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """Return the figures as they were counted, as a file."""
    check_can(Permission.SEE_STATISTICS, request.user)
    result = kept_result(_find(pk))
    return csv_download(f"referral-statistic-{pk}.csv", csv_header(result), csv_rows(result))


@require_safe
def saved_logs(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the logs that a saved figure counted, or left out, by the numbers it was kept with."""
    check_can(Permission.SEE_STATISTICS, request.user)
    statistic = _find(pk)
    result = kept_result(statistic)
    behind = _behind(request, result)
    found = named_logs(behind.logs).defer("wording", "search")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "statistic": statistic,
        "result": result,
        "behind": behind,
        "page_obj": page,
        "rows": [(log, behind.met(log.log_number)) for log in page],
        "csv_url": f"{reverse('referrals:saved_logs_csv', args=[pk])}?{query_without(request.GET)}",
    }
    return render(request, "referrals/statistics/saved_logs.html", context)


@require_safe
def saved_logs_csv(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """Return the logs that a saved figure counted, as a file."""
    check_can(Permission.SEE_STATISTICS, request.user)
    behind = _behind(request, kept_result(_find(pk)))
    return csv_download(f"referral-statistic-{pk}-logs.csv", LOGS_HEADER, _log_lines(behind))


@require_POST
def count_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Count a saved statistic again, by the same definition."""
    check_can(Permission.SAVE_STATISTIC, request.user)
    _find(pk)
    kept = run_again(by=request.user, at=timezone.now(), statistic_id=pk)
    messages.success(request, "Counted again by the same definition. What is different is shown below.")
    return redirect("referrals:saved_statistic", kept.pk)


def _find(pk: int) -> Snapshot:
    return get_object_or_404(Snapshot.objects.select_related("made_by", "again_of"), pk=pk)


@dataclass(frozen=True)
class _Behind:
    """What stands behind a number of a saved statistic."""

    figure: CountedFigure
    counted: str

    @property
    def criterion(self) -> StatedCriterion | None:
        return None if self.counted in (TOGETHER, LEFT_OUT) else COUNTING[Counting(self.counted)]

    @property
    def is_left_out(self) -> bool:
        return self.counted == LEFT_OUT

    @property
    def logs(self) -> tuple[str, ...]:
        if self.is_left_out:
            return self.figure.left_out.logs
        return self.figure.logs_meeting(Counting(self.counted) if self.criterion else None)

    def met(self, log: str) -> str:
        """Return the criteria a log met when it was counted."""
        return ", ".join(COUNTING[criterion].label for criterion in (self.figure.logs or {}).get(log, ()))


def _address(statistic: Snapshot, result: Result, figure: CountedFigure, counted: str) -> str:
    figures = (*result.all_together, *result.figures)
    place = next(place for place, one in enumerate(figures) if one is figure)
    query = urlencode({"figure": place, "counted": counted})
    return f"{reverse('referrals:saved_logs', args=[statistic.pk])}?{query}"


def _behind(request: SignedInRequest, result: Result) -> _Behind:
    """The number that an address names. Raises Http404."""
    figures = (*result.all_together, *result.figures)
    place, counted = request.GET.get("figure", ""), request.GET.get("counted", TOGETHER)
    if not place.isdecimal() or int(place) >= len(figures):
        raise Http404("This statistic has no such figure.")
    if counted not in (TOGETHER, LEFT_OUT, *result.definition.criteria):
        raise Http404("This statistic was not counted by such a criterion.")
    return _Behind(figures[int(place)], counted)


def _differences(statistic: Snapshot, result: Result) -> list[Difference]:
    """What is not what it was when it was counted before."""
    if statistic.again_of is None:
        return []
    return list(differences(kept_result(statistic.again_of), result))


def _log_lines(behind: _Behind) -> Iterator[list[Any]]:
    for log in named_logs(behind.logs).defer("wording", "search").iterator(chunk_size=2000):
        yield [log.log_number, behind.met(log.log_number), log.get_scope_display(), log.subject]
