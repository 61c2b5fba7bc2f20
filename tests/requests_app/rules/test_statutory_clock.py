"""The clock against worked examples: real dates, each with the rule it shows."""

import csv
import timeit
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.statutory_clock import (
    ClarificationEvent,
    ClockOrderError,
    ClockState,
    clock_start,
    explain,
    read_clock,
    response_due,
    review_request_by,
)
from requests_app.rules.working_days import CalendarNotCovered, WorkingDayCalendar, calendar_from_rows

HOLIDAYS = Path(__file__).parents[3] / "requests_app" / "data" / "bank_holidays.csv"
with HOLIDAYS.open(encoding="utf-8", newline="") as _file:
    CALENDAR = calendar_from_rows(csv.DictReader(_file))


def d(text):
    return date.fromisoformat(text)


def restart(asked, answered=None):
    return ClarificationEvent(d(asked), d(answered) if answered else None, restarts=True)


def narrowing(asked, answered=None):
    return ClarificationEvent(d(asked), d(answered) if answered else None, restarts=False)


RESPONSE_CASES = {
    "P01 no bank holiday in between": ("2025-06-04", [], "2025-07-02"),
    "P03 29 February is a working day": ("2024-02-01", [], "2024-02-29"),
    "P07 over Christmas, and 2 January in Scotland": ("2025-12-03", [], "2026-01-06"),
    "P12 St Patrick's substitute day, Good Friday, Easter Monday": ("2024-03-04", [], "2024-04-04"),
    "P21 spring holiday, and the World Cup holiday in Scotland": ("2026-05-20", [], "2026-06-19"),
    "P23 August holiday and the State Funeral": ("2022-08-24", [], "2022-09-23"),
    "N01a received on a Saturday: still day 0": ("2025-06-07", [], "2025-07-04"),
    "N05a received on a Scottish holiday: still day 0": ("2026-01-02", [], "2026-01-30"),
    "C01 clarified: 20 days from the answer": (
        "2025-04-22",
        [restart("2025-05-06", "2025-05-09")],
        "2025-06-09",
    ),
    "C03 not clarified: no duty yet": ("2026-01-12", [restart("2026-01-14")], None),
    "E01 EIR reg 5(2) counts the same days": ("2025-06-04", [], "2025-07-02"),
    "narrowed by agreement: the first limit stands": (
        "2025-04-22",
        [narrowing("2025-05-06", "2025-05-09")],
        "2025-05-21",
    ),
    "narrowing asked and not answered: the first limit stands": (
        "2025-04-22",
        [narrowing("2025-05-06")],
        "2025-05-21",
    ),
    "two clarifications: the later answer counts": (
        "2025-04-22",
        [restart("2025-04-24", "2025-05-09"), restart("2025-04-25", "2025-04-28")],
        "2025-06-09",
    ),
    "the second question is still open": (
        "2025-04-22",
        [restart("2025-04-24", "2025-04-28"), restart("2025-05-01")],
        None,
    ),
    "an open question is not forgotten for a later answer": (
        "2025-04-22",
        [restart("2025-04-24"), restart("2025-05-01", "2025-05-02")],
        None,
    ),
    "asked and answered on the day of receipt": (
        "2025-06-04",
        [restart("2025-06-04", "2025-06-04")],
        "2025-07-02",
    ),
}


@pytest.mark.parametrize(("received", "events", "due"), RESPONSE_CASES.values(), ids=RESPONSE_CASES.keys())
def test_response_due(received, events, due):
    assert response_due(d(received), events, CALENDAR) == (d(due) if due else None)


@pytest.mark.parametrize(
    ("responded", "last_day"),
    [
        ("2025-04-25", "2025-06-24"),  # W01
        ("2025-05-28", "2025-07-24"),  # W02: 14 July is a bank holiday in Northern Ireland
    ],
)
def test_review_request_by(responded, last_day):
    assert review_request_by(d(responded), CALENDAR) == d(last_day)


