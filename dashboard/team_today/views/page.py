"""The page “Team today”: a manager's first page, counted anew each time it is looked at."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dashboard.team_today.caseload import REQUEST_SHEET, away_until, caseload
from dashboard.team_today.charts import age_chart, due_days
from dashboard.team_today.logs import logs
from dashboard.team_today.open_requests import answers_wait_since, count_open
from dashboard.team_today.tiles import tiles
from dashboard.team_today.waiting import unfiled, waiting
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.pages.words import clock_time, weekday_in_words
from foitracker.statistics.counting import counting
from foitracker.working_days.queries import managers_warnings
from referrals.queries.advisers import advisers
from requests_app.measures import QUIET, REQUESTS, RequestView
from requests_app.measures.team import UNFILED_MEANS
from requests_app.queries.officers import officers


@never_cache
@require_safe
def team_today(request: SignedInRequest) -> HttpResponse:
    """Show how the team's requests and referrals stand at this moment, to those who oversee it."""
    check_can(Permission.OVERSEE, request.user)
    now = timezone.localtime()
    view = RequestView(now.date(), request.user)
    with counting():
        found, answers_since = count_open(view), answers_wait_since(view)
        away = away_until(view.today)
        people = list(officers() | advisers())
        context = {
            "as_at": f"{weekday_in_words(view.today)}, {clock_time(now)}",
            "calendar_warnings": managers_warnings(view.today),
            "tiles": tiles(view, found, answers_since),
            "due": due_days(view, found, now),
            "ages": age_chart(view, found, now),
            "caseload": caseload(
                REQUEST_SHEET,
                [one for one in people if can(Permission.WORK_CASE, one)],
                away,
                view=view,
                counted_from=view,
                target=view.authority.caseload_target,
            ),
            "waiting": waiting(view, found, answers_since),
            "unfiled": unfiled(view),
            "unfiled_means": UNFILED_MEANS,
            "quiet_url": REQUESTS.list_url(QUIET),
            "quiet_after": view.authority.quiet_after_days,
            "logs": logs(view, [one for one in people if can(Permission.WORK_REFERRAL, one)], away),
            "authority_name": view.authority.short_name,  # as every page has it, read once
        }
    return render(request, "dashboard/team_today/page.html", context)
