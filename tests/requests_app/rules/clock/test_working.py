"""The working: every day once, whether it counts, and why."""

from requests_app.rules.clock.statutory_clock import ClockPolicy, read_clock
from requests_app.rules.clock.working import DayKind
from tests.requests_app.rules.clock.clock_cases import CALENDAR, EIR, d, event, narrowing, restart


def steps(received, events, on="2026-11-20", **options):
    return read_clock(d(received), events, CALENDAR, on=d(on), **options).steps


def lines(found):
    return [(step.date.isoformat(), step.counts, step.reason) for step in found]


def reason(found, day):
    return next(step.reason for step in found if step.date == d(day))


def test_the_working_names_each_day():
    found = steps("2025-05-01", narrowing("2025-05-06", "2025-05-07"))
    assert lines(found[:9]) == [
        ("2025-05-01", False, "Request received: day 0"),
        ("2025-05-02", True, "Working day 1 of 20"),
        ("2025-05-03", False, "Saturday"),
        ("2025-05-04", False, "Sunday"),
        ("2025-05-05", False, "Early May bank holiday, bank holiday in all parts of the UK"),
        ("2025-05-06", True, "Clarification asked (s.1(3)): the clock runs on. Working day 2 of 20"),
        (
            "2025-05-07",
            True,
            "Clarification received: it only narrows the request. Working day 3 of 20",
        ),
        ("2025-05-08", True, "Working day 4 of 20"),
        ("2025-05-09", True, "Working day 5 of 20"),
    ]
    assert found[-1].reason == "Working day 20 of 20: last day for the response"


def test_a_step_reads_as_a_line():
    found = {step.date: step.sentence for step in steps("2026-05-20", [])}
    assert found[d("2026-06-15")] == "Monday 15 June 2026: World Cup bank holiday, bank holiday in Scotland"


def test_the_working_of_a_restart_counts_from_the_answer():
    found = steps("2025-05-01", restart("2025-05-06", "2025-05-09"))
    assert lines(found[:13]) == [
        ("2025-05-01", False, "Request received: day 0"),
        ("2025-05-02", False, "Not counted: the whole time runs from the answer"),
        ("2025-05-03", False, "Saturday"),
        ("2025-05-04", False, "Sunday"),
        ("2025-05-05", False, "Early May bank holiday, bank holiday in all parts of the UK"),
        (
            "2025-05-06",
            False,
            "Clarification asked (s.1(3)): the clock stops. Not counted: the whole time runs from the answer",
        ),
        ("2025-05-07", False, "The clock stands: an answer is awaited"),
        ("2025-05-08", False, "The clock stands: an answer is awaited"),
        ("2025-05-09", False, "Clarification received: the clock starts again; day 0"),
        ("2025-05-10", False, "Saturday"),
        ("2025-05-11", False, "Sunday"),
        ("2025-05-12", True, "Working day 1 of 20"),
        ("2025-05-13", True, "Working day 2 of 20"),
    ]


def test_the_days_of_a_fee_are_named():
    fee = [event("fees_notice", "2025-05-06"), event("fee_received", "2025-05-08")]
    found = steps("2025-05-01", fee)
    assert reason(found, "2025-05-06") == (
        "Fees notice given (s.9): days stop counting; to be paid by 05/08/2025. Not counted: from notice to "
        "payment (s.10(2))"
    )
    assert reason(found, "2025-05-07") == "Not counted: from notice to payment (s.10(2))"
    assert reason(found, "2025-05-09") == "Working day 2 of 20"
    assert "(reg 8(6))" in reason(steps("2025-05-01", [EIR, *fee]), "2025-05-07")


def test_an_extension_shows_both_last_days():
    extended = event("pit_extension", "2025-05-30", provision="31(1)(a)", estimate="2025-06-27")
    found = steps("2025-05-01", [extended])
    assert reason(found, "2025-05-30") == (
        "Public interest test extended (s.10(3), 31(1)(a)) to 27/06/2025. Working day 19 of 39"
    )
    assert reason(found, "2025-06-02") == "Working day 20 of 39: last day for the notice under s.17(1)"
    assert found[-1].reason == "Working day 39 of 39: last day for the response"


def test_a_late_notice_and_a_long_extension_are_pointed_out():
    late = event("pit_extension", "2025-06-03", estimate="2025-07-05", reason="abroad")
    found = steps("2025-05-01", [late])
    assert "no qualified exemption is named" in reason(found, "2025-06-03")
    assert "the notice was due on 02/06/2025 (s.17(1))" in reason(found, "2025-06-03")
    assert "more than 40 working days: abroad" in reason(found, "2025-06-03")
    assert lines(found[-1:]) == [("2025-07-05", False, "Saturday: last day for the response")]


def test_while_an_answer_is_awaited_the_days_up_to_the_reading_are_shown():
    found = steps("2026-01-12", restart("2026-01-14"), on="2026-01-16")
    assert lines(found[-2:]) == [
        ("2026-01-15", False, "The clock stands: an answer is awaited"),
        ("2026-01-16", False, "The clock stands: an answer is awaited"),
    ]
    assert len(found) == 5


