"""Worked examples from receipt to tribunal: real dates, the date each leads to, and the rule it shows."""

import pytest

from requests_app.rules.clock.event_json import parse_events
from requests_app.rules.clock.statutory_clock import ClockStatus, read_clock
from tests.requests_app.rules.clock.clock_cases import CALENDAR, d

DEEMED = {"type": "policy", "value": "deemed_next_working_day"}
UNDER_EIR = {"type": "regime", "value": "EIR"}
REVIEW = {"type": "internal_review_received", "date": "2025-06-02"}
FEE = {"type": "fees_notice", "date": "2025-09-10"}

#: Received, what happened, the date asked for and its day.
EXAMPLES = {
    "P01 no bank holiday in between": ("2025-06-04", [], "response_due", "2025-07-02"),
    "P03 29 February is a working day": ("2024-02-01", [], "response_due", "2024-02-29"),
    "P07 over Christmas, and 2 January in Scotland": ("2025-12-03", [], "response_due", "2026-01-06"),
    "P12 St Patrick's Day on the Monday, Good Friday, Easter Monday": (
        "2024-03-04", [], "response_due", "2024-04-04"
    ),
    "P21 spring holiday, and the World Cup holiday in Scotland": (
        "2026-05-20", [], "response_due", "2026-06-19"
    ),
    "P23 August holiday and the State Funeral": ("2022-08-24", [], "response_due", "2022-09-23"),
    "N01a received on a Saturday: still day 0": ("2025-06-07", [], "response_due", "2025-07-04"),
    "N01b the same by the Code's reading": ("2025-06-07", [DEEMED], "response_due", "2025-07-07"),
    "N05a received on a Scottish holiday: still day 0": ("2026-01-02", [], "response_due", "2026-01-30"),
    "C01 clarified: the whole time from the answer": (
        "2025-04-22",
        [
            {"type": "clarification_requested", "date": "2025-05-06"},
            {"type": "clarification_received", "date": "2025-05-09"},
        ],
        "response_due",
        "2025-06-09",
    ),
    "C03 not clarified: three months from asking": (
        "2026-01-12",
        [
            {"type": "clarification_requested", "date": "2026-01-14"},
            {"type": "clarification_received", "date": None},
        ],
        "clarification_lapses_on",
        "2026-04-14",
    ),
    "F01 a fee paid: notice and payment days do not count either": (
        "2025-09-01", [FEE, {"type": "fee_received", "date": "2025-09-24"}], "response_due", "2025-10-14"
    ),
    "F03 a fee unpaid: three months that begin with the notice": (
        "2025-09-01", [FEE, {"type": "fee_unpaid"}], "fee_payable_by", "2025-12-09"
    ),
    "X01 public interest test: the 40th day": (
        "2025-10-01", [{"type": "pit_extension", "notice_date": "2025-10-29"}], "response_due", "2025-11-26"
    ),
    "X01 the notice stays due on the 20th": (
        "2025-10-01", [{"type": "pit_extension", "notice_date": "2025-10-29"}], "refusal_notice_due", "2025-10-29"
    ),
    "R01 review in 20 working days": ("2025-04-28", [REVIEW], "review_due", "2025-06-30"),
    "R02 review extended to 40": (
        "2025-04-28", [REVIEW, {"type": "internal_review_extended"}], "review_due", "2025-07-29"
    ),
    "W01 40 working days to ask for a review": (
        "2025-03-27", [{"type": "response_sent", "date": "2025-04-25"}], "review_request_by", "2025-06-24"
    ),
    "W02 across the Northern Irish holiday of 14 July": (
        "2025-05-09", [{"type": "response_sent", "date": "2025-05-28"}], "review_request_by", "2025-07-24"
    ),
    "I01 six weeks to complain": (
        "2025-05-01",
        [{"type": "internal_review_outcome", "date": "2025-07-01"}],
        "ico_complaint_by",
        "2025-08-12",
    ),
    "T01 28 calendar days, on to the next working day": (
        "2025-01-06",
        [{"type": "decision_notice_sent", "date": "2025-11-28"}],
        "tribunal_appeal_by",
        "2025-12-29",
    ),
    "E01 EIR reg 5(2) counts the same days": ("2025-06-04", [UNDER_EIR], "response_due", "2025-07-02"),
    "E02 complex and voluminous: 40 days": (
        "2025-06-04",
        [UNDER_EIR, {"type": "eir_extension", "notice_date": "2025-06-20"}],
        "response_due",
        "2025-07-31",
    ),
    "E04 reconsideration: 40 days from the representations": (
        "2025-06-04",
        [UNDER_EIR, {"type": "eir_representations_received", "date": "2025-07-15"}],
        "review_due",
        "2025-09-11",
    ),
    "A01 60 consecutive working days, the day of receipt the first": (
        "2025-09-01",
        [{"type": "related_request_received", "date": "2025-11-21"}],
        "aggregation_window_ends",
        "2025-11-21",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("received", "events", "key", "due"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_the_date_of_each_example(received, events, key, due):
    found = read_clock(d(received), parse_events(events), CALENDAR, on=d(received))
    assert found.as_json()[key] == due


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name[:3] in ("C03", "F03")])
@pytest.mark.parametrize(("days_after", "lapsed"), [(0, False), (1, True)])
def test_without_answer_or_payment_nothing_is_due_and_the_request_lapses(name, days_after, lapsed):
    received, events, key, last = EXAMPLES[name]
    on = d(last).replace(day=d(last).day + days_after)
    reading = read_clock(d(received), parse_events(events), CALENDAR, on=on)
    waiting = ClockStatus.AWAITING_CLARIFICATION if name[0] == "C" else ClockStatus.AWAITING_FEE
    assert reading.status is (ClockStatus.LAPSED if lapsed else waiting)
    assert reading.response_due is reading.refusal_notice_due is None
    assert reading.as_json()[key] == last
