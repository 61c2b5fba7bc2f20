"""The page Performance: the headline, the scorecard and the regulator's figure."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.performance.charts import charts
from dashboard.performance.pages import parts, period_form, view_of, with_days
from dashboard.performance.periods import Asked, Compared
from dashboard.performance.scorecard import MEASURES, headline, scorecard, share_cell
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.statistics.periods import Period
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.measures.periods.figures import PeriodFigures, count_periods
from requests_app.queries.authority import regulator_in_office


@require_safe
def performance(request: SignedInRequest) -> HttpResponse:
    """Show the figures of the latest quarter and the year to date, or of a chosen period, beside a year earlier."""
    check_can(Permission.SEE_PERFORMANCE, request.user)
    form = period_form(request, timezone.localdate())
    context: dict[str, Any] = {"form": form, "parts": parts(request.user, form, "")}
    if not form.is_valid():
        return render(request, "dashboard/performance/performance.html", context, status=400)
    try:
        context |= _figures(form.asked, request.user)
    except CalendarNotCovered as error:
        form.add_error(None, str(error))
        return render(request, "dashboard/performance/performance.html", context, status=400)
    context["charts_url"] = with_days(reverse("dashboard:performance_charts"), form)
    return render(request, "dashboard/performance/performance.html", context)


@require_safe
def performance_charts(request: SignedInRequest) -> HttpResponse:
    """Show the charts of the same days; the page loads them into itself where it can."""
    check_can(Permission.SEE_PERFORMANCE, request.user)
    form = period_form(request, timezone.localdate())
    context: dict[str, Any] = {"form": form, "parts": parts(request.user, form, "")}
    if not form.is_valid():
        return render(request, "dashboard/performance/charts.html", context, status=400)
    context["chart_groups"] = charts(form.asked, request.user, timezone.now())
    return render(request, "dashboard/performance/charts.html", context)


def _figures(asked: Asked, user: User) -> dict[str, Any]:
    pairs = _counted(asked, user)
    now, before = pairs[-1]
    context = {
        "asked": asked,
        "now": timezone.now() if asked.as_at == timezone.localdate() else None,
        "headline": headline(now, before),
        "columns": asked.comparisons,
        "lines": scorecard(pairs),
    }
    return context | (_regulators(pairs[0][0], asked) if len(pairs) > 1 else {})


def _counted(asked: Asked, user: User) -> list[tuple[PeriodFigures, PeriodFigures]]:
    """The figures of each comparison, all counted together."""
    views = [view_of(period, asked, user) for pair in asked.comparisons for period in _both(pair)]
    figures = iter(count_periods(views, MEASURES))
    return list(zip(figures, figures, strict=True))


def _both(pair: Compared) -> tuple[Period, Period]:
    # Both have begun: a period that has not is refused, and the other is a year earlier.
    return pair.now.counted or pair.now.asked, pair.before.counted or pair.before.asked


def _regulators(quarter: PeriodFigures, asked: Asked) -> dict[str, Any]:
    """What the regulator judges by: of those responded to in the latest quarter, how many were in time."""
    regulator = regulator_in_office(asked.as_at)
    return {
        "regulator": regulator.name if regulator else "The regulator",
        "quarter": quarter.view.days,
        "responded": share_cell("answered_in_time", quarter, banded=True),
    }
