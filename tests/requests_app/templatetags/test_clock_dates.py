"""Which dates of a clock are listed."""

from datetime import date

from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock
from requests_app.templatetags.clock_dates import applying_dates, later_dates
from tests.requests_app.rules.clock.clock_cases import CALENDAR

#: Asked on 4 March 2025 and answered on the 7th; a fee from the 12th to the 14th. Easter is 18 and 21 April.
EVENTS = [
    *clarification(date(2025, 3, 4), date(2025, 3, 7)),
    ClockEvent(FEES_NOTICE, date(2025, 3, 12)),
    ClockEvent(FEE_RECEIVED, date(2025, 3, 14)),
]


def _reading(on: date = date(2025, 3, 20)) -> ClockReading:
    return read_clock(date(2025, 3, 3), EVENTS, CALENDAR, on=on)


def test_a_settled_fee_is_no_date_that_applies_any_more() -> None:
    assert "fee_payable_by" not in [entry.name for entry in applying_dates(_reading())]
    unpaid = read_clock(date(2025, 3, 3), EVENTS[:3], CALENDAR, on=date(2025, 3, 20))
    assert "fee_payable_by" in [entry.name for entry in later_dates(unpaid)]
    assert "fee_payable_by" not in [entry.name for entry in later_dates(unpaid, ended=True)]
