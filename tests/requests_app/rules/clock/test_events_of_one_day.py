"""Events of one day, in the order of their ranks."""

from requests_app.rules.clock.statutory_clock import read_clock
from tests.requests_app.rules.clock.clock_cases import CALENDAR, d, event, restart


def test_on_one_day_the_answer_comes_before_the_response_it_makes_possible():
    events = [event("response_sent", "2025-04-07"), *restart("2025-04-02", "2025-04-07")]
    reading = read_clock(d("2025-03-28"), events, CALENDAR, on=d("2025-04-08"))
    assert (reading.status, reading.responded_on) == ("responded", d("2025-04-07"))


def test_on_one_day_the_time_is_extended_before_the_response():
    events = [event("response_sent", "2025-04-07"), event("pit_extension", "2025-04-07")]
    reading = read_clock(d("2025-03-28"), events, CALENDAR, on=d("2025-04-08"))
    assert (reading.status, reading.limit) == ("responded", 40)
