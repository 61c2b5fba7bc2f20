"""Following the events of a request: what each does to the time limit, and to the dates after the response.

What an event does is declared by its kind. Events are followed by day; those of one day by the rank of their
kinds, a question before an answer and an answer before the response.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from requests_app.rules.clock.course import ACT_IN_FORCE, ClockOrderError, ClockPolicy, Course
from requests_app.rules.clock.events import ClockEvent, Effect
from requests_app.rules.clock.kinds.table import KINDS
from requests_app.rules.clock.kinds.whole_request import DEEMED_NEXT_WORKING_DAY, POLICY, REGIME
from requests_app.rules.clock.law import Regime
from requests_app.rules.clock.remedies import Remedies

#: What puts events in pairs, each once: two kinds name the same.
_PAIRINGS = tuple(dict.fromkeys(kind.in_pairs for kind in KINDS.values() if kind.in_pairs))


def follow(
    received_on: date, events: Iterable[ClockEvent], calendar: WorkingDayCalendar, policy: ClockPolicy
) -> Course:
    """Follow a request from receipt through its events. Raises ClockOrderError and CalendarNotCovered."""
    events = tuple(events)
    check_received(received_on)
    _check_days(received_on, events, calendar)
    course = Course(received_on, regime_of(events), _policy(events, policy), calendar, None)
    course.started = course.day_zero(received_on)
    course.happened.append((received_on, "Request received: day 0"))
    if course.started != received_on:
        course.happened.append((course.started, "Taken as received on this day (s.45 Code, para 4.2): day 0"))
    for _day, _rank, take_effect in sorted(_effects(course, events), key=lambda effect: effect[:2]):
        take_effect()
    return course


def follow_remedies(events: Sequence[ClockEvent], regime: Regime, calendar: WorkingDayCalendar) -> Remedies:
    """Follow what happened after the response. Raises ClockOrderError and CalendarNotCovered."""
    found = Remedies(regime, calendar)
    effects: list[Effect] = [
        # What has no date, an extended review, takes effect last.
        (event.on or date.max, event.kind.rank, partial(event.kind.on_remedies, found, event))
        for event in events
        if event.kind.on_remedies
    ]
    for _day, _rank, take_effect in sorted(effects, key=lambda effect: effect[:2]):
        take_effect()
    return found


def check_received(received_on: date) -> None:
    """Refuse a request received before there was a right of access. Raises ClockOrderError."""
    if received_on < ACT_IN_FORCE:
        raise ClockOrderError(
            f"The request was received on {short_date(received_on)}. The right of access began on "
            f"{short_date(ACT_IN_FORCE)}: check the date."
        )


def regime_of(events: Iterable[ClockEvent]) -> Regime:
    """Return the regime the events name, FOIA when they name none. Raises ClockOrderError when they differ."""
    named = {event.value for event in events if event.kind is REGIME}
    if len(named) > 1:
        raise ClockOrderError("Two regimes are given. Name the one the request is answered under.")
    return Regime(named.pop()) if named else Regime.FOIA


def _policy(events: Iterable[ClockEvent], policy: ClockPolicy) -> ClockPolicy:
    deemed = any(e.kind is POLICY and e.value == DEEMED_NEXT_WORKING_DAY for e in events)
    return replace(policy, deemed_next_working_day=True) if deemed else policy


def _check_days(received_on: date, events: Iterable[ClockEvent], calendar: WorkingDayCalendar) -> None:
    for event in events:
        name = event.kind.label[0].lower() + event.kind.label[1:]
        if event.on is None and not event.kind.may_lack_day:
            raise ClockOrderError(f"The event “{name}” has no date. Enter the day it happened.")
        if event.on and event.on < received_on:
            raise ClockOrderError(
                f"The event “{name}” is dated {short_date(event.on)}, before the request was received on "
                f"{short_date(received_on)}. Check both dates."
            )
        if event.on and event.on.year > calendar.last_year:
            raise CalendarNotCovered(event.on, calendar.first_year, calendar.last_year)


def _effects(course: Course, events: tuple[ClockEvent, ...]) -> Iterator[Effect]:
    """What the events do to the time limit; pairs first, so that of one day and rank they keep their order."""
    for in_pairs in _PAIRINGS:
        yield from in_pairs(course, events)
    for event in events:
        if event.on and event.kind.on_limit:
            yield event.on, event.kind.rank, partial(event.kind.on_limit, course, event)