def test_a_running_clock():
    reading = read_clock(d("2025-06-04"), [], CALENDAR, on=d("2025-06-18"))
    assert reading.state is ClockState.RUNNING
    assert (reading.received_on, reading.started_on, reading.read_on) == (
        d("2025-06-04"),
        d("2025-06-04"),
        d("2025-06-18"),
    )
    assert (reading.day_one, reading.response_due) == (d("2025-06-05"), d("2025-07-02"))
    assert (reading.working_day, reading.working_days_left) == (10, 10)
    assert not reading.is_overdue
    assert reading.review_request_by is None
    assert reading.calendar_version == CALENDAR.version


@pytest.mark.parametrize(
    ("on", "day", "left", "overdue"),
    [
        ("2025-06-03", 0, 20, False),  # read before receipt
        ("2025-06-04", 0, 20, False),
        ("2025-07-02", 20, 0, False),  # the whole of the last day is in time
        ("2025-07-03", 21, -1, True),
        ("2025-07-05", 22, -2, True),
    ],
)
def test_days_gone_and_left(on, day, left, overdue):
    reading = read_clock(d("2025-06-04"), [], CALENDAR, on=d(on))
    assert (reading.working_day, reading.working_days_left, reading.is_overdue) == (day, left, overdue)


def test_the_weekend_after_the_limit_is_late_though_no_working_day_was_missed():
    reading = read_clock(d("2025-06-07"), [], CALENDAR, on=d("2025-07-05"))
    assert reading.response_due == d("2025-07-04")
    assert (reading.working_days_left, reading.is_overdue) == (0, True)


def test_while_clarification_is_awaited_there_is_no_limit():
    reading = read_clock(d("2026-01-12"), [restart("2026-01-14")], CALENDAR, on=d("2026-03-02"))
    assert reading.state is ClockState.AWAITING_CLARIFICATION
    assert reading.started_on is reading.day_one is reading.response_due is None
    assert reading.working_day is reading.working_days_left is None
    assert not reading.is_overdue
    assert [(step.date, step.counts) for step in reading.steps] == [
        (d("2026-01-12"), False),
        (d("2026-01-14"), False),
    ]


def test_a_response_stops_the_count_and_opens_the_review_window():
    events = [restart("2025-05-06", "2025-05-09")]
    reading = read_clock(d("2025-04-22"), events, CALENDAR, on=d("2025-09-01"), responded_on=d("2025-05-28"))
    assert reading.state is ClockState.RESPONDED
    assert (reading.working_day, reading.working_days_left, reading.is_overdue) == (12, 8, False)
    assert reading.review_request_by == d("2025-07-24")
    assert (d("2025-05-28"), "Response sent") in [(step.date, step.reason) for step in reading.steps]


def test_a_late_response_stays_late():
    reading = read_clock(d("2025-04-22"), [], CALENDAR, on=d("2025-09-01"), responded_on=d("2025-05-28"))
    assert (reading.response_due, reading.working_days_left, reading.is_overdue) == (
        d("2025-05-21"),
        -4,
        True,
    )


def test_a_response_sent_while_clarification_was_awaited():
    reading = read_clock(
        d("2026-01-12"), [restart("2026-01-14")], CALENDAR, on=d("2026-05-01"), responded_on=d("2026-04-15")
    )
    assert (reading.state, reading.response_due, reading.is_overdue) == (ClockState.RESPONDED, None, False)


def test_the_working_names_each_day():
    steps = explain(d("2025-05-01"), [narrowing("2025-05-06", "2025-05-07")], CALENDAR)
    assert [(step.date.isoformat(), step.counts, step.reason) for step in steps[:11]] == [
        ("2025-05-01", False, "Request received: day 0"),
        ("2025-05-02", True, "Working day 1 of 20"),
        ("2025-05-03", False, "Saturday"),
        ("2025-05-04", False, "Sunday"),
        ("2025-05-05", False, "Early May bank holiday, bank holiday in all parts of the UK"),
        ("2025-05-06", False, "Clarification asked: the clock runs on"),
        ("2025-05-06", True, "Working day 2 of 20"),
        ("2025-05-07", False, "Clarification received: it only narrows the request"),
        ("2025-05-07", True, "Working day 3 of 20"),
        ("2025-05-08", True, "Working day 4 of 20"),
        ("2025-05-09", True, "Working day 5 of 20"),
    ]
    assert steps[-1].reason == "Working day 20 of 20: last day for the response"


