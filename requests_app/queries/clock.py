"""The statutory clock of a request, read from its dated facts."""

from datetime import date

from requests_app.models import FoiRequest
from requests_app.queries.calendar import current_calendar
from requests_app.rules.letter_facts import ClockEffect
from requests_app.rules.statutory_clock import ClarificationEvent, ClockReading, read_clock, response_due
from requests_app.rules.working_days import CalendarNotCovered


def clarification_events(case: FoiRequest) -> tuple[ClarificationEvent, ...]:
    """This function will give the clarifications of a request as values for the clock, oldest first."""
    return tuple(
        ClarificationEvent(c.asked_on, c.answered_on, restarts=c.effect != ClockEffect.NARROWS)
        for c in case.clarifications.all()
    )


def clock_of(case: FoiRequest, today: date) -> ClockReading:
    """This function will read the clock of a request on a day: state, due date, day n of 20, steps."""
    return read_clock(
        case.received_on,
        clarification_events(case),
        current_calendar(),
        on=today,
        responded_on=case.responded_on,
    )


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
    events = clarification_events(case)
    if not events or events[-1].answered_on or on < events[-1].asked_on:
        return {}
    *earlier, asked = events
    try:
        return {
            effect: response_due(
                case.received_on,
                (*earlier, ClarificationEvent(asked.asked_on, on, restarts=effect == ClockEffect.RESTARTS)),
                current_calendar(),
            )
            for effect in ClockEffect
        }
    except CalendarNotCovered:
        return {}
