"""What waits among the requests for the person who is signed in. The roof shows it with the rest of their work."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.working_days.queries import managers_warnings
from requests_app.operations.due_dates import acknowledge_moved_dates
from requests_app.queries.due_dates import moved_due_dates
from requests_app.queries.my_work import (
    closed_by,
    lapse_warnings,
    letters_to_approve,
    letters_to_issue,
    my_requests,
    unassigned_requests,
    work_counts,
)
from requests_app.views.request_rows import request_rows

#: Each list shows this many; its count leads to all of them in the register.
SHOWN = 20
RECENTLY_CLOSED = 5


def waiting_requests(request: SignedInRequest) -> dict[str, Any]:
    """Return what the part of My work shows that is about requests."""
    user, today = request.user, timezone.localdate()
    may_approve, may_issue = can(Permission.APPROVE, user), can(Permission.ISSUE, user)
    counts = work_counts(user, today=today)
    works = can(Permission.WORK_CASE, user)
    overdue = counts.mine_overdue if works else counts.overdue
    context: dict[str, Any] = {
        "counts": counts,
        "today": today,
        "user_id": str(user.pk),
        "overdue_tone": "bad" if overdue else "neutral",
        "works": works,
        "may_approve": may_approve,
        "may_issue": may_issue,
        "may_assign": can(Permission.ASSIGN, user),
    }
    if context["works"]:
        context["mine"] = request_rows(my_requests(user)[:SHOWN], today)
        context["moved"] = moved_due_dates(user.pk)[:SHOWN] if counts.mine_moved else []
        context["lapsing"] = lapse_warnings(user)[:SHOWN]
        context["closed"] = request_rows(closed_by(user)[:RECENTLY_CLOSED], today)
    if can(Permission.CHANGE_CALENDAR, user):
        context["calendar_warnings"] = managers_warnings(today)
    if may_approve:
        context["to_approve"] = letters_to_approve(user)[:SHOWN]
    if may_issue:
        context["to_issue"] = letters_to_issue()[:SHOWN]
    if context["may_assign"]:
        context["unassigned"] = request_rows(unassigned_requests()[:SHOWN], today)
    return context


@require_POST
def due_dates_seen(request: SignedInRequest) -> HttpResponse:
    """Take the due dates that moved off the list of what is new."""
    check_can(Permission.WORK_CASE, request.user)
    shown = [
        int(pk) for pk in request.POST.getlist("change") if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]
    if acknowledge_moved_dates(by=request.user, at=timezone.now(), ids=shown):
        messages.success(request, "The changed due dates are marked as seen. They stay on each timeline.")
    return redirect(settings.LOGIN_REDIRECT_URL)
