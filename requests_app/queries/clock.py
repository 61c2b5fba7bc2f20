"""The statutory clock of a request, read from its dated facts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from foitracker.working_days.queries import calendar_of_version, current_calendar
from requests_app.models import Clarification, FoiRequest, RecordedClockEvent
from requests_app.queries.authority import authority, clock_policy
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.course import ClockPolicy
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import CLARIFICATION_RECEIVED, clarification
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.kinds.whole_request import REGIME
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock, response_due


def clock_events(
    case: FoiRequest,
    recorded: Iterable[RecordedClockEvent] | None = None,
    clarifications: Iterable[Clarification] | None = None,
) -> tuple[ClockEvent, ...]:
    """Return the dated events of a request as values for the clock.

    Merges the clarifications and clock events in force with the regime and the first response. One query each
    unless `clarifications` and `recorded_clock_events` are prefetched; `recorded` are the events recorded and
    `clarifications` those in force, when read otherwise.
    """
    events = [ClockEvent(REGIME, value=case.regime)]
    for c in case.clarifications.all() if clarifications is None else clarifications:
        events += clarification(c.asked_on, c.answered_on, restarts=c.effect != ClockEffect.NARROWS)
    rows = case.recorded_clock_events.all() if recorded is None else recorded
    if rows:  # most requests have none
        events += [event_of(row) for row in events_in_force(rows)]
    if case.responded_on:
        events.append(ClockEvent(RESPONSE_SENT, case.responded_on))
    return tuple(events)


def events_in_force(recorded: Iterable[RecordedClockEvent]) -> list[RecordedClockEvent]:
    """Return a request's clock events without those corrected or withdrawn since."""
    rows = list(recorded)
    replaced = {row.replaced_row_id for row in rows}
    return [row for row in rows if row.pk not in replaced and not row.is_withdrawn]


def event_of(recorded: RecordedClockEvent) -> ClockEvent:
    """Return a recorded clock event as a value for the clock, with the fields that the clock is read from."""
    kind = recorded.declared
    read = {field.name: getattr(recorded, field.name) for field in kind.fields if field.json}
    return ClockEvent(kind, as_recorded=True, **read)


def calendar_for(case: FoiRequest, *, checked_now: bool = False) -> WorkingDayCalendar:
    """Return the calendar a request's dates are read with.

    That is the one in force; once the request is answered or closed, the one its due date was judged by.
    `checked_now` as for `current_calendar`.
    """
    current = current_calendar(checked_now=checked_now)
    if not _is_judged(case) or case.calendar_version in ("", current.version):
        return current
    return calendar_of_version(case.calendar_version) or current


def policy_for(case: FoiRequest, policy: ClockPolicy) -> ClockPolicy:
    """Return the settings a request's dates are read with.

    Those of the authority (`policy`); once the request is answered or closed, with the reading of an arrival
    on a non-working day that its due date was judged by.
    """
    if not _is_judged(case):
        return policy
    return replace(policy, deemed_next_working_day=case.deemed_next_working_day)


def _is_judged(case: FoiRequest) -> bool:
    return case.is_closed or case.responded_on is not None


def clock_of(case: FoiRequest, today: date, policy: ClockPolicy | None = None) -> ClockReading:
    """Read the clock of a request on a day: status, dates, day n of the limit, steps.

    `policy` is what the authority has chosen, read from its settings when not given.
    """
    return read_clock(
        case.received_on,
        clock_events(case),
        calendar_for(case),
        on=today,
        policy=policy_for(case, policy or clock_policy(authority())),
    )


def working_days_left(due_on: date | None, today: date) -> int | None:
    """Return the working days left to a due date, negative once past; None without one.

    The same count as `ClockReading.working_days_left`, from the cached due date of a list's row.
    """
    return None if due_on is None else current_calendar().count_working_days(today, due_on)


def due_if_answered(case: FoiRequest, on: date) -> dict[ClockEffect, date | None]:
    """Return the due date under each effect, if the open clarification were answered on a day.

    Empty when none is open, when it was asked after that day, or for days the calendar does not reach.
    Raises ClockOrderError.
    """
    asked = next((c.asked_on for c in case.clarifications.all() if c.answered_on is None), None)
    if asked is None or on < asked:
        return {}
    events, policy = clock_events(case), clock_policy(authority())
    try:
        return {
            effect: response_due(
                case.received_on,
                (*events, _answer(asked, on, effect)),
                current_calendar(),
                policy,
            )
            for effect in ClockEffect
        }
    except CalendarNotCovered:
        return {}


def _answer(asked: date, on: date, effect: ClockEffect) -> ClockEvent:
    restarts = effect is ClockEffect.RESTARTS
    return ClockEvent(CLARIFICATION_RECEIVED, on, asked=asked, restarts=restarts)


def recorded_events(case: FoiRequest) -> list[RecordedClockEvent]:
    """Return every clock event of a request as it was recorded, corrected ones among them."""
    return list(case.recorded_clock_events.select_related("recorded_by", "reviewer"))


def recorded_clarifications(case: FoiRequest) -> list[Clarification]:
    """Return every clarification of a request as it was recorded, corrected ones among them."""
    return list(Clarification.recorded.filter(foi_request=case).select_related("asked_by", "corrected_by"))
