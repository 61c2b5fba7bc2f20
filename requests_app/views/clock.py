"""The clock of a request: every date, everything that moved it, its working, and what can be recorded."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can, why_not
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import FoiRequest, RecordedClockEvent
from requests_app.operations.clock_events import check_stands
from requests_app.queries.clock import clock_of
from requests_app.queries.clock_history import clock_history, events_that_stand
from requests_app.queries.finding import find_request
from requests_app.rules.casework.workflow import WORKFLOW, Outcome, Status, Transition
from requests_app.rules.clock.events import RecordedKind
from requests_app.rules.clock.kinds.table import RECORDED
from requests_app.rules.clock.law import Regime
from requests_app.templatetags.clock_dates import applying_dates


@dataclass(frozen=True)
class PossibleEvent:
    """An event that could be recorded, or the reason why it cannot be now."""

    label: str
    url: str
    reason: str


@require_safe
def clock_page(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Show the clock in full, without anything about the applicant."""
    check_can(Permission.VIEW_CASES, request.user)
    case = find_request(request.user, year, number)
    facts = clock_history(case)
    clock = clock_of(case, timezone.localdate())
    context = {
        "case": case,
        "clock": clock,
        "dates": applying_dates(clock),
        "facts": [
            (fact, fact.changed_by is not None and can(fact.changed_by, request.user)) for fact in facts
        ],
        "possible": list(_possible(case, request.user, events_that_stand(facts))),
    }
    return render(request, "requests_app/clock/clock.html", context)


def _possible(case: FoiRequest, user: User, standing: list[RecordedClockEvent]) -> Iterator[PossibleEvent]:
    at = [case.year, case.number]
    yield PossibleEvent(
        "Ask for clarification", reverse("requests_app:clarification_ask", args=at), _why_not_ask(case, user)
    )
    yield PossibleEvent(
        "Record the answer to a clarification",
        reverse("requests_app:clarification_answer", args=at),
        _why_not_answer(case, user),
    )
    for kind in RECORDED.values():
        if kind.is_offered(Regime(case.regime)):
            url = reverse("requests_app:clock_event", args=[*at, kind.address])
            yield PossibleEvent(kind.label, url, _why_not(case, user, kind, standing))


def _why_not_ask(case: FoiRequest, user: User) -> str:
    return why_not(check_can, Permission.WORK_CASE, user) or _refusal(Transition.ASK_CLARIFICATION, case)


def _why_not_answer(case: FoiRequest, user: User) -> str:
    lapsed = case.outcome == Outcome.LAPSED
    return why_not(check_can, Permission.WORK_CASE, user) or (
        "" if lapsed else _refusal(Transition.ANSWER_CLARIFICATION, case)
    )


def _refusal(transition: Transition, case: FoiRequest) -> str:
    try:
        WORKFLOW.next_status(transition, Status(case.status))
    except TransitionNotAllowed as refusal:
        return str(refusal)
    return ""


def _why_not(case: FoiRequest, user: User, kind: RecordedKind, standing: list[RecordedClockEvent]) -> str:
    """The reason of role, of status, or of what has to come first; empty when the event can be recorded."""
    if reason := why_not(check_can, kind.recorded_by, user):
        return reason
    try:
        check_stands(case, kind)
    except TransitionNotAllowed as refusal:
        return str(refusal)
    after = kind.needs.after
    return kind.needs.not_yet if after and not any(row.declared in after for row in standing) else ""