def test_after_a_lapse_no_more_days_are_shown():
    assert steps("2026-01-12", restart("2026-01-14"), on="2027-01-01")[-1].date == d("2026-04-14")
    fee = [event("fees_notice", "2025-09-10")]
    assert steps("2025-09-01", fee, on="2026-11-20")[-1].date == d("2025-12-09")


def test_after_the_limit_only_days_with_events_are_shown():
    found = steps(
        "2025-05-01", [event("response_sent", "2025-07-07"), event("note", "2025-07-08", text="filed")]
    )
    assert lines(found[-2:]) == [
        (
            "2025-07-07",
            False,
            "Response sent. A review may be asked for until 04/09/2025 (s.45 Code, para 5.3)",
        ),
        ("2025-07-08", False, "filed"),
    ]


def test_a_note_without_words_and_a_further_response():
    events = [
        event("note", "2025-05-02"),
        *(event("response_sent", day) for day in ("2025-05-02", "2025-05-06")),
    ]
    found = steps("2025-05-01", events)
    assert reason(found, "2025-05-02").startswith("Response sent. Note. A review")
    assert reason(found, "2025-05-06").startswith("A further response sent. A review")


def test_arrival_on_a_weekend_by_the_codes_reading():
    policy = ClockPolicy(deemed_next_working_day=True)
    found = steps("2025-06-07", [], policy=policy)
    assert lines(found[:4]) == [
        ("2025-06-07", False, "Request received: day 0. Saturday"),
        ("2025-06-08", False, "Sunday"),
        ("2025-06-09", False, "Taken as received on this day (s.45 Code, para 4.2): day 0"),
        ("2025-06-10", True, "Working day 1 of 20"),
    ]
    answered = steps("2025-06-02", restart("2025-06-03", "2025-06-07"), policy=policy)
    assert "day 0 is 09/06/2025 (s.45 Code, para 4.2)" in reason(answered, "2025-06-07")


def test_what_an_event_did_is_said_where_it_did_nothing():
    late_fee = [event("fees_notice", "2025-06-10"), event("fee_received", "2025-06-11")]
    found = steps("2025-05-01", late_fee)
    assert reason(found, "2025-06-10") == "Fees notice given (s.9): too late to stop the clock (s.9(1))"
    assert reason(found, "2025-06-11") == "Payment received: the limit stands"
    found = steps(
        "2025-05-01", [EIR, *restart("2025-06-10", "2025-06-11"), event("eir_extension", "2025-06-12")]
    )
    assert "later than reg 9(2) allows, so the limit of 02/06/2025 stands" in reason(found, "2025-06-10")
    assert reason(found, "2025-06-11") == "Clarification received: the limit stands"
    assert reason(found, "2025-06-12") == "Extension notified after 02/06/2025: no effect (reg 7(3))"


def test_a_late_answer_a_late_question_and_a_late_payment():
    found = steps("2025-05-01", restart("2025-05-06", "2025-08-07"))
    assert "had lapsed on 06/08/2025 and is opened again as a new receipt" in reason(found, "2025-08-07")
    found = steps("2025-05-01", restart("2025-06-03"))
    assert "the limit of 02/06/2025 had passed before (s.10(1))" in reason(found, "2025-06-03")
    found = steps("2025-05-01", [event("fees_notice", "2025-05-06"), event("fee_received", "2025-08-06")])
    assert "so the request stays lapsed" in reason(found, "2025-08-06")


def test_the_day_of_an_answer_that_another_question_followed_is_still_one_of_waiting():
    found = steps("2025-05-01", [*restart("2025-05-06", "2025-05-08"), *restart("2025-05-12", "2025-05-14")])
    days = {step.date: step for step in found}
    assert days[d("2025-05-07")].kind is DayKind.STANDS
    assert days[d("2025-05-08")].kind is DayKind.STANDS
    assert days[d("2025-05-08")].reason == "Clarification received: the clock starts again; day 0"
    assert days[d("2025-05-09")].kind is DayKind.AFRESH


def test_the_notice_of_section_17_has_its_day_in_the_working_under_the_act_alone():
    act = steps("2025-05-01", [event("pit_extension", "2025-05-20", estimate="2025-06-20")])
    eir = steps("2025-05-01", [EIR, event("eir_extension", "2025-05-20")])
    twentieth = "2025-06-02"
    assert reason(act, twentieth) == "Working day 20 of 34: last day for the notice under s.17(1)"
    assert reason(eir, twentieth) == "Working day 20 of 40"


def test_an_answer_on_the_last_day_for_it_came_before_the_request_lapsed():
    in_time = steps("2025-05-01", restart("2025-05-06", "2025-08-06"))
    assert reason(in_time, "2025-08-06") == "Clarification received: the clock starts again; day 0"