def test_the_working_of_a_restart_counts_from_the_answer():
    steps = explain(d("2025-04-22"), [restart("2025-05-06", "2025-05-09")], CALENDAR)
    assert [step.reason for step in steps[:5]] == [
        "Request received: day 0",
        "Clarification asked: the clock stops",
        "Clarification received: the clock starts again; day 0",
        "Saturday",
        "Sunday",
    ]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([restart("2025-06-03")], "asked on 03/06/2025, before the request was received on 04/06/2025"),
        ([restart("2025-06-10", "2025-06-09")], "answered on 09/06/2025, before it was asked on 10/06/2025"),
        ([narrowing("2025-06-10", "2025-06-09")], "before it was asked"),
        ([restart("2025-06-05"), restart("2025-06-01")], "before the request was received"),
    ],
)
def test_impossible_orders_are_refused(events, message):
    for ask in (response_due, explain):
        with pytest.raises(ClockOrderError, match=message):
            ask(d("2025-06-04"), events, CALENDAR)


def test_a_response_before_the_request_is_refused():
    with pytest.raises(ClockOrderError, match="response is dated 03/06/2025"):
        read_clock(d("2025-06-04"), [], CALENDAR, on=d("2025-06-04"), responded_on=d("2025-06-03"))


def test_a_limit_beyond_the_calendar_is_not_guessed():
    with pytest.raises(CalendarNotCovered):
        response_due(d("2030-12-10"), [], CALENDAR)


def test_a_due_date_costs_at_most_five_microseconds():
    received, events = d("2025-06-04"), ()
    response_due(received, events, CALENDAR)
    runs = 2_000
    best = min(timeit.repeat(lambda: response_due(received, events, CALENDAR), number=runs, repeat=5))
    assert best / runs < 5e-6


received_days = st.dates(date(2005, 1, 1), date(2029, 6, 30))
gaps = st.integers(0, 60)


@st.composite
def clarified(draw):
    """A day of receipt with clarifications in any order, some open, some only narrowing."""
    received = draw(received_days)
    events = []
    for asked_after, answered_after, restarts in draw(
        st.lists(st.tuples(gaps, st.none() | gaps, st.booleans()), max_size=3)
    ):
        asked = received + timedelta(days=asked_after)
        answered = None if answered_after is None else asked + timedelta(days=answered_after)
        events.append(ClarificationEvent(asked, answered, restarts))
    return received, events


@given(clarified(), st.sets(received_days, max_size=4))
def test_adding_a_holiday_never_makes_a_date_earlier(case, proclaimed):
    received, events = case
    more = WorkingDayCalendar(
        {**CALENDAR.holidays, **dict.fromkeys(proclaimed, "proclaimed")},
        CALENDAR.first_year,
        CALENDAR.last_year,
    )
    before, after = response_due(received, events, CALENDAR), response_due(received, events, more)
    assert (before is None) == (after is None)
    assert before is None or after >= before


@given(received_days, gaps, gaps)
def test_a_restart_is_the_same_as_a_new_receipt(received, asked_after, answered_after):
    asked = received + timedelta(days=asked_after)
    answered = asked + timedelta(days=answered_after)
    event = ClarificationEvent(asked, answered, restarts=True)
    assert response_due(received, [event], CALENDAR) == response_due(answered, [], CALENDAR)


@given(clarified())
def test_the_working_and_the_due_date_agree(case):
    received, events = case
    steps, due = explain(received, events, CALENDAR), response_due(received, events, CALENDAR)
    counted = [step.date for step in steps if step.counts]
    assert counted == sorted(set(counted))
    if due is None:
        assert counted == []
    else:
        assert (len(counted), counted[-1]) == (20, due)
        assert counted[0] == CALENDAR.add_working_days(clock_start(received, events), 1)


@given(clarified(), st.integers(0, 120))
def test_days_gone_and_days_left_make_twenty(case, days_later):
    received, events = case
    reading = read_clock(received, events, CALENDAR, on=received + timedelta(days=days_later))
    if reading.response_due is None:
        assert reading.state is ClockState.AWAITING_CLARIFICATION
    else:
        assert reading.working_day + reading.working_days_left == 20
        if reading.working_days_left < 0:
            assert reading.is_overdue
