"""Home: what waits for the person who is signed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.audit.permissions import can_read_trail
from requests_app.operations.due_dates import acknowledge_moved_dates
from requests_app.permissions import Permission, can, check_can
from requests_app.queries.calendar import managers_warnings, moved_due_dates
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


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """Casework for those who do any; auditors and administrators land where their own work is."""
    user = request.user
    if can(Permission.WRITE_NOTE, user):
        return render(request, "requests_app/my_work.html", _waiting(request))
    if can_read_trail(user):
        return redirect("audit:trail")
    if can(Permission.CHANGE_SETTINGS, user):
        return redirect("requests_app:settings")
    check_can(Permission.VIEW_CASES, user)
    return redirect("requests_app:register")


def _waiting(request: SignedInRequest) -> dict[str, Any]:
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
    return redirect("requests_app:my_work")
