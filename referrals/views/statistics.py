"""Statistics on referrals: choose what to count, see the figures with their definition, open the logs behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.csv_download import csv_download
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
from referrals.views.figure_logs import AskedLogs
from referrals.views.statistic_tables import csv_header, csv_rows, figure_groups


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


@dataclass(frozen=True)
class CountedRow:
    """A log behind a figure, and why it was counted or not."""

    log: Referral
    why: CountedLog

    @property
    def met(self) -> str:
        return ", ".join(COUNTING[criterion].label for criterion in self.why.meets)


class StatisticLogs(AskedLogs[CountedRow]):
    """The logs behind one figure, with its definition on top."""

    template_name = "referrals/statistics/logs.html"
    address, file_address = "referrals:statistic_logs", "referrals:statistic_logs_csv"
    file_name = "referral-statistic-logs.csv"
    heading, caption = "Logs behind a figure", "Logs behind the figure"
    columns: tuple[Column[CountedRow], ...] = (
        Column("number", "Log", lambda row: row.log.log_number, header="log number", look=NOWRAP),
        Column("first", "First form or letter", lambda row: row.why.first_contact_on, look=NOWRAP),
        Column("subject", "Subject", lambda row: row.log.subject, look=SUBJECT),
        Column("forces", "Forces", lambda row: row.why.forces),
        Column("scope", "Scope", lambda row: row.log.get_scope_display(), look=NOWRAP),
        Column("met", "Criteria met", lambda row: row.met),
        Column("why_not", "Why not"),
        Column("closing", "Closed as", lambda row: row.log.get_closing_display()),
    )
    in_file = ("number", "first", "forces", "scope", "met", "subject", "closing")
    asks = FigureForm
    asked: FigureForm

    @cached_property
    def figure(self) -> FigureAddress:
        return self.asked.address()

    def shown(self) -> Sequence[str]:
        forces = ("forces",) if len(self.figure.forces) > 1 else ()
        return ("number", "first", "subject", *forces, "scope", "why_not" if self.figure.left_out else "met")

    def find(self) -> QuerySet[Referral]:
        return figure_logs(self.figure).defer("wording", "search")

    def rows(self, found: Sequence[Referral]) -> list[CountedRow]:
        why = why_counted(self.figure, [log.pk for log in found])
        return [CountedRow(log, why[log.pk]) for log in found if log.pk in why]

    def page(self) -> dict[str, Any]:
        figure = self.figure
        return {
            "forces": [force.name for force in self.asked.cleaned_data["force"]],
            "period": free_period(figure.from_on, figure.to_on),
            "address": figure,
            "counted_by": COUNTING[figure.criterion] if figure.criterion else None,
            "criteria": [COUNTING[criterion] for criterion in figure.criteria],
            "unit_of_count": UNIT_OF_COUNT,
            "caveat": CAVEAT,
            "as_at": timezone.now(),
            "back_url": f"{reverse('referrals:statistics')}?{_counting(figure)}",
        }


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
