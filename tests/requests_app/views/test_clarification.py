"""The pages on which clarification is asked and answered."""

from datetime import date
from typing import Any

import pytest

from requests_app.models import FoiRequest
from tests.factories import Staff

from .casework import Desk, day, text_of, with_items

pytestmark = pytest.mark.django_db

ANSWER: dict[str, Any] = {
    **day("answered_on", date(2026, 3, 10)),
    "answer": "Leave the map out, please.",
    "effect": "narrows",
    "effect_reason": "It was clear as it stood.",
}


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


@pytest.fixture
def asked(desk: Desk, case: FoiRequest) -> FoiRequest:
    question = {**day("asked_on", date(2026, 3, 4)), "question": "Do you want the map?"}
    assert desk.confirm("clarifications/ask/", question).status_code == 302
    case.refresh_from_db()
    return case


def test_the_clock_stands_once_a_question_is_on_the_file(asked: FoiRequest) -> None:
    assert (asked.status, asked.due_on) == ("awaiting_clarification", None)


def test_both_due_dates_are_shown_for_the_date_typed_before_anything_is_saved(
    desk: Desk, asked: FoiRequest
) -> None:
    response = desk.post(
        "clarifications/answer/",
        {**ANSWER, "answer": "half typ", "effect": "", "preview": "yes"},
    )

    page = text_of(response)
    assert response.status_code == 200
    assert "The response is then due on Friday 10 April 2026." in page
    assert "The response is then due on Tuesday 31 March 2026." in page
    assert "half typ" in page
    assert "There is a problem" not in page
    assert asked.clarifications.get().answered_on is None


def test_a_date_before_the_question_foretells_nothing(desk: Desk, asked: FoiRequest) -> None:
    early = {**ANSWER, **day("answered_on", date(2026, 3, 3)), "preview": "yes"}

    assert "The response is then due" not in text_of(desk.post("clarifications/answer/", early))
    del early["preview"]
    response = desk.post("clarifications/answer/", early)
    assert response.status_code == 422
    assert "between 04/03/2026" in text_of(response)


@pytest.mark.parametrize("year", [2100, 9999])
def test_a_date_beyond_the_calendar_is_refused_and_foretells_nothing(
    desk: Desk, asked: FoiRequest, year: int
) -> None:
    far = {**ANSWER, **day("answered_on", date(year, 3, 3))}

    assert "The response is then due" not in text_of(
        desk.post("clarifications/answer/", {**far, "preview": "yes"})
    )
    response = desk.post("clarifications/answer/", far)
    assert response.status_code == 422
    assert "between 04/03/2026" in text_of(response)


def test_the_answer_excludes_items_and_sets_the_clock_going(desk: Desk, asked: FoiRequest) -> None:
    item = asked.items.get(label="B")

    response = desk.confirm("clarifications/answer/", {**ANSWER, "excluded_items": [item.pk]})

    assert response["Location"].endswith("#clarifications")
    asked.refresh_from_db()
    item.refresh_from_db()
    assert (asked.status, asked.due_on) == ("in_progress", date(2026, 3, 31))
    assert item.disposition == "excluded"
    assert "Do you want the map?" in text_of(desk.get(""))


def test_what_is_masked_in_the_answer_is_said(desk: Desk, asked: FoiRequest) -> None:
    answer = "Leave the map out. Ring 01632 960199 or 01632 960198."
    desk.confirm("clarifications/answer/", {**ANSWER, "answer": answer})
    page = text_of(desk.get(""))
    assert "2 details that may identify the applicant masked in it." in page
    assert "01632" not in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer": ""}, "Enter the applicant&#x27;s answer"),
        ({"effect": ""}, "Choose what the answer does to the time limit"),
        ({"effect": "stops"}, "not one of the available choices"),
        ({"effect_reason": ""}, "Say why the time limit restarts or runs on"),
        ({"answered_on_1": "13"}, "Enter a real date"),
        ({"excluded_items": ["0"]}, "not part of this request"),
    ],
)
def test_what_is_missing_is_said(desk: Desk, asked: FoiRequest, change: dict[str, Any], message: str) -> None:
    response = desk.post("clarifications/answer/", {**ANSWER, **change})

    assert response.status_code == 422
    assert message in text_of(response)
    assert asked.clarifications.get().answered_on is None


def test_the_pages_are_there_only_when_the_act_is_possible(desk: Desk, case: FoiRequest) -> None:
    refused = desk.get("clarifications/answer/")
    assert refused.status_code == 409
    assert "You cannot record the clarification while the request is “In progress”" in text_of(refused)
    sent = desk.post("clarifications/answer/", ANSWER)
    assert sent.status_code == 409
    assert "Leave the map out, please." in text_of(sent)


def test_a_second_question_waits_for_the_first_answer(desk: Desk, asked: FoiRequest) -> None:
    assert desk.get("clarifications/ask/").status_code == 409
    again = {**day("asked_on", date(2026, 3, 5)), "question": "And the plan?"}
    response = desk.post("clarifications/ask/", again)
    assert response.status_code == 409
    assert "And the plan?" in text_of(response)
    assert asked.clarifications.count() == 1
