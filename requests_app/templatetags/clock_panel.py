"""What the clock of a request says, in words, tone and shape."""

from datetime import date
from typing import Any

from foitracker.pages.words import overdue_since, working_days_words
from requests_app.rules.clock.statutory_clock import ClockReading, ClockStatus

from .clock_dates import later_dates

NEARLY_DUE = 3  # working days left at which the clock changes its tone


def days_left_words(count: int) -> str:
    """Return what a number of working days left means, of what is not overdue."""
    return f"{working_days_words(count)} left" if count else "Due today"


def panel_of(clock: ClockReading, closed_on: date | None = None) -> dict[str, Any]:
    """Return the variables of components/clock_panel.html for a reading of the clock.

    `closed_on` is the day a request was closed: without an answer, no time limit is left to show.
    """
    ended_on = closed_on if clock.status is not ClockStatus.RESPONDED else None
    state, tone, shape, words = (
        ("Closed", "closed", "square", "Closed without an answer") if ended_on else _face(clock)
    )
    day = None if ended_on else clock.working_day
    return {
        "clock": clock,
        "ended_on": ended_on,
        "state": state,
        "tone": tone,
        "shape": shape,
        "words": words,
        "limit": clock.limit,
        "bar": None if day is None else min(day, clock.limit or 0),
        "later_dates": later_dates(clock, ended=ended_on is not None),
        "restarted": clock.started_on is not None and clock.started_on != clock.received_on,
    }


def _face(clock: ClockReading) -> tuple[str, str, str, str]:
    """State, tone, shape and the line in large letters."""
    if clock.status is ClockStatus.AWAITING_CLARIFICATION:
        return "Stopped", "info", "pause", "Waiting for clarification"
    if clock.status is ClockStatus.AWAITING_FEE:
        return "Paused", "info", "pause", "Waiting for payment"
    if clock.status is ClockStatus.LAPSED:
        return "Lapsed", "closed", "square", "Lapsed without an answer or payment"
    if clock.status is ClockStatus.RESPONDED:
        late = clock.is_overdue
        return (
            ("Answered late", "bad", "square", "Answered late")
            if late
            else ("Answered", "closed", "square", "Answered in time")
        )
    left = clock.working_days_left or 0
    if clock.is_overdue and clock.response_due:
        return "Overdue", "bad", "triangle", overdue_since(clock.response_due, clock.read_on)
    if left <= NEARLY_DUE:
        return "Due soon", "wait", "diamond", days_left_words(left)
    return "Running", "progress", "half", days_left_words(left)
