"""The time limit for answering a request: FOIA s.10(1), s.1(3), s.10(6); EIR reg 5(2), reg 9(2) and (4).

Dated facts go in; states and dates come out. Nothing is counted on from the day before. The day of receipt
is day 0, also when it is not a working day: s.10(6) asks on which day the request arrived, not whether the
office was open. The answer is due by the end of day 20.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from requests_app.rules.working_days import WorkingDayCalendar

#: FOIA s.10(1), EIR reg 5(2).
RESPONSE_WORKING_DAYS = 20
#: Section 45 Code of Practice, para 5.3.
REVIEW_REQUEST_WORKING_DAYS = 40


class ClockOrderError(ValueError):
    """The dates cannot have happened in this order; the message says which and what to check."""


class ClockState(StrEnum):
    """What the clock does on the day it is read."""

    RUNNING = "running"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    RESPONDED = "responded"


@dataclass(frozen=True, slots=True)
class ClarificationEvent:
    """More information asked of the applicant, and the day it came (None while it has not).

    `restarts` is true when the authority reasonably needed it to identify and locate what was asked for
    (s.1(3)): the clock stands from the question on and starts afresh with the answer (s.10(6)). It is false
    when the request could be answered as it stood and the answer only narrows it: the clock runs through.
    """

    asked_on: date
    answered_on: date | None
    restarts: bool


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One line of the working: a day or event, whether it counts towards the limit, and why."""

    date: date
    counts: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The clock as it stands on `read_on` (the day of the response, once there is one).

    `started_on` is day 0. `working_day` (0 to 20 and on) and `working_days_left` add up to 20; days left are
    negative once the limit has passed. These and the dates are None while information is awaited.
    `review_request_by` is the last day to ask for an internal review, None before the response.
    """

    state: ClockState
    received_on: date
    read_on: date
    started_on: date | None
    day_one: date | None
    response_due: date | None
    working_day: int | None
    working_days_left: int | None
    responded_on: date | None
    review_request_by: date | None
    calendar_version: str
    steps: tuple[ClockStep, ...]

    @property
    def is_overdue(self) -> bool:
        """Whether the limit had passed on the day of the response or, without one, has passed now.

        True also on a weekend right after the limit, when no working day has been missed yet.
        """
        return self.response_due is not None and self.read_on > self.response_due


def response_due(
    received_on: date, clarifications: Iterable[ClarificationEvent], calendar: WorkingDayCalendar
) -> date | None:
    """Give the last day for the response: the 20th working day after receipt (s.10(1)).

    None while information under s.1(3) is awaited. Raises ClockOrderError and CalendarNotCovered.
    """
    start = clock_start(received_on, clarifications)
    return start and calendar.add_working_days(start, RESPONSE_WORKING_DAYS)


def clock_start(received_on: date, clarifications: Iterable[ClarificationEvent]) -> date | None:
    """Give day 0 of the limit: receipt or, if later, the last day information under s.1(3) came (s.10(6)).

    None while such information is awaited. Raises ClockOrderError.
    """
    start: date | None = received_on
    for event in clarifications:
        _check_order(received_on, event)
        if event.restarts and start is not None:
            start = max(start, event.answered_on) if event.answered_on else None
    return start


def review_request_by(responded_on: date, calendar: WorkingDayCalendar) -> date:
    """Give the last day to ask for an internal review: the 40th working day after the response.

    Section 45 Code, para 5.3, counted in working days as s.10(6) has them. Raises CalendarNotCovered.
    """
    return calendar.add_working_days(responded_on, REVIEW_REQUEST_WORKING_DAYS)


def read_clock(
    received_on: date,
    clarifications: Sequence[ClarificationEvent],
    calendar: WorkingDayCalendar,
    *,
    on: date,
    responded_on: date | None = None,
) -> ClockReading:
    """Read the clock of a request at the end of the day `on`, with its working in `steps`.

    Raises ClockOrderError for dates that cannot be, CalendarNotCovered for dates that cannot be counted.
    """
    if responded_on and responded_on < received_on:
        raise ClockOrderError(
            f"The response is dated {responded_on:%d/%m/%Y}, before the request was received on "
            f"{received_on:%d/%m/%Y}. Check both dates."
        )
    read_on = responded_on or on
    start = clock_start(received_on, clarifications)
    state = ClockState.RUNNING if start else ClockState.AWAITING_CLARIFICATION
    day = max(0, calendar.count_working_days(start, read_on)) if start else None
    return ClockReading(
        state=ClockState.RESPONDED if responded_on else state,
        received_on=received_on,
        read_on=read_on,
        started_on=start,
        day_one=calendar.add_working_days(start, 1) if start else None,
        response_due=calendar.add_working_days(start, RESPONSE_WORKING_DAYS) if start else None,
        working_day=day,
        working_days_left=None if day is None else RESPONSE_WORKING_DAYS - day,
        responded_on=responded_on,
        review_request_by=review_request_by(responded_on, calendar) if responded_on else None,
        calendar_version=calendar.version,
        steps=explain(received_on, clarifications, calendar, responded_on=responded_on),
    )


def explain(
    received_on: date,
    clarifications: Iterable[ClarificationEvent],
    calendar: WorkingDayCalendar,
    *,
    responded_on: date | None = None,
) -> tuple[ClockStep, ...]:
    """Show the working: every event, and every day from the one after day 0 to the last day for the response.

    The days are walked one by one, apart from how the due date is computed, so that each checks the other.
    Raises ClockOrderError and CalendarNotCovered.
    """
    events = tuple(clarifications)
    start = clock_start(received_on, events)
    steps = [ClockStep(received_on, False, "Request received: day 0")]
    for event in events:
        steps += _event_steps(event)
    if responded_on:
        steps.append(ClockStep(responded_on, False, "Response sent"))
    if start:
        steps += _day_steps(start, calendar)
    return tuple(sorted(steps, key=lambda step: step.date))


def _check_order(received_on: date, event: ClarificationEvent) -> None:
    if event.asked_on < received_on:
        raise ClockOrderError(
            f"Clarification was asked on {event.asked_on:%d/%m/%Y}, before the request was received on "
            f"{received_on:%d/%m/%Y}. Check both dates."
        )
    if event.answered_on and event.answered_on < event.asked_on:
        raise ClockOrderError(
            f"Clarification was answered on {event.answered_on:%d/%m/%Y}, before it was asked on "
            f"{event.asked_on:%d/%m/%Y}. Check both dates."
        )


def _event_steps(event: ClarificationEvent) -> Iterator[ClockStep]:
    asked, answered = (
        ("Clarification asked: the clock stops", "Clarification received: the clock starts again; day 0")
        if event.restarts
        else ("Clarification asked: the clock runs on", "Clarification received: it only narrows the request")
    )
    yield ClockStep(event.asked_on, False, asked)
    if event.answered_on:
        yield ClockStep(event.answered_on, False, answered)


def _day_steps(start: date, calendar: WorkingDayCalendar) -> Iterator[ClockStep]:
    day, counted = start, 0
    while counted < RESPONSE_WORKING_DAYS:
        day += timedelta(days=1)
        holiday = calendar.reason_not_working(day)
        if holiday:
            yield ClockStep(day, False, holiday)
            continue
        counted += 1
        last = ": last day for the response" if counted == RESPONSE_WORKING_DAYS else ""
        yield ClockStep(day, True, f"Working day {counted} of {RESPONSE_WORKING_DAYS}{last}")
