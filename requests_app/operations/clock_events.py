"""The dated events of a request besides clarification and the answer: recorded, corrected, withdrawn.

What each kind needs, moves and says is declared in `rules/clock/kinds`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.events.clock import CLOCK_EVENT_CORRECTED, CLOCK_EVENT_WITHDRAWN, RECORDING
from requests_app.models import FoiRequest, RecordedClockEvent
from requests_app.operations.casework import lock_case
from requests_app.operations.clock import follow_clock, read_or_refuse
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import calendar_for, clock_events, event_of, events_in_force
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.queries.reviewers import who_was_involved
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import ClockEvent, FieldType, RecordedKind
from requests_app.rules.clock.particulars import gaps
from requests_app.rules.clock.statutory_clock import response_due


@dataclass(frozen=True)
class ClockFact:
    """What is recorded of a clock event; the columns of `RecordedClockEvent` without who, when and what it replaces."""

    kind: RecordedKind
    on: date
    provision: str = ""
    estimate: date | None = None
    reason: str = ""
    comply_by: date | None = None
    amount: Decimal | None = None
    reference: str = ""
    finding: str = ""
    reviewer: User | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What is recorded besides the kind, by column."""
        return {name: getattr(self, name) for name in _COLUMNS}


_COLUMNS = tuple(name for name in ClockFact.__dataclass_fields__ if name != "kind")


