"""Saved statistics: the figures as they were counted, with their logs; and what is different when counted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.csv_download import csv_download
from foitracker.pages.lists.views import EmptyState, ListPage
from foitracker.statistics.models import Snapshot
from referrals.forms.statistics import LEFT_OUT, TOGETHER
from referrals.models import Referral
from referrals.operations.statistics import run_again
from referrals.queries.saved_statistics import (
    kept_result,
    named_logs,
    placements_of,
    saved_statistics,
)
from referrals.rules.statistic_changes import Difference, differences
from referrals.rules.statistics import COUNTING, CountedFigure, Counting, Result, StatedCriterion
from referrals.views.figure_logs import FigureLogs
from referrals.views.statistic_tables import csv_header, csv_rows, figure_groups


class SavedStatistics(ListPage[Snapshot]):
    """What has been saved, the latest first."""

    template_name = "referrals/statistics/saved_list.html"
    address = "referrals:saved_statistics"
    heading, caption = "Saved statistics", "Saved statistics, the latest first"
    noun = ("statistic", "statistics")
    nothing = EmptyState(
        "Nothing has been saved",
        "Count something first, and keep it under a title.",
        "Referral statistics",
        reverse_lazy("referrals:statistics"),
    )
    columns: tuple[Column[Snapshot], ...] = (
        Column("title", "Title", look=SUBJECT, is_row_header=True),
        Column("counted", "Counted", look=NOWRAP),
        Column("by", "By", lambda statistic: statistic.made_by.name),
    )

    def check(self) -> None:
        check_can(Permission.SEE_STATISTICS, self.request.user)

    def find(self) -> QuerySet[Snapshot]:
        return saved_statistics()


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


@dataclass(frozen=True)
class KeptRow:
    """A log that a saved figure counted, and the criteria it met then."""

    log: Referral
    met: str


class SavedLogs(FigureLogs[KeptRow]):
    """The logs that a saved figure counted, or left out, by the numbers it was kept with."""

    template_name = "referrals/statistics/saved_logs.html"
    address, file_address = "referrals:saved_logs", "referrals:saved_logs_csv"
    file_name = "referral-statistic-{pk}-logs.csv"
    caption = "Logs counted"
    columns: tuple[Column[KeptRow], ...] = (
        Column("number", "Log", lambda row: row.log.log_number, header="log number", look=NOWRAP),
        Column("subject", "Subject", lambda row: row.log.subject, look=SUBJECT),
        Column("met", "Criteria met when counted", lambda row: row.met, header="criteria met"),
        Column("scope", "Scope now", lambda row: row.log.get_scope_display()),
    )
    on_page = ("number", "subject", "met")
    in_file = ("number", "met", "scope", "subject")

    def load(self, **kwargs: Any) -> None:
        self.statistic = _find(kwargs["pk"])
        self.result = kept_result(self.statistic)
        self.behind = _behind(self.request, self.result)

    def find(self) -> QuerySet[Referral]:
        return named_logs(self.behind.logs).defer("wording", "search")

    def rows(self, found: Sequence[Referral]) -> list[KeptRow]:
        return [KeptRow(log, self.behind.met(log.log_number)) for log in found]

    def page(self) -> dict[str, Any]:
        return {"statistic": self.statistic, "result": self.result, "behind": self.behind}


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
