"""Clarification asked and answered, and what every operation does that moves the statutory clock."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.identity.traces import mask
from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.events.clock import CLARIFICATION_ANSWERED, CLARIFICATION_ASKED, ITEMS_EXCLUDED
from requests_app.models import Clarification, FoiRequest, RequestItem
from requests_app.operations.casework import check_unanswered, lock_case, move
from requests_app.operations.decision import chosen_items
from requests_app.operations.masking import found_in_answer, seal
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import calendar_for, clock_events, clock_of, policy_for
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import (
    LAPSED_OUTCOMES,
    WAITING_STATUSES,
    Outcome,
    Status,
    Transition,
)
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.statutory_clock import ClockReading, ClockStatus


def refresh_due(case: FoiRequest, *, field: str) -> None:
    """Set `due_on`, the dates cached with it, and the calendar they were computed with. Does not save.

    A clock that does not run leaves no due date: clarification or a fee is outstanding (FOIA ss.1(3), 9), or an
    answer has gone out and is being corrected. Raises NotPossible, naming the input `field`, for days that cannot
    follow one another or that the calendar does not reach.
    """
    calendar, policy = calendar_for(case, checked_now=True), policy_for(case, clock_policy(authority()))
    try:
        take_dates(case, clock_dates(case.received_on, clock_events(case), calendar, policy))
    except (ClockOrderError, CalendarNotCovered) as error:
        raise NotPossible(str(error), field=field) from error
    if case.responded_on and not case.is_closed:
        case.due_on = None
    case.calendar_version, case.deemed_next_working_day = calendar.version, policy.deemed_next_working_day


def take_dates(case: FoiRequest, dates: ClockDates) -> None:
    """Set the dates that a request caches. Does not save."""
    for name in fields(ClockDates):
        setattr(case, name.name, getattr(dates, name.name))


def follow_clock(case: FoiRequest, *, by: User, today: date, field: str) -> None:
    """Bring due date and status in line with the dated facts as they now are.

    Whoever works first on an unassigned request takes it up. Does not save. Raises NotPossible, on the input
    `field`, for impossible facts or an impossible order; TransitionNotAllowed when the request would have
    to wait for the applicant while its letter is with an approver.
    """
    refresh_due(case, field=field)
    clock = read_or_refuse(case, today, field=field)
    was_closed = case.is_closed
    _settle(case, clock, by)
    if was_closed and not case.is_closed:
        refresh_due(case, field=field)  # no longer by the calendar it was closed with
    stale = case.lapse_warnings.all()
    if lapses_on := lapse_day(clock):
        stale = stale.exclude(lapses_on=lapses_on)
    stale.delete()


def read_or_refuse(case: FoiRequest, today: date, *, field: str) -> ClockReading:
    """Read the clock; impossible facts raise NotPossible on the input `field`."""
    try:
        return clock_of(case, today)
    except (ClockOrderError, CalendarNotCovered) as error:
        raise NotPossible(str(error), field=field) from error


def lapse_day(clock: ClockReading) -> date | None:
    """Return the last day for what a request is waiting for; None when it is not waiting."""
    if clock.status in (ClockStatus.RUNNING, ClockStatus.RESPONDED):
        return None
    return clock.clarification_lapses_on or clock.fee_payable_by


def _settle(case: FoiRequest, clock: ClockReading, by: User) -> None:
    """Set the status that follows from what the applicant still has to do."""
    if case.is_closed:
        if case.outcome not in LAPSED_OUTCOMES.values() or clock.status is ClockStatus.LAPSED:
            return
        move(case, Transition.REOPEN)
        case.outcome, case.closed_on = "", None
    waits_for = _waits_for(case, clock)
    if waits_for == case.status or (waits_for is None and case.status not in WAITING_STATUSES):
        return
    if case.status in WAITING_STATUSES and waits_for != Status.AWAITING_CLARIFICATION:
        move(case, Transition.RESUME)
    if waits_for:
        move(case, _WAITING_BY[waits_for])
    case.officer = case.officer or by


_WAITING_BY = {
    Status.AWAITING_CLARIFICATION: Transition.ASK_CLARIFICATION,
    Status.AWAITING_FEE: Transition.NOTIFY_FEE,
}


def _waits_for(case: FoiRequest, clock: ClockReading) -> Status | None:
    """An open question comes before a fee; a question that came too late to stop the clock is still open."""
    if case.responded_on:
        return None
    if case.clarifications.filter(answered_on__isnull=True).exists():
        return Status.AWAITING_CLARIFICATION
    return Status.AWAITING_FEE if lapse_day(clock) else None


@transaction.atomic
def ask_clarification(
    *,
    case_id: int,
    by: User,
    at: datetime,
    asked_on: date,
    question: str,
    today: date,
    seen_version: int | None = None,
) -> Clarification:
    """Record that clarification was asked and stop the clock (FOIA s.1(3)).

    Raises NotPossible for a date before receipt or in the future, or once the request has had its answer;
    TransitionNotAllowed while another question is open.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_unanswered(case)
    if not question.strip():
        raise NotPossible("Enter the question as it was put to the applicant.", field="question")
    if not case.received_on <= asked_on <= today:
        raise NotPossible(
            f"The day of asking must lie between {short_date(case.received_on)}, when the request was received, "
            "and today.",
            field="asked_on",
        )
    last_answer = case.clarifications.order_by("-answered_on").values_list("answered_on", flat=True).first()
    if last_answer and asked_on < last_answer:
        raise NotPossible(
            f"The earlier clarification was answered on {short_date(last_answer)}; ask on or after that day.",
            field="asked_on",
        )
    move(case, Transition.ASK_CLARIFICATION)
    clarification = Clarification.objects.create(
        foi_request=case, asked_on=asked_on, question=question, asked_by=by
    )
    follow_clock(case, by=by, today=today, field="asked_on")
    save_with_event(case, event=CLARIFICATION_ASKED, by=by, at=at, detail={"asked_on": asked_on.isoformat()})
    return clarification


