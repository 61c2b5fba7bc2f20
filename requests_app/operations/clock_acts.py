"""The dated facts of a request besides clarification and the answer: recorded, corrected, withdrawn.

FOIA ss.9, 10(2) and (3), 17(2), 50 to 52; s.45 Code paras 5.3 to 5.5; EIR regs 7, 8 and 11; Fees Regulations
reg 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.events.clock import CLOCK_EVENT_CORRECTED, CLOCK_EVENT_WITHDRAWN, RECORDED
from requests_app.models import REVIEW_KINDS, ClockAct, ClockActKind, FoiRequest
from requests_app.operations.casework import lock_case
from requests_app.operations.clock import follow_clock, read_or_refuse
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import acts_in_force, calendar_for, clock_events, event_of
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.queries.reviewers import who_was_involved
from requests_app.rules.casework.workflow import WORKFLOW, Status, Transition
from requests_app.rules.clock.events import ClockEvent, ClockOrderError
from requests_app.rules.clock.extensions import missing_particulars
from requests_app.rules.clock.statutory_clock import response_due

#: What moves the limit for the answer. The rest happens beside it or after it, and leaves due date and status alone.
LIMIT_KINDS = frozenset(
    {
        ClockActKind.FEES_NOTICE,
        ClockActKind.FEE_RECEIVED,
        ClockActKind.PIT_EXTENSION,
        ClockActKind.EIR_EXTENSION,
    }
)
_EXTENSIONS = frozenset({ClockActKind.PIT_EXTENSION, ClockActKind.EIR_EXTENSION})


@dataclass(frozen=True)
class ClockFact:
    """What is recorded of a clock event; the columns of `ClockAct` without who, when and what it replaces."""

    kind: ClockActKind
    on: date
    provision: str = ""
    estimate: date | None = None
    reason: str = ""
    comply_by: date | None = None
    amount: Decimal | None = None
    reference: str = ""
    finding: str = ""
    reviewer: User | None = None


def permission_for(kind: ClockActKind) -> Permission:
    """Return the permission to record, correct or withdraw an event of a kind."""
    return Permission.REVIEW if kind in REVIEW_KINDS else Permission.WORK_CASE


@transaction.atomic
def record_clock_act(
    *, case_id: int, by: User, at: datetime, today: date, fact: ClockFact, seen_version: int | None = None
) -> ClockAct:
    """Record a dated fact and bring due date and status in line with it.

    Raises NotPossible, on the input at fault, for an impossible fact or order, and for a reviewer who took
    part in the decision; TransitionNotAllowed where the status of the request rules it out.
    """
    check_can(permission_for(fact.kind), by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_stands(case, fact.kind)
    _check_fact(case, fact, today)
    act = _keep(case, fact, by, at)
    return _conclude(case, act, event=RECORDED[fact.kind], by=by, at=at, today=today, reason=fact.reason)


@transaction.atomic
def correct_clock_act(
    *,
    case_id: int,
    act_id: int,
    by: User,
    at: datetime,
    today: date,
    fact: ClockFact,
    correction_reason: str,
    seen_version: int | None = None,
) -> ClockAct:
    """Replace a recorded fact with a corrected one of the same kind, with the reason.

    What was recorded first is kept. Raises as `record_clock_act`, and NotPossible without a reason or for an
    event that has been corrected or withdrawn already.
    """
    check_can(permission_for(fact.kind), by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    earlier = _in_force(case, act_id)
    check_reason(correction_reason)
    _check_fact(case, fact, today)
    act = _keep(case, fact, by, at, replaces=earlier, correction_reason=correction_reason)
    return _conclude(
        case, act, event=CLOCK_EVENT_CORRECTED, by=by, at=at, today=today, reason=correction_reason
    )


@transaction.atomic
def withdraw_clock_act(
    *,
    case_id: int,
    act_id: int,
    by: User,
    at: datetime,
    today: date,
    correction_reason: str,
    seen_version: int | None = None,
) -> ClockAct:
    """Withdraw a recorded fact because it did not happen, with the reason. The row is kept.

    Raises NotPossible without a reason, for an event not in force, and when what was recorded after it
    depends on it.
    """
    case = lock_case(pk=case_id, seen_version=seen_version)
    earlier = _in_force(case, act_id)
    check_can(permission_for(ClockActKind(earlier.kind)), by)
    check_reason(correction_reason)
    act = _keep(
        case,
        fact_of(earlier),
        by,
        at,
        replaces=earlier,
        correction_reason=correction_reason,
        is_withdrawn=True,
    )
    return _conclude(
        case, act, event=CLOCK_EVENT_WITHDRAWN, by=by, at=at, today=today, reason=correction_reason
    )


def check_stands(case: FoiRequest, kind: ClockActKind) -> None:
    """Raise TransitionNotAllowed for an event that a request cannot have before its answer.

    After the answer the order of the facts decides: one that was forgotten can still be recorded.
    """
    if case.responded_on:
        return
    if kind is ClockActKind.FEES_NOTICE:
        WORKFLOW.next_status(Transition.NOTIFY_FEE, Status(case.status))
    elif kind in _EXTENSIONS and case.is_closed:
        raise TransitionNotAllowed("The request is closed: there is no time limit to extend.")


def fact_of(act: ClockAct) -> ClockFact:
    """Return a recorded event as a fact."""
    columns = {name: getattr(act, name) for name in ClockFact.__dataclass_fields__ if name != "kind"}
    return ClockFact(kind=ClockActKind(act.kind), **columns)


def check_reason(correction_reason: str) -> None:
    """Raise NotPossible unless a correction gives its reason."""
    if not correction_reason.strip():
        raise NotPossible("Say what was wrong and how you know.", field="correction_reason")


def _in_force(case: FoiRequest, act_id: int) -> ClockAct:
    found = next((act for act in acts_in_force(case.clock_acts.all()) if act.pk == act_id), None)
    if found is None:
        raise NotPossible("This has been corrected or taken out already. Open the clock page again.")
    return found


def _check_fact(case: FoiRequest, fact: ClockFact, today: date) -> None:
    if not case.received_on <= fact.on <= today:
        raise NotPossible(
            f"The day must lie between {short_date(case.received_on)}, when the request was received, and today.",
            field="on",
        )
    if fact.kind in _EXTENSIONS:
        _check_extension(fact)
    if fact.kind is ClockActKind.FEES_NOTICE and not (fact.amount and fact.amount > 0):
        raise NotPossible("Enter the fee, in pounds, as the notice states it (s.9(1)).", field="amount")
    if fact.comply_by and fact.comply_by < fact.on:
        raise NotPossible(
            "The day to comply by cannot lie before the notice. Copy it from there.", field="comply_by"
        )
    if fact.kind is ClockActKind.REVIEW_OUTCOME:
        _check_outcome(case, fact)


def _check_extension(fact: ClockFact) -> None:
    missing = missing_particulars(event_of(_row(fact)), exemption_catalogue())
    if not missing:
        return
    at_fault = "provision"
    if fact.kind is ClockActKind.EIR_EXTENSION:
        at_fault = "reason"
    elif fact.provision.strip() and fact.estimate is None and len(missing) == 1:
        at_fault = "estimate"
    raise NotPossible(" ".join(missing), field=at_fault)


def _check_outcome(case: FoiRequest, fact: ClockFact) -> None:
    if not fact.finding:
        raise NotPossible("Say how the review ended.", field="finding")
    if fact.reviewer is None:
        raise NotPossible("Say who reviewed the answer.", field="reviewer")
    if fact.reviewer.pk in who_was_involved(case):
        raise NotPossible(
            f"{fact.reviewer.name} took part in the decision. The review is for somebody who did not "
            "(s.45 Code, part 5).",
            field="reviewer",
        )


def _check_review_asked(case: FoiRequest) -> None:
    """No outcome without a request for review, whichever of the two is recorded, corrected or withdrawn."""
    standing = acts_in_force(case.clock_acts.all())
    asked = [
        act.on
        for act in standing
        if act.kind in (ClockActKind.REVIEW_RECEIVED, ClockActKind.REPRESENTATIONS_RECEIVED)
    ]
    for outcome in standing:
        if outcome.kind == ClockActKind.REVIEW_OUTCOME and not any(day <= outcome.on for day in asked):
            raise NotPossible(
                f"No review had been asked for by {short_date(outcome.on)}, the day of the outcome. Record the "
                "request for review, or correct the outcome first.",
                field="on",
            )


def _row(fact: ClockFact) -> ClockAct:
    return ClockAct(**{name: getattr(fact, name) for name in ClockFact.__dataclass_fields__})


def _keep(case: FoiRequest, fact: ClockFact, by: User, at: datetime, **correction: Any) -> ClockAct:
    act = _row(fact)
    act.foi_request, act.recorded_by, act.recorded_at = case, by, at
    for name, value in correction.items():
        setattr(act, name, value)
    act.save(force_insert=True)
    return act


def _conclude(
    case: FoiRequest, act: ClockAct, *, event: Event, by: User, at: datetime, today: date, reason: str
) -> ClockAct:
    """Check that the facts are possible, follow the clock where they move the limit, and record the event."""
    before = case.due_on
    if act.kind in _EXTENSIONS and not act.is_withdrawn:
        _check_estimate(case, act)
    if act.kind in LIMIT_KINDS:
        follow_clock(case, by=by, today=today, field="on")
    else:
        _check_review_asked(case)
        read_or_refuse(case, today, field="on")
    detail = {
        "kind": act.kind,
        "on": act.on.isoformat(),
        "provision": act.provision,
        "estimate": act.estimate.isoformat() if act.estimate else None,
        "comply_by": act.comply_by.isoformat() if act.comply_by else None,
        "amount": act.amount,
        "reference": act.reference,
        "finding": act.finding,
        "reviewer": act.reviewer,
        "due_before": before.isoformat() if before else None,
        "due_on": case.due_on.isoformat() if case.due_on else None,
    }
    save_with_event(
        case,
        event=event,
        by=by,
        at=at,
        detail={name: value for name, value in detail.items() if value},
        words={"reason": reason},
    )
    return act


def _check_estimate(case: FoiRequest, act: ClockAct) -> None:
    """Hold the estimate of an extension against the limit; raise NotPossible on the input that is to blame.

    Only when it is recorded: an estimate that was right then stays what it was when the calendar changes.
    """
    recorded, policy = event_of(act), clock_policy(authority())
    calendar, events = calendar_for(case, checked_now=True), clock_events(case)
    planned = replace(recorded, as_recorded=False)
    try:
        response_due(case.received_on, [planned if e == recorded else e for e in events], calendar, policy)
    except (ClockOrderError, CalendarNotCovered) as error:
        raise NotPossible(str(error), field=_field_at_fault(case, recorded, events)) from error


def _field_at_fault(case: FoiRequest, recorded: ClockEvent, events: Sequence[ClockEvent]) -> str:
    """The input to blame for facts that are not possible: the estimate, if without it they are."""
    without = [replace(e, estimate=None) if e == recorded else e for e in events]
    try:
        response_due(case.received_on, without, calendar_for(case), clock_policy(authority()))
    except (ClockOrderError, CalendarNotCovered):
        return "on"
    return "estimate"
