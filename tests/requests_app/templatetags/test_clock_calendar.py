"""The working of a clock as month tables: every day says what it is, and why, without its colour."""

from datetime import date

from requests_app.rules.clock_events import ClockEvent, EventKind, clarification
from requests_app.rules.statutory_clock import ClockReading, read_clock
from requests_app.templatetags.clock_calendar import DayCell, legend, months_of
from requests_app.templatetags.clock_dates import applying_dates, later_dates
from tests.requests_app.rules.clock_cases import CALENDAR

#: Asked on 4 March 2025 and answered on the 7th; a fee from the 12th to the 14th. Easter is 18 and 21 April.
EVENTS = [
    *clarification(date(2025, 3, 4), date(2025, 3, 7)),
    ClockEvent(EventKind.FEES_NOTICE, date(2025, 3, 12)),
    ClockEvent(EventKind.FEE_RECEIVED, date(2025, 3, 14)),
]


def _reading(on: date = date(2025, 3, 20)) -> ClockReading:
    return read_clock(date(2025, 3, 3), EVENTS, CALENDAR, on=on)


def _cells(clock: ClockReading) -> dict[date, DayCell]:
    return {
        cell.date: cell
        for month in months_of(clock)
        for week in month.weeks
        for cell in week
        if cell is not None
    }


def test_each_kind_of_day_has_its_own_shape_and_words() -> None:
    clock = _reading()
    cells = _cells(clock)
    expected = {
        date(2025, 3, 3): ("arrow", "Day 0"),
        date(2025, 3, 5): ("pause", "Stop"),
        date(2025, 3, 7): ("arrow", "Day 0"),
        date(2025, 3, 8): ("dash", ""),
        date(2025, 3, 10): ("tick", "Day 1"),
        date(2025, 3, 13): ("ring", "Fee"),
        date(2025, 3, 17): ("diamond", "NI"),
        date(2025, 3, 18): ("tick", "Day 3"),
    }
    assert {day: (cells[day].shape, cells[day].words) for day in expected} == expected
    assert [cell.date for cell in cells.values() if cell.is_last] == [clock.response_due]
    assert [cell.date for cell in cells.values() if cell.is_today] == [date(2025, 3, 20)]
    assert len({shape for shape, _ in legend(clock)}) == len(legend(clock)) == 6


def test_weeks_are_whole_and_every_day_of_a_month_is_there_once() -> None:
    for month in months_of(_reading()):
        assert all(len(week) == 7 for week in month.weeks)
    assert [m.title for m in months_of(_reading())] == ["March 2025", "April 2025"]
    assert len(_cells(_reading())) == 31 + 30


def test_what_happened_is_told_below_its_month_and_plain_days_are_not() -> None:
    march, april = months_of(_reading())
    assert any("St Patrick" in remark and "Northern Ireland" in remark for remark in march.remarks)
    assert any("Payment received" in remark for remark in march.remarks)
    assert not any("The clock stands" in remark for remark in march.remarks)
    assert april.remarks[-1].endswith("last day for the response")


def test_a_settled_fee_is_no_date_that_applies_any_more() -> None:
    assert "fee_payable_by" not in [entry.name for entry in applying_dates(_reading())]
    unpaid = read_clock(date(2025, 3, 3), EVENTS[:3], CALENDAR, on=date(2025, 3, 20))
    assert "fee_payable_by" in [entry.name for entry in later_dates(unpaid)]
    assert "fee_payable_by" not in [entry.name for entry in later_dates(unpaid, ended=True)]
