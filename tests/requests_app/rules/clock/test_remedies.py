"""Internal review, the regulator, its notices and the tribunal."""

import pytest

from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.remedies import review_request_by
from requests_app.rules.clock.statutory_clock import ClockStatus, read_clock
from tests.requests_app.rules.clock.clock_cases import CALENDAR, EIR, d, event

RESPONSE = event("response_sent", "2025-05-28")
REVIEW = event("internal_review_received", "2025-06-02")
OUTCOME = event("internal_review_outcome", "2025-06-27")


def read(*events, received="2025-04-28"):
    return read_clock(d(received), events, CALENDAR, on=d("2026-02-02"))


def reasons(reading, day):
    return next(step.reason for step in reading.steps if step.date == d(day))


@pytest.mark.parametrize(
    ("responded", "last_day"),
    [
        ("2025-04-25", "2025-06-24"),  # W01
        ("2025-05-28", "2025-07-24"),  # W02: 14 July is a bank holiday in Northern Ireland
    ],
)
def test_review_request_by(responded, last_day):
    assert review_request_by(d(responded), CALENDAR) == d(last_day)


def test_a_request_through_all_stages():
    notice = event("decision_notice_sent", "2025-11-28", comply_by="2026-01-09")
    reading = read(RESPONSE, REVIEW, OUTCOME, notice)
    assert reading.status is ClockStatus.RESPONDED
    assert reading.review_request_by == d("2025-07-24")
    assert reading.review_due == d("2025-06-30")
    assert reading.ico_complaint_by == d("2025-08-08")
    assert (reading.tribunal_appeal_by, reading.comply_by) == (d("2025-12-29"), d("2026-01-09"))
    assert reading.representations_by is None
    assert reasons(reading, "2025-11-28") == (
        "Decision notice sent: appeal to the tribunal by 5 pm on 29/12/2025 (s.57); comply by 09/01/2026, as the "
        "notice says"
    )


@pytest.mark.parametrize(
    "kind", ["decision_notice_sent", "information_notice_sent", "enforcement_notice_sent"]
)
def test_what_a_notice_asks_for_is_never_computed(kind):
    reading = read(event(kind, "2025-11-28"))
    assert (reading.tribunal_appeal_by, reading.comply_by) == (d("2025-12-29"), None)


def test_a_day_to_comply_within_the_time_for_an_appeal_is_pointed_out():
    reading = read(event("information_notice_sent", "2025-11-28", comply_by="2025-12-28"))
    assert reading.comply_by == d("2025-12-28")
    assert "before the time for an appeal ends: check it" in reasons(reading, "2025-11-28")


def test_the_latest_notice_counts():
    early, late = event("decision_notice_sent", "2025-11-28"), event("information_notice_sent", "2025-12-01")
    assert read(late, early).tribunal_appeal_by == d("2025-12-29")


def test_a_review_asked_for_late_may_be_declined_but_has_its_date():
    reading = read(RESPONSE, event("internal_review_received", "2025-07-25"))
    assert reading.review_due == d("2025-08-26")
    assert "later than 24/07/2025, so it may be declined" in reasons(reading, "2025-07-25")


def test_a_complaint_about_delay_is_a_review_before_any_response():
    reading = read(REVIEW)
    assert (reading.status, reading.review_due) == (ClockStatus.RUNNING, d("2025-06-30"))


def test_extending_a_review_says_so():
    reading = read(REVIEW, event("internal_review_extended", "2025-06-20"))
    assert "Review extended to 29/07/2025" in reasons(reading, "2025-06-20")
    assert read(event("internal_review_extended"), OUTCOME, REVIEW).review_due == d("2025-07-29")


def test_a_new_response_after_a_review_can_be_reviewed():
    again = event("internal_review_received", "2025-07-10")
    reading = read(RESPONSE, REVIEW, OUTCOME, event("response_sent", "2025-07-01"), again)
    assert reading.review_due == d("2025-08-11")  # past 14 July and 4 August
    assert reading.responded_on == d("2025-05-28")
    assert reading.review_request_by == review_request_by(d("2025-07-01"), CALENDAR)


def test_under_the_eir_representations_are_made_and_reconsidered():
    response = event("response_sent", "2025-05-28")
    reading = read(EIR, response, event("eir_representations_received", "2025-07-15"))
    assert (reading.representations_by, reading.review_request_by) == (d("2025-07-24"), None)
    assert reading.review_due == d("2025-09-11")
    assert read(EIR, event("internal_review_received", "2025-07-15")).review_due == d("2025-09-11")


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([REVIEW, event("internal_review_received", "2025-06-10")], "Treat both as one review"),
        (
            [RESPONSE, REVIEW, OUTCOME, event("internal_review_received", "2025-07-10")],
            "is not reviewed again",
        ),
        ([OUTCOME, event("internal_review_received", "2025-07-10")], "is not reviewed again"),
        ([REVIEW, OUTCOME, event("internal_review_outcome", "2025-07-10")], "Take one of the two out"),
        ([event("internal_review_extended")], "none was under way"),
        ([event("internal_review_extended", "2025-06-01"), REVIEW], "none was under way"),
        ([REVIEW, OUTCOME, event("internal_review_extended", "2025-06-30")], "none was under way"),
        ([event("eir_representations_received", "2025-07-15")], "exist under the EIR only"),
        ([EIR, REVIEW, event("internal_review_extended")], "cannot be extended"),
        (
            [event("decision_notice_sent", "2025-11-28", comply_by="2025-11-27")],
            "Copy the date from the notice",
        ),
        ([event("internal_review_received", "2025-04-27")], "before the request was received on 28/04/2025"),
    ],
)
def test_impossible_orders_are_refused(events, message):
    with pytest.raises(ClockOrderError) as refused:
        read(*events)
    assert message in str(refused.value)


def test_a_review_asked_for_on_the_last_day_is_not_late():
    reading = read(RESPONSE, event("internal_review_received", "2025-07-24"))
    assert reasons(reading, "2025-07-24") == "Internal review asked for: to be answered by 22/08/2025"


def test_a_notice_may_ask_for_compliance_on_its_own_day_and_says_nothing_odd_from_the_end_of_an_appeal_on():
    same_day = read(event("decision_notice_sent", "2025-11-28", comply_by="2025-11-28"))
    assert same_day.comply_by == d("2025-11-28")
    after_appeal = read(event("decision_notice_sent", "2025-11-28", comply_by="2025-12-29"))
    assert reasons(after_appeal, "2025-11-28").endswith("comply by 29/12/2025, as the notice says")


def test_a_response_sent_with_the_outcome_of_a_review_can_be_reviewed():
    again = event("internal_review_received", "2025-07-10")
    reading = read(RESPONSE, REVIEW, OUTCOME, event("response_sent", "2025-06-27"), again)
    assert reading.review_due == d("2025-08-11")
