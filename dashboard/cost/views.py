"""The page on what requests cost."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.cost.figures import Area, cost_by, current_year, year_view
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.words import in_words
from foitracker.statistics.small_groups import LEAST
from requests_app.measures.periods.view import NOT_RECORDED
from requests_app.models import Topic
from requests_app.queries.authority import authority
from requests_app.queries.exemption_catalogue import designated_functions

#: The years that can be chosen.
_YEARS = 5


@require_safe
def cost_page(request: SignedInRequest) -> HttpResponse:
    """Show what requests closed in a year cost, beside the year before, by topic and by function. `?year=` chooses."""
    check_can(Permission.SEE_PERFORMANCE, request.user)
    settings, today = authority(), timezone.localdate()
    begins_in = settings.year_begins_in if settings else 4
    this_year = current_year(today, begins_in)
    years = range(this_year, this_year - _YEARS, -1)
    asked = request.GET.get("year", str(this_year))
    year = next((one for one in years if str(one) == asked), None)
    view, before = (year_view(request.user, today, (year or this_year) - ago, begins_in) for ago in (0, 1))
    topics = _topics()
    by_topic = cost_by(request.user, view, topics)
    tables = [by_topic]
    if settings and settings.has_designated_functions:
        tables.append(cost_by(request.user, view, _functions()))
    context = {
        "wrong_year": "" if year else "That is not a year that can be shown. This is the current one.",
        "years": [
            {
                "label": f"From {in_words(date(one, begins_in, 1))}",
                "url": f"?year={one}",
                "current": one == (year or this_year),
            }
            for one in years
        ],
        "totals": [by_topic.whole, cost_by(request.user, before, topics).whole],
        "tables": tables,
        "least": LEAST,
        "as_at": timezone.now(),
    }
    return render(request, "dashboard/cost/cost.html", context, status=200 if year else 400)


def _topics() -> Area:
    names = dict(Topic.objects.values_list("pk", "name"))

    def boxes(topic: int | None) -> Mapping[str, Any]:
        return {"topic": topic} if topic else {"no_topic": "on"}

    return Area("topic", "By topic", lambda topic: names[topic] if topic else "No topic", boxes)


def _functions() -> Area:
    titles = {function.ref: f"{function.ref} {function.title}" for function in designated_functions()}

    def boxes(ref: str) -> Mapping[str, Any]:
        return {"function": ref or NOT_RECORDED}

    return Area(
        "designated_function",
        "By function",
        lambda ref: titles.get(ref, ref) or "No function recorded",
        boxes,
    )
