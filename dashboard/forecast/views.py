"""The page on how many requests the next quarter will bring."""

from collections.abc import Sequence
from datetime import datetime
from math import floor

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.forecast.outlook import Outlook, Quarter, Receipts, next_quarter, outlooks, receipts
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.charts.chart import Category, Chart, Series
from foitracker.charts.figures import line_with_bands
from foitracker.pages.words import MONTHS, in_words
from foitracker.statistics.forecast import YEAR

#: Past quarters that a table and a chart show; all of them are scored.
_SHOWN = 8


@require_safe
def forecast_page(request: SignedInRequest) -> HttpResponse:
    """Show what each method expects of the next quarter, its range, its score, and its past forecasts."""
    check_can(Permission.SEE_PERFORMANCE, request.user)
    today, now = timezone.localdate(), timezone.now()
    known = receipts(request.user, today)
    found = outlooks(request.user, today, known)
    context = {
        "outlooks": [(outlook, _shown(outlook)[::-1], _chart(outlook, known, now)) for outlook in found],
        "nearest": _nearest(found),
        "known": known,
        "months": len(known.months),
        "knows_little": len(known.months) < 2 * YEAR,
        "least": YEAR,
        "next_quarter": next_quarter(today),
        "as_at": now,
    }
    return render(request, "dashboard/forecast/forecast.html", context)


def _shown(outlook: Outlook) -> list[Quarter]:
    """The quarters whose forecasts are shown beside what came, and the one that is running."""
    return [*outlook.past[-_SHOWN:], *outlook.running]


def _nearest(found: Sequence[Outlook]) -> Outlook | None:
    """The method whose past forecasts were nearer; the first of equals, None where nothing has been scored."""
    scored = [(outlook.error, place) for place, outlook in enumerate(found) if outlook.error is not None]
    return found[min(scored)[1]] if scored else None


def _chart(outlook: Outlook, known: Receipts, now: datetime) -> Chart:
    """A line of what came, one of what was forecast, and the ends of the range."""
    quarters = [*_shown(outlook), outlook.next]
    forecasts = [quarter.forecast for quarter in quarters]
    lines = [
        Series("Received", [one.actual for one in forecasts], "progress", [q.url or None for q in quarters]),
        Series("Forecast", [_whole(one.value) for one in forecasts], "info"),
        Series("Range, from", [_whole(one.low) for one in forecasts], "closed"),
        Series("Range, to", [_whole(one.high) for one in forecasts], "closed"),
    ]
    if not any(lines[-1].values):
        lines = lines[:2]
    return Chart(
        title=f"Forecast and what came, {outlook.name[:1].lower()}{outlook.name[1:]}",
        summary=f"{outlook.next.dates}: {_whole(outlook.next.forecast.value)} requests forecast.",
        figure=line_with_bands([_category(quarter) for quarter in quarters], lines, heading="Quarter"),
        source="register of requests",
        period=f"{quarters[0].dates.split(' to ')[0]} to {in_words(outlook.next.to_on)}",
        as_at=now,
        complete_to=known.last,
        wide=True,
    )


def _category(quarter: Quarter) -> Category:
    first, last = (MONTHS[day.month - 1][:3] for day in (quarter.from_on, quarter.to_on))
    return Category(f"{first} to {last} {quarter.to_on.year % 100:02}", quarter.dates)


def _whole(number: float | None) -> int | None:
    """As the tables round: halves upwards."""
    return None if number is None else floor(number + 0.5)
