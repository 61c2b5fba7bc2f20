"""The clock against real dates, in every order events can come in."""

import pytest

from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import CLARIFICATION_RECEIVED, CLARIFICATION_REQUESTED
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.law import Regime
from requests_app.rules.clock.statutory_clock import (
    ClockPolicy,
    ClockStatus,
    read_clock,
    response_due,
    response_due_dates,
)
from tests.requests_app.rules.clock.clock_cases import CALENDAR, EIR, d, event, narrowing, restart

FEE = event("fees_notice", "2025-06-10")
PAID = event("fee_received", "2025-06-24")
ANSWER = event("response_sent", "2025-06-12")


def extension(day, estimate=None, **fields):
    return event("pit_extension", day, **({"estimate": estimate} if estimate else {}), **fields)


def read(received, events, on):
    return read_clock(d(received), events, CALENDAR, on=d(on))


#: All received on Wednesday 4 June 2025; without events due on 2 July, extended on 31 July.
DUE_CASES = {
    "nothing happened": ([], "2025-07-02"),
    "clarified: the whole time from the answer": (restart("2025-06-10", "2025-06-16"), "2025-07-15"),
    "not clarified": (restart("2025-06-10"), None),
    "narrowed by agreement": (narrowing("2025-06-10", "2025-06-16"), "2025-07-02"),
    "narrowing asked and not answered": (narrowing("2025-06-10"), "2025-07-02"),
    "asked and answered on the day of receipt": (restart("2025-06-04", "2025-06-04"), "2025-07-02"),
    "two clarifications: the later answer counts": (
        [*restart("2025-06-06", "2025-06-16"), *restart("2025-06-09", "2025-06-11")],
        "2025-07-15",
    ),
    "the second asked on the day of the first answer": (
        [*restart("2025-06-06", "2025-06-09"), *restart("2025-06-09", "2025-06-16")],
        "2025-07-15",
    ),
    "the second still open": ([*restart("2025-06-06", "2025-06-10"), *restart("2025-06-11")], None),
    "an open question is not forgotten for a later answer": (
        [*restart("2025-06-06"), *restart("2025-06-11", "2025-06-12")],
        None,
    ),
    "the answer says that it only narrows": (
        [event("clarification_requested", "2025-06-10"),
         event("clarification_received", "2025-06-16", restarts=False)],
        "2025-07-02",
    ),
    "an answer after the request had lapsed: a new receipt": (
        restart("2025-06-10", "2025-09-15"),
        "2025-10-13",
    ),
    "a question after the limit": (restart("2025-07-03", "2025-07-04"), "2025-08-05"),
    "a fee: notice and payment days do not count either": ([FEE, PAID], "2025-07-18"),
    "a fee paid on the day of the notice": (
        [FEE, event("fee_received", "2025-06-10")], "2025-07-03"
    ),
    "the last day to pay": ([FEE, event("fee_received", "2025-09-09")], "2025-10-02"),
    "a fee paid late": ([FEE, event("fee_received", "2025-09-10")], None),
    "two fees": (
        [FEE, PAID, event("fees_notice", "2025-06-24"), event("fee_received", "2025-06-25")],
        "2025-07-21",
    ),
    "a fees notice after the limit does not reopen it": ([event("fees_notice", "2025-07-03")], "2025-07-02"),
    "a payment for a notice without effect": (
        [event("fees_notice", "2025-07-03"), event("fee_received", "2025-07-04")],
        "2025-07-02",
    ),
    "a fees notice after the response": ([ANSWER, event("fees_notice", "2025-06-13")], "2025-07-02"),
    "a fee before a restart is of no matter after it": (
        [FEE, event("fee_received", "2025-06-12"), *restart("2025-06-13", "2025-06-16")],
        "2025-07-15",
    ),
    "a fee asked while an answer is awaited": (
        [*restart("2025-06-06", "2025-06-16"), FEE, event("fee_received", "2025-06-18")],
        "2025-07-17",
    ),
    "extended: the 40th day": ([extension("2025-06-20")], "2025-07-31"),
    "extended to the estimate": ([extension("2025-06-20", "2025-07-16")], "2025-07-16"),
    "extended again, still against the first limit": (
        [extension("2025-06-20", "2025-07-16"), extension("2025-07-16", "2025-07-31")],
        "2025-07-31",
    ),
    "extended beyond with a reason": (
        [extension("2025-06-20", "2025-08-01", reason="third parties abroad")],
        "2025-08-01",
    ),
    "extended late: late notice, longer limit": ([extension("2025-07-03", "2025-07-16")], "2025-07-16"),
    "extended while a fee is awaited": ([FEE, PAID, extension("2025-06-11")], "2025-08-18"),
    "extended and the fee never paid": ([FEE, extension("2025-06-11")], None),
    "a fee after an extension moves both limits": ([extension("2025-06-09"), FEE, PAID], "2025-08-18"),
    "an estimate overtaken by a fee": (
        [extension("2025-06-09", "2025-07-04"), FEE, PAID], "2025-07-18"
    ),
    "a clarification after an extension ends it": (
        [extension("2025-06-09"), *restart("2025-06-10", "2025-06-16")],
        "2025-07-15",
    ),
    "an extension after the restart": (
        [*restart("2025-06-10", "2025-06-16"), extension("2025-06-20")],
        "2025-08-13",
    ),
    "answered while an answer was awaited": ([*restart("2025-06-10"), ANSWER], None),
    "the answer comes after the response: the clock runs again": (
        [*restart("2025-06-10", "2025-06-16"), ANSWER],
        "2025-07-15",
    ),
    "a question after the response": ([ANSWER, *restart("2025-06-13", "2025-06-16")], "2025-07-02"),
    "EIR: particulars": ([EIR, *restart("2025-06-10", "2025-06-16")], "2025-07-15"),
    "EIR: particulars asked after 20 days": ([EIR, *restart("2025-07-03", "2025-07-04")], "2025-07-02"),
    "EIR: a charge": ([EIR, FEE, PAID], "2025-07-18"),
    "EIR: extended after 20 days": ([EIR, event("eir_extension", "2025-07-03")], "2025-07-02"),
    "EIR: extended, the charge unpaid": ([EIR, FEE, event("eir_extension", "2025-06-11")], None),
    "EIR: the Code on FOIA does not apply": (
        [EIR, event("policy", value="deemed_next_working_day")], "2025-07-02"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("events", "due"), DUE_CASES.values(), ids=DUE_CASES.keys())
def test_response_due(events, due):
    wanted = d(due) if due else None
    assert response_due(d("2025-06-04"), events, CALENDAR) == wanted
    assert response_due(d("2025-06-04"), list(reversed(events)), CALENDAR) == wanted


def test_a_running_clock():
    reading = read("2025-06-04", [], "2025-06-18")
    assert (reading.status, reading.regime) == (ClockStatus.RUNNING, Regime.FOIA)
    assert reading.received_on == reading.started_on == d("2025-06-04")
    assert reading.read_on == d("2025-06-18")
    assert (reading.day_one, reading.response_due) == (d("2025-06-05"), d("2025-07-02"))
    assert reading.refusal_notice_due == d("2025-07-02")
    assert (reading.limit, reading.working_day, reading.working_days_left) == (20, 10, 10)
    assert not reading.is_overdue
    assert reading.calendar_version == CALENDAR.version
    assert reading.aggregation_window_ends == d("2025-08-29")


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
    reading = read("2025-06-04", [], on)
    assert (reading.working_day, reading.working_days_left, reading.is_overdue) == (day, left, overdue)


def test_the_weekend_after_the_limit_is_late_though_no_working_day_was_missed():
    reading = read("2025-06-07", [], "2025-07-05")
    assert reading.response_due == d("2025-07-04")
    assert (reading.working_days_left, reading.is_overdue) == (0, True)


def test_while_clarification_is_awaited_there_is_no_limit():
    reading = read("2026-01-12", restart("2026-01-14"), "2026-03-02")
    assert reading.status is ClockStatus.AWAITING_CLARIFICATION
    assert reading.started_on is reading.day_one is reading.response_due is reading.refusal_notice_due is None
    assert reading.limit is reading.working_day is reading.working_days_left is None
    assert not reading.is_overdue
    assert (reading.clarification_lapses_on, reading.lapse_warning_on) == (d("2026-04-14"), d("2026-03-31"))


def test_the_time_to_lapse_is_a_setting_and_runs_from_the_last_question():
    policy = ClockPolicy(clarification_lapse_months=2, lapse_warning_days=7)
    events = [*restart("2026-01-14"), *restart("2026-02-02")]
    reading = read_clock(d("2026-01-12"), events, CALENDAR, on=d("2026-04-03"), policy=policy)
    assert (reading.clarification_lapses_on, reading.lapse_warning_on) == (d("2026-04-02"), d("2026-03-26"))
    assert reading.status is ClockStatus.LAPSED


def test_while_a_fee_is_awaited_the_days_gone_are_kept():
    reading = read("2025-06-04", [FEE], "2025-06-20")
    assert reading.status is ClockStatus.AWAITING_FEE
    assert (reading.limit, reading.working_day, reading.working_days_left) == (20, 3, 17)
    assert (reading.response_due, reading.fee_payable_by) == (None, d("2025-09-09"))
    assert reading.day_one == d("2025-06-05")


def test_a_fee_asked_on_the_day_of_receipt_leaves_day_one_to_the_payment():
    fee = event("fees_notice", "2025-06-04")
    assert read("2025-06-04", [fee], "2025-06-20").day_one is None
    assert read("2025-06-04", [fee, PAID], "2025-06-25").day_one == d("2025-06-25")


def test_a_charge_under_the_eir_may_be_paid_in_sixty_working_days():
    reading = read("2025-06-04", [EIR, FEE], "2025-09-05")
    assert (reading.fee_payable_by, reading.status) == (d("2025-09-05"), ClockStatus.AWAITING_FEE)
    assert read("2025-06-04", [EIR, FEE], "2025-09-06").status is ClockStatus.LAPSED


def test_a_fee_that_was_paid_late_leaves_the_request_lapsed():
    reading = read("2025-06-04", [FEE, event("fee_received", "2025-09-10")], "2025-09-11")
    assert (reading.status, reading.working_day) == (ClockStatus.LAPSED, None)


def test_an_extension_keeps_the_notice_due_on_day_twenty():
    reading = read("2025-06-04", [extension("2025-06-20", "2025-07-16")], "2025-06-24")
    assert (reading.refusal_notice_due, reading.response_due) == (d("2025-07-02"), d("2025-07-16"))
    assert (reading.limit, reading.working_day, reading.working_days_left) == (29, 14, 15)
    unpaid = read("2025-06-04", [FEE, extension("2025-06-11")], "2025-06-24")
    assert (unpaid.limit, unpaid.working_day) == (40, 3)


def test_an_extension_under_the_eir_extends_the_time_for_a_refusal_too():
    reading = read("2025-06-04", [EIR, event("eir_extension", "2025-06-20")], "2025-06-24")
    assert reading.refusal_notice_due == reading.response_due == d("2025-07-31")
    assert reading.limit == 40


def test_a_response_stops_the_count():
    events = [*restart("2025-05-06", "2025-05-09"), event("response_sent", "2025-05-28")]
    reading = read("2025-04-22", events, "2025-09-01")
    assert (reading.status, reading.responded_on) == (ClockStatus.RESPONDED, d("2025-05-28"))
    assert (reading.working_day, reading.working_days_left, reading.is_overdue) == (12, 8, False)
    assert reading.review_request_by == d("2025-07-24")


def test_a_late_response_stays_late_and_a_second_one_does_not_move_it():
    events = [event("response_sent", "2025-06-10"), event("response_sent", "2025-05-28")]
    reading = read("2025-04-22", events, "2025-09-01")
    assert (reading.response_due, reading.responded_on) == (d("2025-05-21"), d("2025-05-28"))
    assert (reading.working_days_left, reading.is_overdue) == (-4, True)


def test_a_response_sent_while_clarification_was_awaited():
    reading = read("2026-01-12", [*restart("2026-01-14"), event("response_sent", "2026-04-15")], "2026-05-01")
    assert (reading.status, reading.response_due, reading.is_overdue) == (ClockStatus.RESPONDED, None, False)


def test_an_answer_after_the_response_sets_the_clock_running_again():
    events = [*restart("2025-06-10", "2025-06-16"), ANSWER]
    reading = read("2025-06-04", events, "2025-06-20")
    assert (reading.status, reading.responded_on, reading.working_day) == (ClockStatus.RUNNING, None, 4)
    assert reading.review_request_by is not None


@pytest.mark.parametrize(
    ("on", "status", "day"),
    [
        ("2025-06-09", ClockStatus.RUNNING, 3),
        ("2025-06-10", ClockStatus.AWAITING_CLARIFICATION, None),
        ("2025-06-16", ClockStatus.RUNNING, 0),
        ("2025-06-20", ClockStatus.RESPONDED, 4),
        ("2025-06-30", ClockStatus.RESPONDED, 4),
    ],
)
def test_an_earlier_day_is_read_as_it_stood_while_the_dates_know_all(on, status, day):
    events = [*restart("2025-06-10", "2025-06-16"), event("response_sent", "2025-06-20")]
    reading = read("2025-06-04", events, on)
    assert (reading.status, reading.working_day) == (status, day)
    assert (reading.response_due, reading.responded_on) == (d("2025-07-15"), d("2025-06-20"))


def test_a_payment_to_come_does_not_trouble_an_extension_read_before_it():
    reading = read("2025-06-04", [FEE, extension("2025-06-12", "2025-08-01"), PAID], "2025-06-13")
    assert (reading.status, reading.response_due) == (ClockStatus.AWAITING_FEE, d("2025-08-01"))


def test_the_other_reading_of_arrival_on_a_weekend():
    policy = ClockPolicy(deemed_next_working_day=True)
    assert response_due(d("2025-06-07"), [], CALENDAR, policy) == d("2025-07-07")
    assert response_due(d("2025-06-06"), [], CALENDAR, policy) == response_due(d("2025-06-06"), [], CALENDAR)
    assert response_due(d("2025-06-07"), [EIR], CALENDAR, policy) == d("2025-07-04")
    reading = read_clock(d("2025-06-07"), [], CALENDAR, on=d("2025-06-10"), policy=policy)
    assert (reading.started_on, reading.day_one) == (d("2025-06-09"), d("2025-06-10"))


QUESTION, REPLY = restart("2025-06-10", "2025-06-16")
UNNAMED = event("clarification_received", "2025-06-16")
REFUSED = {
    "an answer before its question": (restart("2025-06-10", "2025-06-09"), "before it was asked"),
    "a narrowing answer before its question": (narrowing("2025-06-10", "2025-06-09"), "before it was asked"),
    "an answer without a question": ([REPLY], "Clarification was received, but none was asked"),
    "a second answer": ([QUESTION, REPLY, UNNAMED], "or after it had been settled"),
    "an answer to one of two questions": (
        [QUESTION, *restart("2025-06-11"), UNNAMED], "asked on 10/06/2025 and 11/06/2025. Say which one"
    ),
    "a question before receipt": (restart("2025-06-03"), "before the request was received on 04/06/2025"),
    "a response before receipt": ([event("response_sent", "2025-06-03")], "“response sent” is dated 03/06/2025"),
    "a payment before its notice": ([FEE, event("fee_received", "2025-06-09")], "The fee was received on 09/06/2025"),
    "a payment without a notice": ([PAID], "before it was notified"),
    "a second notice while one is unpaid": ([FEE, event("fees_notice", "2025-06-12")], "Correct the first notice"),
    "a second notice after the first lapsed": (
        [FEE, event("fee_received", "2025-09-10"), event("fees_notice", "2025-09-11")], "was not paid in time"
    ),
    "unpaid without a notice": ([event("fee_unpaid")], "no fees notice is open"),
    "unpaid and paid": ([FEE, PAID, event("fee_unpaid")], "no fees notice is open"),
    "an extension while the clock stands": ([*restart("2025-06-10"), extension("2025-06-12")], "no limit to extend"),
    "an extension after the response": ([ANSWER, extension("2025-06-13")], "after the response of 12/06/2025"),
    "an estimate before its notice": ([extension("2025-07-10", "2025-07-09")], "lies before the notice"),
    "an estimate within the limit": ([extension("2025-06-13", "2025-07-02")], "nothing to extend"),
    "an estimate beyond the 40th day": ([extension("2025-06-13", "2025-08-01")], "31/07/2025, the 40th working day"),
    "a repeated extension is no second period": (
        [extension("2025-06-13", "2025-07-31"), extension("2025-07-31", "2025-08-28")], "Give the reason"
    ),
    "public interest under the EIR": ([EIR, extension("2025-06-13")], "no extension for the public interest test"),
    "complexity under FOIA": ([event("eir_extension", "2025-06-13")], "under the EIR only"),
    "two regimes": ([EIR, event("regime", value="FOIA")], "Two regimes"),
    "an event without its date": ([ClockEvent(RESPONSE_SENT)], "“response sent” has no date"),
}  # fmt: skip


@pytest.mark.parametrize(("events", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_impossible_orders_are_refused(events, message):
    for order in (events, list(reversed(events))):
        with pytest.raises(ClockOrderError) as refused:
            response_due(d("2025-06-04"), order, CALENDAR)
        assert message in str(refused.value)


@pytest.mark.parametrize("events", [[], [EIR]])
def test_a_request_before_the_act_is_refused(events):
    with pytest.raises(ClockOrderError, match="received on 31/12/2004"):
        response_due(d("2004-12-31"), events, CALENDAR)
    assert response_due(d("2005-01-01"), events, CALENDAR) == d("2005-02-01")


@pytest.mark.parametrize("received", ["2030-12-10", "2031-01-02"])
@pytest.mark.parametrize("events", [[], [EIR]])
def test_a_limit_beyond_the_calendar_is_not_guessed(received, events):
    with pytest.raises(CalendarNotCovered):
        response_due(d(received), events, CALENDAR)


def test_many_dates_at_once():
    days = [d("2025-06-07"), d("2005-01-01"), d("2026-05-20")]
    assert response_due_dates(days, CALENDAR) == [response_due(day, [], CALENDAR) for day in days]
    assert response_due_dates([], CALENDAR) == []
    with pytest.raises(ClockOrderError):
        response_due_dates([*days, d("2004-12-31")], CALENDAR)
    with pytest.raises(CalendarNotCovered):
        response_due_dates([*days, d("2030-12-10")], CALENDAR)


@pytest.mark.parametrize(
    "kind",
    [
        "clarification_requested",
        "fees_notice",
        "internal_review_outcome",
        "decision_notice_sent",
        "response_sent",
    ],
)
def test_an_event_after_the_last_year_of_the_calendar_is_refused(kind: str) -> None:
    with pytest.raises(CalendarNotCovered, match="31/12/9999 lies outside the working-day calendar"):
        read("2025-06-04", [event(kind, "9999-12-31")], "2025-06-10")


def test_a_payment_that_came_too_late_starts_no_day_again():
    """Notified on day 3, payable by 6 August, paid and answered after that: the days counted stay two."""
    late = [
        event("fees_notice", "2025-05-07"),
        event("fee_received", "2025-08-11"),
        event("response_sent", "2025-08-20"),
    ]
    answered = read_clock(d("2025-05-01"), late, CALENDAR, on=d("2025-08-20"))
    assert (answered.fee_payable_by, answered.response_due) == (d("2025-08-06"), None)
    assert (answered.working_day, answered.is_overdue) == (2, False)


def test_of_question_and_answer_the_answers_word_prevails():
    question = ClockEvent(CLARIFICATION_REQUESTED, d("2025-05-06"), restarts=False)
    answer = ClockEvent(CLARIFICATION_RECEIVED, d("2025-05-08"), restarts=True)
    assert response_due(d("2025-05-01"), [question, answer], CALENDAR) == response_due(
        d("2025-05-08"), [], CALENDAR
    )


def test_a_second_notice_before_the_first_was_paid_is_refused():
    """Also where it is said which of the two a later payment was for."""
    notices = [event("fees_notice", "2025-05-07"), event("fees_notice", "2025-05-09")]
    paid = ClockEvent(FEE_RECEIVED, d("2025-05-13"), asked=d("2025-05-07"))
    with pytest.raises(ClockOrderError, match="07/05/2025 was not paid in time before"):
        response_due(d("2025-05-01"), [*notices, paid], CALENDAR)
