"""Requests that may be costed together (Fees Regulations 2004, reg 5)."""

import pytest

from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.rules.clock.related_requests import aggregation_window_ends
from requests_app.rules.clock.statutory_clock import read_clock
from tests.requests_app.rules.clock.clock_cases import CALENDAR, EIR, d, event


def read(received, *events):
    return read_clock(d(received), events, CALENDAR, on=d(received))


def test_the_day_of_receipt_is_the_first_of_sixty():
    end = aggregation_window_ends(d("2025-09-01"), CALENDAR)
    assert end == d("2025-11-21")
    assert CALENDAR.count_working_days(d("2025-08-31"), end) == 60


@pytest.mark.parametrize(("day", "where"), [("2025-11-21", "within"), ("2025-11-22", "outside")])
def test_a_related_request_is_inside_or_outside(day, where):
    step = next(
        s for s in read("2025-09-01", event("related_request_received", day)).steps if s.date == d(day)
    )
    assert f"{where} the 60 working days that end on 21/11/2025" in step.reason


def test_the_eir_know_no_cost_limit():
    reading = read("2025-09-01", EIR, event("related_request_received", "2025-11-21"))
    assert reading.aggregation_window_ends is None
    assert not any("Related request" in step.reason for step in reading.steps)


def test_a_window_beyond_the_calendar_is_left_open_until_it_matters():
    assert read("2030-10-15").aggregation_window_ends is None
    with pytest.raises(CalendarNotCovered):
        read("2030-10-15", event("related_request_received", "2030-10-20"))