@transaction.atomic
def answer_clarification(
    *,
    case_id: int,
    by: User,
    at: datetime,
    answered_on: date,
    answer: str,
    effect: ClockEffect,
    effect_reason: str,
    excluded_item_ids: Collection[int],
    today: date,
    seen_version: int | None = None,
) -> Clarification:
    """Record the applicant's answer, what it excludes, and what it does to the clock.

    The answer is sealed as it came; in its copy all is masked that may tell who asks.

    RESTARTS allows the full time again from the answer (s.10(6)(b)); NARROWS lets the first limit stand. An
    answer to a request closed as lapsed reopens it, as a new receipt. Raises NotPossible for a day before the
    question or in the future, without the answer's words or the reason, or when an item that goes out is the
    original of a duplicate that stays.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    lapsed = case.outcome == Outcome.LAPSED
    if not lapsed:
        move(case, Transition.ANSWER_CLARIFICATION)
    if lapsed and effect is not ClockEffect.RESTARTS:
        raise NotPossible(
            "The request had lapsed, so this answer is a new receipt: the time limit starts afresh.",
            field="effect",
        )
    clarification = case.clarifications.get(answered_on__isnull=True)
    _check_answer(clarification, answered_on, answer, effect_reason, today)
    traces = found_in_answer(case, answer)
    clarification.answered_on, clarification.answer = answered_on, mask(answer, traces)
    clarification.effect, clarification.effect_reason = effect, effect_reason
    clarification.save()
    masked = seal(case, answer, traces, by=by, at=at, clarification=clarification)
    excluded = _exclude(case, clarification, excluded_item_ids, by, at)
    follow_clock(case, by=by, today=today, field="answered_on")
    case.officer = case.officer or by
    detail = {
        "answered_on": answered_on.isoformat(),
        "effect": effect,
        "excluded": [item.label for item in excluded],
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "reopened": lapsed,
        **({"masked": masked} if masked else {}),
    }
    event = ITEMS_EXCLUDED if excluded else CLARIFICATION_ANSWERED
    save_with_event(case, event=event, by=by, at=at, detail=detail, words={"reason": effect_reason})
    return clarification


def _check_answer(
    clarification: Clarification, answered_on: date, answer: str, effect_reason: str, today: date
) -> None:
    if not clarification.asked_on <= answered_on <= today:
        raise NotPossible(
            f"The day of the answer must lie between {short_date(clarification.asked_on)}, when it was asked, "
            "and today.",
            field="answered_on",
        )
    if not answer.strip():
        raise NotPossible("Enter the applicant's answer.", field="answer")
    if not effect_reason.strip():
        raise NotPossible("Say why the time limit restarts or runs on.", field="effect_reason")


def _exclude(
    case: FoiRequest, clarification: Clarification, item_ids: Collection[int], by: User, at: datetime
) -> list[RequestItem]:
    if not item_ids:
        return []
    excluded = chosen_items(case, item_ids, field="excluded_items")
    orphan = case.items.filter(duplicate_of__in=excluded).exclude(pk__in=item_ids).first()
    if orphan:
        raise NotPossible(
            f"Item {orphan.label} is a duplicate of one you exclude. Decide item {orphan.label} first, or "
            "exclude both.",
            field="excluded_items",
        )
    for item in excluded:
        item.disposition, item.duplicate_of, item.location = Disposition.EXCLUDED, None, ""
        item.decided_by, item.decided_at = by, at
        item.save()
    clarification.excluded_items.set(excluded)
    return excluded
