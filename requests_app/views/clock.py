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
from requests_app.models import ClockAct, ClockActKind, FoiRequest, Regime
from requests_app.operations.clock_acts import check_stands, permission_for
from requests_app.queries.clock import clock_of
from requests_app.queries.clock_history import acts_that_stand, clock_history
from requests_app.queries.finding import find_request
from requests_app.rules.casework.workflow import WORKFLOW, Outcome, Status, Transition
from requests_app.templatetags.clock_dates import applying_dates
from requests_app.views.clock_acts import slug_of

Kind = ClockActKind
#: What exists under one regime alone.
_ONLY_UNDER: dict[ClockActKind, str] = {
    Kind.PIT_EXTENSION: Regime.FOIA,
    Kind.REVIEW_RECEIVED: Regime.FOIA,
    Kind.REVIEW_EXTENDED: Regime.FOIA,
    Kind.RELATED_REQUEST: Regime.FOIA,
    Kind.EIR_EXTENSION: Regime.EIR,
    Kind.REPRESENTATIONS_RECEIVED: Regime.EIR,
}


@dataclass(frozen=True)
class PossibleAct:
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
        "facts": facts,
        "possible": list(_possible(case, request.user, acts_that_stand(facts))),
        "may_work": can(Permission.WORK_CASE, request.user),
        "may_review": can(Permission.REVIEW, request.user),
    }
    return render(request, "requests_app/clock/clock.html", context)


def _possible(case: FoiRequest, user: User, standing: list[ClockAct]) -> Iterator[PossibleAct]:
    at = [case.year, case.number]
    yield PossibleAct(
        "Ask for clarification", reverse("requests_app:clarification_ask", args=at), _why_not_ask(case, user)
    )
    yield PossibleAct(
        "Record the answer to a clarification",
        reverse("requests_app:clarification_answer", args=at),
        _why_not_answer(case, user),
    )
    for kind in ClockActKind:
        if _ONLY_UNDER.get(kind, case.regime) == case.regime:
            url = reverse("requests_app:clock_act", args=[*at, slug_of(kind)])
            yield PossibleAct(kind.label, url, _why_not(case, user, kind, standing))


def _why_not_ask(case: FoiRequest, user: User) -> str:
    return why_not(check_can, Permission.WORK_CASE, user) or _refusal(Transition.ASK_CLARIFICATION, case)


def _why_not_answer(case: FoiRequest, user: User) -> str:
    lapsed = case.outcome == Outcome.LAPSED
    return why_not(check_can, Permission.WORK_CASE, user) or (
        "" if lapsed else _refusal(Transition.ANSWER_CLARIFICATION, case)
    )


def _refusal(act: Transition, case: FoiRequest) -> str:
    try:
        WORKFLOW.next_status(act, Status(case.status))
    except TransitionNotAllowed as refusal:
        return str(refusal)
    return ""


def _why_not(case: FoiRequest, user: User, kind: ClockActKind, standing: list[ClockAct]) -> str:
    """The reason of role, of status, or of what has to come first; empty when the event can be recorded."""
    if reason := why_not(check_can, permission_for(kind), user):
        return reason
    try:
        check_stands(case, kind)
    except TransitionNotAllowed as refusal:
        return str(refusal)
    recorded = {act.kind for act in standing}
    if kind is Kind.FEE_RECEIVED and Kind.FEES_NOTICE not in recorded:
        return "No fees notice is recorded."
    asked = recorded & {Kind.REVIEW_RECEIVED, Kind.REPRESENTATIONS_RECEIVED}
    if kind in (Kind.REVIEW_EXTENDED, Kind.REVIEW_OUTCOME) and not asked:
        return "No review has been asked for."
    return ""
