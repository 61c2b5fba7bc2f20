"""Dates and facts in words, each with its law."""

from datetime import date

import pytest

from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import CLARIFICATION_RECEIVED
from requests_app.rules.clock.law import Regime
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock
from requests_app.rules.clock.wording import facts, named_dates, standing
from tests.requests_app.rules.clock.clock_cases import CALENDAR, EIR, d, event, restart

RECEIVED = date(2025, 3, 28)


def read(*events: ClockEvent, on: str = "2025-04-10") -> ClockReading:
    return read_clock(RECEIVED, events, CALENDAR, on=d(on))


def laws(reading: ClockReading) -> dict[str, tuple[str, str]]:
    return {entry.name: (entry.day.isoformat(), entry.law) for entry in named_dates(reading)}


def test_an_ordinary_request_has_its_dates_under_the_act() -> None:
    assert laws(read()) == {
        "day_one": ("2025-03-31", "FOIA s.10(1) and (6)"),
        "refusal_notice_due": ("2025-04-29", "FOIA s.17(1) and (2)"),
        "response_due": ("2025-04-29", "FOIA s.10(1)"),
        "aggregation_window_ends": ("2025-06-25", "Fees Regulations 2004, reg 5"),
    }


def test_an_extended_limit_names_the_section_it_rests_on() -> None:
    found = laws(read(event("pit_extension", "2025-04-25", estimate="2025-05-20")))
    assert found["refusal_notice_due"] == ("2025-04-29", "FOIA s.17(1) and (2)")
    assert found["response_due"] == ("2025-05-20", "FOIA s.10(3)")


def test_under_the_eir_the_regulations_are_named_and_the_refusal_falls_due_with_the_response() -> None:
    """Received on Friday 28 March, charge notified on Wednesday 2 April: Monday was day 1 all the same.

    Only the days from the notification on are disregarded (reg 8(6)), so the limit waits and the first day does
    not. The 60 working days to pay end on Tuesday 1 July (reg 8(5)): Easter and May take four days out.
    """
    assert laws(read(EIR, event("fees_notice", "2025-04-02"), on="2025-04-03")) == {
        "day_one": ("2025-03-31", "EIR reg 5(2)"),
        "fee_payable_by": ("2025-07-01", "EIR reg 8(5)"),
    }
    answered = laws(read(EIR, event("response_sent", "2025-04-20")))
    assert "refusal_notice_due" not in answered
    assert all("FOIA s.1" not in law for _, law in answered.values())
    assert answered["representations_by"][1] == "EIR reg 11(2)"


@pytest.mark.parametrize("notified", ["2025-03-28", "2025-03-31"])
def test_a_charge_notified_before_a_day_counted_leaves_no_first_day_until_it_is_paid(notified: str) -> None:
    unpaid = laws(read(EIR, event("fees_notice", notified), on="2025-04-03"))
    assert set(unpaid) == {"fee_payable_by"}
    paid = laws(read(EIR, event("fees_notice", notified), event("fee_received", "2025-04-03")))
    assert paid["day_one"] == ("2025-04-04", "EIR reg 5(2)")


def test_every_date_of_a_reading_but_receipt_and_the_regulators_own_has_a_name() -> None:
    reading = read(
        event("response_sent", "2025-04-20"),
        event("internal_review_received", "2025-05-01"),
        event("internal_review_outcome", "2025-05-20"),
        event("decision_notice_sent", "2025-06-02", comply_by="2025-07-14"),
    )
    dated = {name for name in reading.__slots__ if isinstance(getattr(reading, name), date)}
    assert {entry.name for entry in named_dates(reading)} == dated - {"received_on", "read_on", "started_on"}


def test_the_state_is_told_with_its_days() -> None:
    assert standing(read()) == "Running: working day 9 of 20, 11 left"
    assert standing(read(on="2025-05-02")) == "Overdue: working day 23 of 20, 3 too many"
    assert standing(read(*restart("2025-04-02"))) == "Stopped: an answer to a question is awaited"
    assert standing(read(event("response_sent", "2025-04-09"))).startswith("Answered: working day 8")
    assert standing(read(event("response_sent", "2025-05-09"), on="2025-05-10")).startswith("Answered late: ")


def test_facts_stand_in_order_with_what_they_say_and_without_remarks() -> None:
    events = (
        event("pit_extension", "2025-04-25", provision="s.31", estimate="2025-05-20", text="called Perpetua"),
        *restart("2025-04-02", "2025-04-07"),
        event("fee_unpaid"),
    )
    told = facts(RECEIVED, events, Regime.FOIA)
    assert [fact.day.isoformat()[5:] if fact.day else None for fact in told] == [
        "03-28", "04-02", "04-07", "04-25", None,
    ]  # fmt: skip
    assert told[2].detail == "asked on 02/04/2025"
    assert told[3].detail == "exemption s.31; decision expected by 20/05/2025"
    assert "Perpetua" not in str(told)


def test_on_the_last_day_none_is_left_and_nothing_is_overdue() -> None:
    assert standing(read(on="2025-04-29")) == "Running: working day 20 of 20, 0 left"
    assert standing(read(on="2025-04-30")) == "Overdue: working day 21 of 20, 1 too many"


def test_an_answer_that_has_not_come_is_told_and_prose_is_not() -> None:
    awaited = ClockEvent(CLARIFICATION_RECEIVED)
    extended = event("eir_extension", "2025-04-07", reason="Perpetua asks for forty maps")
    told = facts(RECEIVED, (EIR, *restart("2025-04-02"), awaited, extended), Regime.EIR)
    assert [(fact.label, fact.detail) for fact in told[1:]] == [
        ("Clarification asked", ""),
        ("Extended for complexity and volume", ""),
        ("Clarification received", "not yet"),
    ]
