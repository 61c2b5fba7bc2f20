"""What waits among the requests for the person who is signed in. The roof shows it with the rest of their work."""

from collections.abc import Iterable
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
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column, Table
from foitracker.working_days.queries import managers_warnings
from requests_app.letters.kinds import kind_label
from requests_app.measures import (
    AWAITING_APPROVAL,
    LAPSING,
    OPEN,
    REQUESTS,
    TO_APPROVE,
    TO_ISSUE,
    UNASSIGNED,
    RequestView,
)
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.operations.due_dates import acknowledge_moved_dates
from requests_app.queries.due_dates import moved_due_dates
from requests_app.queries.my_work import closed_by, letters_in_hand, soonest_due, warnings_for
from requests_app.views.request_rows import COLUMNS, RequestRow, request_rows

#: Each list shows this many; its count leads to all of them in the register.
SHOWN = 20
RECENTLY_CLOSED = 5

REQUEST_COLUMNS = ("reference", "subject", "received", "due", "days_left", "status")
LETTER_COLUMNS: tuple[Column[Letter], ...] = (
    Column("reference", "Reference", look=NOWRAP),
    Column("subject", "Subject", lambda letter: letter.foi_request.subject, look=SUBJECT),
    Column("letter", "Letter", lambda letter: kind_label(letter.kind), look=NOWRAP),
    Column(
        "submitted_by",
        "Submitted by",
        lambda letter: letter.decided_by and letter.decided_by.name,
        look=NOWRAP,
    ),
    Column(
        "approved_by",
        "Approved by",
        lambda letter: letter.approved_by and letter.approved_by.name,
        look=NOWRAP,
    ),
    Column("due", "Due", lambda letter: letter.foi_request.due_on, look=NOWRAP),
)


def waiting_requests(request: SignedInRequest) -> dict[str, Any]:
    """Return what the part of My work shows that is about requests."""
    user, today = request.user, timezone.localdate()
    view = RequestView(today, user)
    context: dict[str, Any] = {
        "figures": REQUESTS.figures(view),
        "today": today,
        "works": can(Permission.WORK_CASE, user),
        "may_approve": can(Permission.APPROVE, user),
        "may_issue": can(Permission.ISSUE, user),
        "may_assign": can(Permission.ASSIGN, user),
    }
    if context["works"]:
        mine = soonest_due(REQUESTS.rows(OPEN, view, mine=True))
        context["mine"] = _requests("My requests", mine[:SHOWN], view)
        context["moved"] = moved_due_dates(user.pk)[:SHOWN]
        context["lapsing"] = warnings_for(user, REQUESTS.rows(LAPSING, view))[:SHOWN]
        closed = closed_by(user)[:RECENTLY_CLOSED]
        context["closed"] = _requests("Requests I closed recently", closed, view)
    if can(Permission.CHANGE_CALENDAR, user):
        context["calendar_warnings"] = managers_warnings(today)
    if context["may_approve"]:
        cases = soonest_due(REQUESTS.rows(TO_APPROVE, view))[:SHOWN]
        letters = letters_in_hand(list(cases), LetterStatus.SUBMITTED)
        context["to_approve"] = _letters("Letters for me to approve", "submitted_by", letters)
        context["awaiting_approval"] = REQUESTS.figure(AWAITING_APPROVAL, view)
    if context["may_issue"]:
        cases = soonest_due(REQUESTS.rows(TO_ISSUE, view))[:SHOWN]
        letters = letters_in_hand(list(cases), LetterStatus.APPROVED)
        context["to_issue"] = _letters("Approved letters to issue", "approved_by", letters)
    if context["may_assign"]:
        unassigned = soonest_due(REQUESTS.rows(UNASSIGNED, view))
        context["unassigned"] = _requests("Requests without an officer", unassigned[:SHOWN], view)
    return context


def _requests(caption: str, cases: Iterable[FoiRequest], view: RequestView) -> Table[RequestRow]:
    return Table(caption, COLUMNS, REQUEST_COLUMNS, request_rows(cases, view))


def _letters(caption: str, by: str, letters: Iterable[Letter]) -> Table[Letter]:
    return Table(caption, LETTER_COLUMNS, ("reference", "subject", "letter", by, "due"), list(letters))


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
