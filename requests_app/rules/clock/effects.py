"""What each event does to the time limit of a request.

FOIA ss.1(3), 9, 10 and 17; EIR regs 5, 7, 8, 9 and 14. Events are followed by day; those of one day in their
natural order, a question before an answer and an answer before the response.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from foitracker.working_days.calendar_periods import months_after
from requests_app.rules.clock.course import (
    ACT_IN_FORCE,
    EXTENDED_WORKING_DAYS,
    RESPONSE_WORKING_DAYS,
    ClockPolicy,
    Course,
    Extension,
)
from requests_app.rules.clock.events import (
    DEEMED_NEXT_WORKING_DAY,
    ClockEvent,
    ClockOrderError,
    EventKind,
    Regime,
)
from requests_app.rules.clock.paired_events import Charge, Question, charges, questions


def follow(
    received_on: date, events: Iterable[ClockEvent], calendar: WorkingDayCalendar, policy: ClockPolicy
) -> Course:
    """Follow a request from receipt through its events. Raises ClockOrderError and CalendarNotCovered."""
    events = tuple(events)
    check_received(received_on)
    _check_days(received_on, events, calendar)
    course = Course(received_on, regime_of(events), _policy(events, policy), calendar, None)
    course.started = course.day_zero(received_on)
    course.told.append((received_on, "Request received: day 0"))
    if course.started != received_on:
        course.told.append((course.started, "Taken as received on this day (s.45 Code, para 4.2): day 0"))
    for _day, _rank, act in sorted(_acts(course, events), key=lambda entry: entry[:2]):
        act()
    return course


def check_received(received_on: date) -> None:
    """Refuse a request received before there was a right of access. Raises ClockOrderError."""
    if received_on < ACT_IN_FORCE:
        raise ClockOrderError(
            f"The request was received on {short_date(received_on)}. The right of access began on "
            f"{short_date(ACT_IN_FORCE)}: check the date."
        )


def regime_of(events: Iterable[ClockEvent]) -> Regime:
    """Return the regime the events name, FOIA when they name none. Raises ClockOrderError when they differ."""
    named = {event.value for event in events if event.kind is EventKind.REGIME}
    if len(named) > 1:
        raise ClockOrderError("Two regimes are given. Name the one the request is answered under.")
    return Regime(named.pop()) if named else Regime.FOIA


_UNDATED = {
    EventKind.REGIME,
    EventKind.POLICY,
    EventKind.NOTE,
    EventKind.FEE_UNPAID,
    EventKind.REVIEW_EXTENDED,
    EventKind.CLARIFICATION_RECEIVED,
}


def _check_days(received_on: date, events: Iterable[ClockEvent], calendar: WorkingDayCalendar) -> None:
    for event in events:
        name = event.kind.replace("_", " ").replace("pit ", "public interest ").replace("eir ", "EIR ")
        if event.day is None and event.kind not in _UNDATED:
            raise ClockOrderError(f"The event “{name}” has no date. Enter the day it happened.")
        if event.day and event.day < received_on:
            raise ClockOrderError(
                f"The event “{name}” is dated {short_date(event.day)}, before the request was received on "
                f"{short_date(received_on)}. Check both dates."
            )
        if event.day and event.day.year > calendar.last_year:
            raise CalendarNotCovered(event.day, calendar.first_year, calendar.last_year)


def _policy(events: Iterable[ClockEvent], policy: ClockPolicy) -> ClockPolicy:
    deemed = any(e.kind is EventKind.POLICY and e.value == DEEMED_NEXT_WORKING_DAY for e in events)
    return replace(policy, deemed_next_working_day=True) if deemed else policy


def _acts(course: Course, events: tuple[ClockEvent, ...]) -> Iterable[tuple[date, int, Callable[[], None]]]:
    """What is to be done, with its day and its rank among what happened on that day."""
    for question in questions(events):
        yield question.asked, 0, partial(_ask, course, question)
        if question.answered:
            yield question.answered, 2, partial(_answer, course, question, question.answered)
    for charge in charges(events, course.regime, course.calendar):
        yield charge.notified, 1, partial(_notify_charge, course, charge)
        if charge.paid:
            yield charge.paid, 3, partial(_take_payment, course, charge, charge.paid)
    for event in events:
        if event.day and event.kind in _RANKED:
            rank, act = _RANKED[event.kind]
            yield event.day, rank, partial(act, course, event, event.day)


def _ask(course: Course, question: Question) -> None:
    """FOIA s.1(3); EIR reg 9(2), which gives 20 working days for asking."""
    late = course.passed(question.asked)
    asked = "Particulars asked (reg 9)" if course.is_eir else "Clarification asked (s.1(3))"
    if course.responded:
        effect = "after the response, so the limit it answered is not touched"
    elif not question.restarts:
        effect = "the clock runs on"
    elif late and course.is_eir:
        effect = f"later than reg 9(2) allows, so the limit of {short_date(late)} stands"
    else:
        course.open_questions.append(question)
        course.stops.append(question)
        course.started = None
        effect = "the clock stops"
        if late:
            effect += f"; the limit of {short_date(late)} had passed before (s.10(1))"
    course.told.append((question.asked, f"{asked}: {effect}"))


def _answer(course: Course, question: Question, day: date) -> None:
    """The clock restarts, as from a new receipt (FOIA s.10(6), EIR reg 9(4))."""
    if question not in course.open_questions:
        effect = "the limit stands" if question.restarts else "it only narrows the request"
        course.told.append((day, f"Clarification received: {effect}"))
        return
    lapsed_on = months_after(question.asked, course.policy.clarification_lapse_months)
    course.open_questions.remove(question)
    if course.open_questions:
        course.told.append((day, "Clarification received: another question is still open"))
        return
    course.started, course.responded = course.day_zero(day), None
    effect = "the clock starts again; day 0"
    if day > lapsed_on:
        effect = (
            f"the request had lapsed on {short_date(lapsed_on)} and is opened again as a new receipt; day 0"
        )
    elif course.started != day:
        effect = f"the clock starts again; day 0 is {short_date(course.started)} (s.45 Code, para 4.2)"
    if course.extension:
        effect += "; the extension ended with the old limit"
        course.extension = None
    course.told.append((day, f"Clarification received: {effect}"))


def _notify_charge(course: Course, charge: Charge) -> None:
    """FOIA ss.9(1) and 10(2); EIR reg 8(4) to (6). A notice after the limit does not reopen it."""
    what = "Charge notified (reg 8)" if course.is_eir else "Fees notice given (s.9)"
    late = course.passed(charge.notified)
    if course.responded or late:
        law = "reg 8(4)" if course.is_eir else "s.9(1)"
        course.told.append((charge.notified, f"{what}: too late to stop the clock ({law})"))
        return
    course.charges.append(charge)
    course.told.append(
        (charge.notified, f"{what}: days stop counting; to be paid by {short_date(charge.payable_by)}")
    )


def _take_payment(course: Course, charge: Charge, day: date) -> None:
    if charge not in course.charges:
        effect = "the limit stands"
    elif charge.is_outstanding:
        effect = (
            f"after {short_date(charge.payable_by)}, the last day to pay, so the request stays lapsed; "
            "if you go on with it, log it as a new request"
        )
    else:
        effect = "days count again from the next one"
    course.told.append((day, f"Payment received: {effect}"))


def _extend_for_public_interest(course: Course, event: ClockEvent, day: date) -> None:
    """FOIA s.10(3), s.17(1) and (2): the notice stays due on day 20; at most day 40 unless a reason is given."""
    if course.is_eir:
        raise ClockOrderError(
            "The EIR know no extension for the public interest test. Extend under reg 7 if the request is "
            "complex and voluminous."
        )
    _check_running(course, day)
    if event.estimate and event.estimate < day:
        raise ClockOrderError(
            f"The estimated date {short_date(event.estimate)} lies before the notice of {short_date(day)}. Check both."
        )
    first, course.extension = course.extension is None, Extension(day, event.estimate)
    named = event.provision or "no qualified exemption is named"
    text = f"Public interest test extended (s.10(3), {named})"
    basic, furthest = course.limit(RESPONSE_WORKING_DAYS), course.limit(EXTENDED_WORKING_DAYS)
    if basic is None or furthest is None:
        course.told.append((day, f"{text}; the limit follows when the fee is paid"))
        return
    if not event.as_recorded:
        _check_estimate(event, basic, furthest)
    text += f" to {short_date(max(basic, event.estimate or furthest))}"
    if first and day > basic:
        text += f"; the notice was due on {short_date(basic)} (s.17(1))"
    if event.estimate and event.estimate > furthest:
        why = event.reason.strip() or "not by the calendar of the day it was notified"
        text += f"; more than {EXTENDED_WORKING_DAYS} working days: {why}"
    course.told.append((day, text))


def _check_estimate(event: ClockEvent, basic: date, furthest: date) -> None:
    """FOIA s.17(2): the estimate lies after the 20th day and, unless a reason is given, not after the 40th."""
    if event.estimate and event.estimate <= basic:
        raise ClockOrderError(
            f"The estimated date {short_date(event.estimate)} is not later than the limit of {short_date(basic)}: "
            "there is nothing to extend."
        )
    if event.estimate and event.estimate > furthest and not event.reason.strip():
        raise ClockOrderError(
            f"The estimated date {short_date(event.estimate)} is later than {short_date(furthest)}, the "
            f"{EXTENDED_WORKING_DAYS}th working day. Give the reason why more time is needed, or an earlier date."
        )


def _extend_for_complexity(course: Course, event: ClockEvent, day: date) -> None:
    """EIR reg 7(1) and (3): 40 working days, if the applicant is told within the first 20."""
    if not course.is_eir:
        raise ClockOrderError(
            "An extension for complexity and volume exists under the EIR only. Name the regime EIR, or extend "
            "for the public interest test (s.10(3))."
        )
    _check_running(course, day)
    late = course.passed(day)
    if late:
        course.told.append((day, f"Extension notified after {short_date(late)}: no effect (reg 7(3))"))
        return
    course.extension = Extension(day, None)
    furthest = course.limit(EXTENDED_WORKING_DAYS)
    until = f"to {short_date(furthest)}" if furthest else "; the limit follows when the charge is paid"
    course.told.append((day, f"Extended for complexity and volume (reg 7(1)) {until}"))


def _check_running(course: Course, day: date) -> None:
    """Refuse an extension when nothing is there to extend. Raises ClockOrderError."""
    if course.responded:
        raise ClockOrderError(
            f"The time was extended on {short_date(day)}, after the response of {short_date(course.responded)}. "
            "Check both dates."
        )
    if course.started is None:
        raise ClockOrderError(
            f"The time was extended on {short_date(day)}, while the clock stood until the applicant's answer: there "
            "was no limit to extend. Check the dates."
        )


def _respond(course: Course, event: ClockEvent, day: date) -> None:
    """The first response answers the limit; later ones correct it and do not move it."""
    course.told.append((day, "Response sent" if course.responded is None else "A further response sent"))
    course.responded = course.responded or day


def _remark(course: Course, event: ClockEvent, day: date) -> None:
    course.told.append((day, event.text or "Note"))


_RANKED: dict[EventKind, tuple[int, Callable[[Course, ClockEvent, date], None]]] = {
    EventKind.PIT_EXTENSION: (4, _extend_for_public_interest),
    EventKind.EIR_EXTENSION: (4, _extend_for_complexity),
    EventKind.RESPONSE_SENT: (5, _respond),
    EventKind.NOTE: (6, _remark),
}
