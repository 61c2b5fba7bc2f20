"""The page “Supervision”: how each part stands, and the way to it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.improvement.queries import open_points, overdue_points
from foitracker.pages.words import counted, in_words
from requests_app.measures import REQUESTS, SUPERVISION_ACTION_OVERDUE, SUPERVISION_DUE, RequestView
from requests_app.queries.dip_sample import samples
from requests_app.queries.recovery import plans
from requests_app.queries.supervision import actions
from requests_app.queries.triage import last_sheet, new_requests, new_since


@dataclass(frozen=True)
class Part:
    """One part of supervision: its page, what it is for, and how it stands. `is_late` marks what is overdue."""

    label: str
    url: str
    about: str
    stands: str
    is_late: bool = False


@require_safe
def supervision(request: SignedInRequest) -> HttpResponse:
    """Show the parts of supervision, with the figures that want attention."""
    check_can(Permission.OVERSEE, request.user)
    view = RequestView(timezone.localdate(), request.user)
    measures = (SUPERVISION_DUE, SUPERVISION_ACTION_OVERDUE)
    figures = {one.code: REQUESTS.figure(one, view) for one in measures}
    context = {
        "figures": figures,
        "parts": [_reviews(view), _actions(view), _triage(request.user, view), *_checks(), _log(view)],
    }
    return render(request, "requests_app/supervision/index.html", context)


def _reviews(view: RequestView) -> Part:
    number = REQUESTS.rows(SUPERVISION_DUE, view).count()
    return Part(
        "Overdue supervision reviews",
        reverse("requests_app:supervision_reviews"),
        "Open requests that nobody has reviewed in time.",
        f"{counted(number, 'review')} overdue" if number else "None overdue",
        is_late=bool(number),
    )


def _actions(view: RequestView) -> Part:
    number, late = actions("", today=view.today).count(), actions("overdue", today=view.today).count()
    return Part(
        "Supervision actions",
        reverse("requests_app:supervision_actions"),
        "What supervision reviews asked for, and who is to do it.",
        f"{number} open, {late} overdue",
        is_late=bool(late),
    )


def _triage(user: User, view: RequestView) -> Part:
    last = last_sheet()
    now = timezone.now()
    number = new_requests(user, new_since(last, view.today), now).count()
    since = f"since the meeting of {in_words(last.held_on)}" if last else "in the last 7 days"
    return Part(
        "Triage sheet",
        reverse("requests_app:triage"),
        "New requests for the next meeting, on screen and printed.",
        f"{counted(number, 'new request')} {since}",
    )


def _checks() -> list[Part]:
    sample, plan = samples().first(), plans().first()
    return [
        Part(
            "Dip samples",
            reverse("requests_app:dip_samples"),
            "A random sample of issued answers, read by somebody who took no part in them.",
            f"Latest: {sample.assessed} of {sample.size} letters assessed" if sample else "None drawn yet",  # type: ignore[attr-defined]
        ),
        Part(
            "Recovery plans",
            reverse("requests_app:recovery_plans"),
            "A date by which old requests are to be answered, and how it is going.",
            f"Latest: {plan.still_open} of {plan.size} requests still open, to be answered by {in_words(plan.clear_by)}"  # type: ignore[attr-defined]
            if plan
            else "None made yet",
        ),
    ]


def _log(view: RequestView) -> Part:
    number, late = open_points().count(), overdue_points(view.today).count()
    return Part(
        "Improvement log",
        reverse("improvement:points"),
        "What the team is to do better, whose it is and by when.",
        f"{number} open, {late} overdue",
        is_late=bool(late),
    )
