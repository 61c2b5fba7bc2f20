"""The statutory clock of a request, read from its dated facts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from foitracker.working_days.queries import calendar_of_version, current_calendar
from requests_app.models import Clarification, ClockAct, FoiRequest
from requests_app.queries.authority import authority, clock_policy
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.course import ClockPolicy
from requests_app.rules.clock.events import ClockEvent, EventKind, clarification
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock, response_due


def clock_events(
    case: FoiRequest,
    acts: Iterable[ClockAct] | None = None,
    clarifications: Iterable[Clarification] | None = None,
) -> tuple[ClockEvent, ...]:
    """Return the dated facts of a request as values for the clock.

    Merges the clarifications and clock events in force with the regime and the first response. One query each
    unless `clarifications` and `clock_acts` are prefetched; `acts` are the events recorded and
    `clarifications` those in force, when read otherwise.
    """
    events = [ClockEvent(EventKind.REGIME, value=case.regime)]
    for c in case.clarifications.all() if clarifications is None else clarifications:
        events += clarification(c.asked_on, c.answered_on, restarts=c.effect != ClockEffect.NARROWS)
    recorded = case.clock_acts.all() if acts is None else acts
    if recorded:  # most requests have none
        events += [event_of(act) for act in acts_in_force(recorded)]
    if case.responded_on:
        events.append(ClockEvent(EventKind.RESPONSE_SENT, case.responded_on))
    return tuple(events)


def acts_in_force(recorded: Iterable[ClockAct]) -> list[ClockAct]:
    """Return a request's clock events without those corrected or withdrawn since."""
    acts = list(recorded)
    replaced = {act.replaces_id for act in acts}
    return [act for act in acts if act.pk not in replaced and not act.is_withdrawn]


def event_of(act: ClockAct) -> ClockEvent:
    """Return a recorded clock event as a value for the clock."""
    return ClockEvent(
        EventKind(act.kind),
        act.on,
        provision=act.provision,
        estimate=act.estimate,
        reason=act.reason,
        comply_by=act.comply_by,
        as_recorded=True,
    )


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
    return ClockEvent(EventKind.CLARIFICATION_RECEIVED, on, asked=asked, restarts=restarts)


def recorded_acts(case: FoiRequest) -> list[ClockAct]:
    """Return every clock event of a request as it was recorded, corrected ones among them."""
    return list(case.clock_acts.select_related("recorded_by", "reviewer"))


def recorded_clarifications(case: FoiRequest) -> list[Clarification]:
    """Return every clarification of a request as it was recorded, corrected ones among them."""
    return list(Clarification.recorded.filter(foi_request=case).select_related("asked_by", "corrected_by"))
