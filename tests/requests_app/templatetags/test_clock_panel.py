"""What the clock panel says on the days that matter. The limit of this request is 29 April 2025."""

from datetime import date

import pytest

from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEES_NOTICE
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.statutory_clock import read_clock
from requests_app.templatetags.clock_panel import panel_of
from tests.requests_app.rules.clock.clock_cases import CALENDAR

RECEIVED = date(2025, 3, 28)


@pytest.mark.parametrize(
    ("on", "state", "words"),
    [
        (date(2025, 4, 10), "Running", "11 working days left"),
        (date(2025, 4, 24), "Due soon", "3 working days left"),
        (date(2025, 4, 29), "Due soon", "Due today"),
        (date(2025, 4, 30), "Overdue", "Overdue since Tuesday 29 April"),
        (date(2026, 1, 5), "Overdue", "Overdue since Tuesday 29 April 2025"),
    ],
)
def test_the_panel_says_how_long_is_left(on: date, state: str, words: str) -> None:
    panel = panel_of(read_clock(RECEIVED, [], CALENDAR, on=on))
    assert (panel["state"], panel["words"]) == (state, words)


def test_a_weekend_right_after_the_limit_is_overdue_though_no_working_day_was_missed() -> None:
    """Due on Friday 27 November 2026, read on the Sunday."""
    panel = panel_of(read_clock(date(2026, 10, 30), [], CALENDAR, on=date(2026, 11, 29)))
    assert (panel["state"], panel["words"]) == ("Overdue", "Overdue since Friday 27 November")
    assert panel["clock"].working_days_left == 0


def test_a_stopped_clock_shows_no_day() -> None:
    asked = clarification(date(2025, 4, 2))
    panel = panel_of(read_clock(RECEIVED, asked, CALENDAR, on=date(2025, 4, 10)))
    assert (panel["state"], panel["bar"]) == ("Stopped", None)


def test_a_fee_pauses_the_count_and_want_of_it_ends_the_request() -> None:
    fee = [ClockEvent(FEES_NOTICE, date(2025, 4, 2))]
    paused = panel_of(read_clock(RECEIVED, fee, CALENDAR, on=date(2025, 4, 10)))
    assert (paused["state"], paused["words"], paused["bar"]) == ("Paused", "Waiting for payment", 2)
    lapsed = panel_of(read_clock(RECEIVED, fee, CALENDAR, on=date(2025, 7, 2)))
    assert (lapsed["state"], lapsed["bar"]) == ("Lapsed", None)


def test_an_extension_lengthens_the_bar() -> None:
    extended = [ClockEvent(PIT_EXTENSION, date(2025, 4, 28))]
    panel = panel_of(read_clock(RECEIVED, extended, CALENDAR, on=date(2025, 4, 30)))
    assert (panel["state"], panel["limit"], panel["bar"]) == ("Running", 40, 21)


def test_the_bar_never_passes_its_end() -> None:
    panel = panel_of(read_clock(RECEIVED, [], CALENDAR, on=date(2025, 6, 30)))
    assert panel["bar"] == panel["limit"] == 20


@pytest.mark.parametrize(
    ("answered", "state"), [(date(2025, 4, 25), "Answered"), (date(2025, 4, 30), "Answered late")]
)
def test_an_answered_request_says_whether_it_was_in_time(answered: date, state: str) -> None:
    clock = read_clock(RECEIVED, [ClockEvent(RESPONSE_SENT, answered)], CALENDAR, on=date(2025, 6, 1))
    assert panel_of(clock)["state"] == state


def test_a_request_closed_without_an_answer_is_not_overdue() -> None:
    clock = read_clock(RECEIVED, [], CALENDAR, on=date(2025, 6, 30))
    panel = panel_of(clock, closed_on=date(2025, 4, 2))
    assert (panel["state"], panel["ended_on"], panel["bar"]) == ("Closed", date(2025, 4, 2), None)


def test_an_answered_request_keeps_its_clock_when_closed() -> None:
    answered = date(2025, 4, 25)
    sent = [ClockEvent(RESPONSE_SENT, answered)]
    clock = read_clock(RECEIVED, sent, CALENDAR, on=date(2025, 6, 1))
    assert panel_of(clock, closed_on=answered)["state"] == "Answered"
