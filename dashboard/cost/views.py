"""The page on what requests cost."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.cost.figures import cost_by
from dashboard.performance.axes import AXES
from dashboard.performance.periods import Asked, compared, complete_to, year_to_date
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.words import in_words
from foitracker.statistics.periods import free_period, months_later
from foitracker.statistics.small_groups import LEAST
from requests_app.measures.periods import PeriodView
from requests_app.models import Authority
from requests_app.queries.authority import authority

#: The years that can be chosen.
_YEARS = 5


@require_safe
def cost_page(request: SignedInRequest) -> HttpResponse:
    """Show what requests closed in a year cost, beside the year before, by topic and by function. `?year=` chooses."""
    check_can(Permission.SEE_PERFORMANCE, request.user)
    settings, today = authority() or Authority(), timezone.localdate()
    latest = year_to_date(complete_to(today, today), settings.year_begins_in).from_on
    begins = [months_later(latest, -12 * ago) for ago in range(_YEARS)]
    chosen = request.GET.get("year", str(latest.year))
    begin = next((one for one in begins if str(one.year) == chosen), None)
    pair = years_compared(begin or latest, today)
    view, before = (
        PeriodView(today, request.user, from_on=one.counted.from_on, to_on=one.counted.to_on)
        for one in (pair.comparisons[0].now, pair.comparisons[0].before)
        if one.counted
    )
    by_topic = cost_by(request.user, view, AXES["topic"])
    tables = [by_topic]
    if settings.has_designated_functions:
        tables.append(cost_by(request.user, view, AXES["function"]))
    context = {
        "wrong_year": "" if begin else "That is not a year that can be shown. This is the current one.",
        "years": [
            {
                "label": f"From {in_words(one)}",
                "url": f"?year={one.year}",
                "current": one == (begin or latest),
            }
            for one in begins
        ],
        "notes": pair.notes,
        "totals": [by_topic.whole, cost_by(request.user, before, AXES["topic"]).whole],
        "tables": tables,
        "least": LEAST,
        "as_at": timezone.now(),
    }
    return render(request, "dashboard/cost/cost.html", context, status=200 if begin else 400)


def years_compared(begin: date, today: date) -> Asked:
    """Return the year that begins on a day beside the year before; one that is not over is shortened, both alike."""
    year, end = free_period(begin, months_later(begin, 12) - timedelta(days=1)), complete_to(today, today)
    return Asked(today, end, (compared(year, end),))
