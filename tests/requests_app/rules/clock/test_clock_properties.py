"""What holds for the clock whatever the dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import (
    CLARIFICATION_RECEIVED,
    CLARIFICATION_REQUESTED,
    clarification,
)
from requests_app.rules.clock.kinds.extensions import EIR_EXTENSION, PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.statutory_clock import ClockPolicy, read_clock, response_due, response_due_dates
from tests.requests_app.rules.clock.clock_cases import (
    CALENDAR,
    EIR,
    eventful,
    gaps,
    received_days,
    with_holidays,
)


def read_or_refused(received, events, on):
    try:
        return read_clock(received, events, CALENDAR, on=on)
    except ClockOrderError:
        return None


@given(received_days, st.sets(received_days, max_size=4))
def test_adding_a_holiday_never_makes_a_date_earlier(received, proclaimed):
    assert response_due(received, [], with_holidays(proclaimed)) >= response_due(received, [], CALENDAR)


@given(received_days, gaps, gaps, gaps, gaps, st.sets(st.integers(0, 150), max_size=4))
def test_nor_with_an_answer_and_a_payment(received, asked, answered, notified, paid, proclaimed):
    """Both within their time, for one that comes too late is another case with another calendar."""
    asked_on = received + timedelta(days=min(asked, 20))
    events = [*clarification(asked_on, asked_on + timedelta(days=answered))]
    notified_on = asked_on + timedelta(days=answered + min(notified, 20))
    events.append(ClockEvent(FEES_NOTICE, notified_on))
    events.append(ClockEvent(FEE_RECEIVED, notified_on + timedelta(days=paid)))
    calendar = with_holidays(received + timedelta(days=after) for after in proclaimed)
    assert response_due(received, events, calendar) >= response_due(received, events, CALENDAR)


@given(received_days, gaps, gaps, st.booleans())
def test_a_restart_is_the_same_as_a_new_receipt(received, asked_after, answered_after, extended):
    asked = received + timedelta(days=asked_after)
    answered = asked + timedelta(days=answered_after)
    later = [ClockEvent(PIT_EXTENSION, answered)] if extended else []
    on = answered + timedelta(days=10)
    again = read_clock(received, [*clarification(asked, answered), *later], CALENDAR, on=on)
    afresh = read_clock(answered, later, CALENDAR, on=on)
    for name in (
        "status",
        "started_on",
        "day_one",
        "response_due",
        "refusal_notice_due",
        "limit",
        "working_day",
    ):
        assert getattr(again, name) == getattr(afresh, name)


@given(received_days, st.integers(0, 19), st.integers(1, 60), st.booleans(), st.booleans())
def test_pausing_some_working_days_moves_the_date_by_exactly_those(received, before, paused, extended, eir):
    """A fee notified after `before` working days, and paid on the last of `paused` that do not count."""
    notified = CALENDAR.add_working_days(received, before + 1)
    paid = CALENDAR.add_working_days(received, before + paused)
    fee = [ClockEvent(FEES_NOTICE, notified), ClockEvent(FEE_RECEIVED, paid)]
    kind = EIR_EXTENSION if eir else PIT_EXTENSION
    plain = ([EIR] if eir else []) + ([ClockEvent(kind, received)] if extended else [])
    due = response_due(received, plain, CALENDAR)
    if paid <= read_clock(received, [*plain, fee[0]], CALENDAR, on=received).fee_payable_by:
        assert response_due(received, [*plain, *fee], CALENDAR) == CALENDAR.add_working_days(due, paused)
    else:
        assert response_due(received, [*plain, *fee], CALENDAR) is None


def test_explaining_and_computing_agree_for_every_date_the_calendar_covers():
    day, last = date(2005, 1, 1), date(2030, 11, 28)
    days = [day + timedelta(days=number) for number in range((last - day).days + 1)]
    for received, due in zip(days, response_due_dates(days, CALENDAR), strict=True):
        reading = read_clock(received, [], CALENDAR, on=received)
        counted = [step.date for step in reading.steps if step.counts]
        assert reading.response_due == response_due(received, [], CALENDAR) == due
        assert (len(counted), counted[0], counted[-1]) == (20, reading.day_one, due)
        assert len(reading.steps) == (due - received).days + 1


@given(eventful(), st.integers(0, 150))
def test_explaining_and_computing_agree_whatever_happened(case, days_later):
    received, events = case
    reading = read_or_refused(received, events, received + timedelta(days=days_later))
    if reading is None:
        return
    days = [step.date for step in reading.steps]
    assert days == sorted(set(days))
    assert days[0] == received
    assert reading.response_due == response_due(received, events, CALENDAR)
    counted = [step.date for step in reading.steps if step.counts]
    if reading.response_due:
        through = CALENDAR.count_working_days(counted[-1], reading.response_due)
        assert (counted[0], through) == (reading.day_one, 0)
        assert len(counted) >= 20
        assert counted[19] == reading.refusal_notice_due or EIR in events
    assert all(CALENDAR.is_working_day(day) for day in counted)


@given(eventful(), st.integers(0, 150))
def test_days_gone_and_days_left_make_the_limit(case, days_later):
    received, events = case
    reading = read_or_refused(received, events, received + timedelta(days=days_later))
    if reading is None:
        return
    if reading.limit is None:
        assert reading.working_day is reading.working_days_left is None
        assert not reading.is_overdue
    else:
        assert reading.working_day + reading.working_days_left == reading.limit >= 20
        assert reading.limit == 20 or any(e.kind in (PIT_EXTENSION, EIR_EXTENSION) for e in events)
        if reading.working_days_left < 0:
            assert reading.is_overdue


@given(eventful(), st.integers(0, 150), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_listed_does_not_matter(case, days_later, random):
    received, events = case
    questions = [e for e in events if e.kind in (CLARIFICATION_REQUESTED, CLARIFICATION_RECEIVED)]
    others = [e for e in events if e not in questions]
    random.shuffle(others)
    on = received + timedelta(days=days_later)
    first, second = (read_or_refused(received, order, on) for order in (events, [*others, *questions]))
    assert (first and first.as_json() | {"steps": 0}) == (second and second.as_json() | {"steps": 0})


@given(received_days, gaps, gaps)
def test_the_two_readings_of_a_weekend_differ_by_at_most_one_working_day(
    received, asked_after, answered_after
):
    deemed = ClockPolicy(deemed_next_working_day=True)
    asked = received + timedelta(days=asked_after)
    for events in ([], clarification(asked, asked + timedelta(days=answered_after))):
        by_act = response_due(received, events, CALENDAR)
        by_code = response_due(received, events, CALENDAR, deemed)
        assert 0 <= CALENDAR.count_working_days(by_act, by_code) <= 1
