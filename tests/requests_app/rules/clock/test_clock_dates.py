"""The dates a request caches are those of the clock, whatever happened to it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.clock.clock_dates import clock_dates
from requests_app.rules.clock.course import ClockOrderError, ClockPolicy
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME, REVIEW_RECEIVED
from requests_app.rules.clock.statutory_clock import ClockStatus, read_clock
from tests.requests_app.rules.clock.clock_cases import CALENDAR, ClockEvent, eventful, received_days

policies = st.builds(
    ClockPolicy, deemed_next_working_day=st.booleans(), clarification_lapse_months=st.integers(1, 24)
)


def read(function, received, events, policy, **given):
    """Return what a function says of a request; why not, where it refuses."""
    try:
        return function(received, events, CALENDAR, policy=policy, **given)
    except ClockOrderError as refusal:
        return str(refusal)


def last_day(received, events):
    return max([received, *(event.on for event in events if event.on)])


@given(eventful(), policies)
def test_they_are_what_the_clock_reads(request, policy):
    received, events = request
    dates = read(clock_dates, received, events, policy)
    clock = read(read_clock, received, events, policy, on=last_day(received, events))
    if isinstance(dates, str):
        assert clock == dates
        return
    assert (dates.due_on, dates.notice_due_on, dates.started_on) == (
        clock.response_due,
        clock.refusal_notice_due,
        clock.started_on,
    )
    waits = clock.status not in (ClockStatus.RUNNING, ClockStatus.RESPONDED)
    lapses_on = (clock.clarification_lapses_on or clock.fee_payable_by) if waits else None
    assert dates.lapses_on == lapses_on
    assert (dates.awaited_since is None) == (lapses_on is None)
    kinds = [event.kind for event in events]
    is_under_review = kinds.count(REVIEW_RECEIVED) > kinds.count(REVIEW_OUTCOME)
    assert dates.review_due_on == (clock.review_due if is_under_review else None)


@given(eventful(), policies, st.integers(1, 90))
def test_they_give_the_working_day_of_a_clock_that_runs(request, policy, later):
    """The day of the limit is the working days since day 0 without those that did not count."""
    received, events = request
    on = last_day(received, events) + timedelta(days=later)
    clock = read(read_clock, received, events, policy, on=on)
    if isinstance(clock, str) or clock.status is not ClockStatus.RUNNING or on <= clock.started_on:
        return
    dates = clock_dates(received, events, CALENDAR, policy)
    assert CALENDAR.count_working_days(dates.started_on, on) - dates.paused_days == clock.working_day


@given(received_days, st.integers(0, 19), st.integers(0, 60), st.integers(1, 40), st.integers(1, 20))
def test_the_nth_day_is_over_when_so_many_days_were_counted(received, before, paused, later, number):
    """Asked after a payment: also of days that came before the notice."""
    notified = CALENDAR.add_working_days(received, before + 1)
    paid = notified + timedelta(days=paused)
    events = [ClockEvent(FEES_NOTICE, notified), ClockEvent(FEE_RECEIVED, paid)]
    today = paid + timedelta(days=later)
    dates = clock_dates(received, events, CALENDAR)
    counted = read_clock(received, events, CALENDAR, on=today - timedelta(days=1)).working_day
    is_over = CALENDAR.add_working_days(dates.started_on, number + dates.paused_days) < today
    assert is_over == (counted >= number)