@transaction.atomic
def record_clock_event(
    *, case_id: int, by: User, at: datetime, today: date, fact: ClockFact, seen_version: int | None = None
) -> RecordedClockEvent:
    """Record a dated event and bring due date and status in line with it.

    Raises NotPossible, on the input at fault, for an impossible event or order, and for a reviewer who took
    part in the decision; TransitionNotAllowed where the status of the request rules it out.
    """
    check_can(fact.kind.recorded_by, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_stands(case, fact.kind)
    _check_fact(case, fact, today)
    recorded = _keep(case, fact, by, at)
    return _conclude(
        case, recorded, event=RECORDING[fact.kind.code], by=by, at=at, today=today, reason=fact.reason
    )


@transaction.atomic
def correct_clock_event(
    *,
    case_id: int,
    event_id: int,
    by: User,
    at: datetime,
    today: date,
    fact: ClockFact,
    correction_reason: str,
    seen_version: int | None = None,
) -> RecordedClockEvent:
    """Replace a recorded event with a corrected one of the same kind, with the reason.

    What was recorded first is kept. Raises as `record_clock_event`, and NotPossible without a reason or for an
    event that has been corrected or withdrawn already.
    """
    check_can(fact.kind.recorded_by, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    earlier = _in_force(case, event_id)
    check_reason(correction_reason)
    _check_fact(case, fact, today)
    corrected = _keep(case, fact, by, at, replaced_row=earlier, correction_reason=correction_reason)
    return _conclude(
        case, corrected, event=CLOCK_EVENT_CORRECTED, by=by, at=at, today=today, reason=correction_reason
    )


@transaction.atomic
def withdraw_clock_event(
    *,
    case_id: int,
    event_id: int,
    by: User,
    at: datetime,
    today: date,
    correction_reason: str,
    seen_version: int | None = None,
) -> RecordedClockEvent:
    """Withdraw a recorded event because it did not happen, with the reason. The row is kept.

    Raises NotPossible without a reason, for an event not in force, and when what was recorded after it
    depends on it.
    """
    case = lock_case(pk=case_id, seen_version=seen_version)
    earlier = _in_force(case, event_id)
    check_can(earlier.declared.recorded_by, by)
    check_reason(correction_reason)
    withdrawn = _keep(
        case,
        fact_of(earlier),
        by,
        at,
        replaced_row=earlier,
        correction_reason=correction_reason,
        is_withdrawn=True,
    )
    return _conclude(
        case, withdrawn, event=CLOCK_EVENT_WITHDRAWN, by=by, at=at, today=today, reason=correction_reason
    )


def check_stands(case: FoiRequest, kind: RecordedKind) -> None:
    """Raise TransitionNotAllowed for an event that a request cannot have before its answer.

    After the answer the order of the events decides: one that was forgotten can still be recorded.
    """
    if not case.responded_on and (refusal := kind.needs.refusal(Status(case.status))):
        raise TransitionNotAllowed(refusal)


def fact_of(recorded: RecordedClockEvent) -> ClockFact:
    """Return a recorded event as a fact."""
    return ClockFact(kind=recorded.declared, **{name: getattr(recorded, name) for name in _COLUMNS})


def check_reason(correction_reason: str) -> None:
    """Raise NotPossible unless a correction gives its reason."""
    if not correction_reason.strip():
        raise NotPossible("Say what was wrong and how you know.", field="correction_reason")


def _in_force(case: FoiRequest, event_id: int) -> RecordedClockEvent:
    standing = events_in_force(case.recorded_clock_events.all())
    found = next((recorded for recorded in standing if recorded.pk == event_id), None)
    if found is None:
        raise NotPossible("This has been corrected or withdrawn already. Open the clock page again.")
    return found


def _check_fact(case: FoiRequest, fact: ClockFact, today: date) -> None:
    if not case.received_on <= fact.on <= today:
        raise NotPossible(
            f"The day must lie between {short_date(case.received_on)}, when the request was received, and today.",
            field="on",
        )
    if found := gaps(fact.kind, fact.columns, exemption_catalogue()):
        raise NotPossible(" ".join(gap.message for gap in found), field=found[0].field)
    if fact.reviewer and fact.reviewer.pk in who_was_involved(case):
        raise NotPossible(
            f"{fact.reviewer.name} took part in the decision. The review is for somebody who did not "
            "(s.45 Code, part 5).",
            field="reviewer",
        )


def _check_order(case: FoiRequest) -> None:
    """Refuse an event without what it rests on, where the clock does not, whichever of the two was changed."""
    standing = events_in_force(case.recorded_clock_events.all())
    for recorded in standing:
        needs = recorded.declared.needs
        if needs.untimely and not any(
            earlier.declared in needs.after and earlier.on <= recorded.on for earlier in standing
        ):
            raise NotPossible(needs.untimely.format(short_date(recorded.on)), field="on")


def _keep(case: FoiRequest, fact: ClockFact, by: User, at: datetime, **correction: Any) -> RecordedClockEvent:
    recorded = RecordedClockEvent(
        foi_request=case,
        kind=fact.kind.code,
        recorded_by=by,
        recorded_at=at,
        **fact.columns,
        **correction,
    )
    recorded.save(force_insert=True)
    return recorded


def _conclude(
    case: FoiRequest,
    recorded: RecordedClockEvent,
    *,
    event: Event,
    by: User,
    at: datetime,
    today: date,
    reason: str,
) -> RecordedClockEvent:
    """Check that the events are possible, follow the clock where they move the limit, and keep the trail."""
    before = case.due_on
    if recorded.estimate and not recorded.is_withdrawn:
        _check_estimate(case, recorded)
    if recorded.declared.moves_limit:
        follow_clock(case, by=by, today=today, field="on")
    else:
        _check_order(case)
        read_or_refuse(case, today, field="on")
    fields = [field for field in recorded.declared.fields if field.type is not FieldType.PROSE]
    detail = {
        "kind": recorded.kind,
        **{field.name: getattr(recorded, field.name) for field in fields},
        "due_before": before,
        "due_on": case.due_on,
    }
    save_with_event(
        case,
        event=event,
        by=by,
        at=at,
        detail={name: value for name, value in detail.items() if value},
        words={"reason": reason},
    )
    return recorded


def _check_estimate(case: FoiRequest, recorded: RecordedClockEvent) -> None:
    """Hold the estimate of an extension against the limit; raise NotPossible on the input that is to blame.

    Only when it is recorded: an estimate that was right then stays what it was when the calendar changes.
    """
    extension, policy = event_of(recorded), clock_policy(authority())
    calendar, events = calendar_for(case, checked_now=True), clock_events(case)
    planned = replace(extension, as_recorded=False)
    try:
        response_due(case.received_on, [planned if e == extension else e for e in events], calendar, policy)
    except (ClockOrderError, CalendarNotCovered) as error:
        raise NotPossible(str(error), field=_field_at_fault(case, extension, events)) from error


def _field_at_fault(case: FoiRequest, extension: ClockEvent, events: Sequence[ClockEvent]) -> str:
    """The input to blame for events that are not possible: the estimate, if without it they are."""
    without = [replace(e, estimate=None) if e == extension else e for e in events]
    try:
        response_due(case.received_on, without, calendar_for(case), clock_policy(authority()))
    except (ClockOrderError, CalendarNotCovered):
        return "on"
    return "estimate"
