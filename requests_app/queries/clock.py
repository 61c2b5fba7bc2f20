"""The statutory clock of a request, read from its dated facts."""

from datetime import date

from requests_app.models import FoiRequest
from requests_app.queries.calendar import current_calendar
from requests_app.rules.clock_events import ClockEvent, EventKind, clarification
from requests_app.rules.letter_facts import ClockEffect
from requests_app.rules.statutory_clock import ClockReading, read_clock, response_due
from requests_app.rules.working_days import CalendarNotCovered


def clock_events(case: FoiRequest) -> tuple[ClockEvent, ...]:
    """This function will give what happened to a request as values for the clock, clarifications oldest first."""
    events = [ClockEvent(EventKind.REGIME, value=case.regime)]
    for c in case.clarifications.all():
        events += clarification(c.asked_on, c.answered_on, restarts=c.effect != ClockEffect.NARROWS)
    if case.responded_on:
        events.append(ClockEvent(EventKind.RESPONSE_SENT, case.responded_on))
    return tuple(events)


def clock_of(case: FoiRequest, today: date) -> ClockReading:
    """This function will read the clock of a request on a day: status, due date, day n of 20, steps."""
    return read_clock(case.received_on, clock_events(case), current_calendar(), on=today)


def working_days_left(due_on: date | None, today: date) -> int | None:
    """This function will give the working days left to a due date, negative once past; None without one.

    The same count as `ClockReading.working_days_left`, from the cached due date of a list's row.
    """
    return None if due_on is None else current_calendar().count_working_days(today, due_on)


def due_if_answered(case: FoiRequest, on: date) -> dict[ClockEffect, date | None]:
    """This function will give the due date under each effect, if the open clarification were answered on a day.

    Empty when none is open, when it was asked after that day, or for days the calendar does not reach.
    Raises ClockOrderError.
    """
    asked = next((c.asked_on for c in case.clarifications.all() if c.answered_on is None), None)
    if asked is None or on < asked:
        return {}
    try:
        return {
            effect: response_due(
                case.received_on,
                (
                    *clock_events(case),
                    ClockEvent(
                        EventKind.CLARIFICATION_RECEIVED,
                        on,
                        asked=asked,
                        restarts=effect is ClockEffect.RESTARTS,
                    ),
                ),
                current_calendar(),
            )
            for effect in ClockEffect
        }
    except CalendarNotCovered:
        return {}
