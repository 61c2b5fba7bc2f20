"""Clarification asked and answered, and what it does to the time limit (FOIA ss.1(3), 10(6))."""

from datetime import date
from typing import Any

import pytest

from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import Clarification, FoiRequest, RequestItem
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.decision import decide_item
from requests_app.queries.clock import due_if_answered
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import Staff

from ..views.casework import with_items

pytestmark = pytest.mark.django_db

#: Received on Monday 2 March 2026; St Patrick's Day (17 March) and Easter (3 and 6 April) do not count.
UNTOUCHED = date(2026, 3, 31)
ASKED, ANSWERED, TODAY = date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 20)
#: Twenty working days after 10 March 2026.
RESTARTED = date(2026, 4, 10)
AT = factories.at(TODAY)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


def _ask(staff: Staff, case: FoiRequest, **more: Any) -> Clarification:
    given: dict[str, Any] = {"asked_on": ASKED, "question": "Which plan?", "today": TODAY, **more}
    return ask_clarification(case_id=case.pk, by=staff.officer, at=AT, **given)


def _answer(staff: Staff, case: FoiRequest, **more: Any) -> Clarification:
    given: dict[str, Any] = {
        "answered_on": ANSWERED,
        "answer": "That of 2025.",
        "effect": ClockEffect.RESTARTS,
        "effect_reason": "There are forty plans.",
        "excluded_item_ids": [],
        "today": TODAY,
        **more,
    }
    return answer_clarification(case_id=case.pk, by=staff.officer, at=AT, **given)


def test_the_clock_stands_while_an_answer_is_awaited(staff: Staff, case: FoiRequest) -> None:
    assert case.due_on == UNTOUCHED
    _ask(staff, case)

    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.AWAITING_CLARIFICATION, None)


@pytest.mark.parametrize(
    ("effect", "due"), [(ClockEffect.RESTARTS, RESTARTED), (ClockEffect.NARROWS, UNTOUCHED)]
)
def test_the_due_date_is_the_one_that_was_shown_before(
    staff: Staff, case: FoiRequest, effect: ClockEffect, due: date
) -> None:
    _ask(staff, case)
    assert due_if_answered(case, ANSWERED)[effect] == due

    _answer(staff, case, effect=effect)

    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.IN_PROGRESS, due)


def test_nothing_is_foretold_without_an_open_question_or_before_it(staff: Staff, case: FoiRequest) -> None:
    assert due_if_answered(case, ANSWERED) == {}
    _ask(staff, case)
    assert due_if_answered(case, date(2026, 3, 3)) == {}
    _answer(staff, case)
    assert due_if_answered(case, ANSWERED) == {}


def test_items_left_out_end_as_excluded(staff: Staff, case: FoiRequest) -> None:
    _, b, _ = case.items.all()
    _ask(staff, case)
    clarification = _answer(staff, case, excluded_item_ids=[b.pk])

    b.refresh_from_db()
    assert (b.disposition, b.decided_by) == (Disposition.EXCLUDED, staff.officer)
    assert [item.label for item in clarification.excluded_items.all()] == ["B"]


def test_the_original_of_a_duplicate_is_not_left_out_alone(staff: Staff, case: FoiRequest) -> None:
    a, _, c = case.items.all()
    decide_item(
        case_id=case.pk, item_id=c.pk, by=staff.officer, at=AT, disposition=Disposition.DUPLICATE,
        duplicate_of_id=a.pk,
    )  # fmt: skip
    _ask(staff, case)
    with pytest.raises(NotPossible, match="Item C is a duplicate"):
        _answer(staff, case, excluded_item_ids=[a.pk])

    _answer(staff, case, excluded_item_ids=[a.pk, c.pk])
    assert set(RequestItem.objects.filter(disposition="excluded").values_list("label", flat=True)) == {
        "A",
        "C",
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"asked_on": date(2026, 3, 1)}, "asked_on"),
        ({"asked_on": date(2026, 3, 21)}, "asked_on"),
        ({"question": "  "}, "question"),
    ],
)
def test_a_question_that_cannot_be(staff: Staff, case: FoiRequest, given: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPossible) as refused:
        _ask(staff, case, **given)
    assert refused.value.field == field
    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.IN_PROGRESS, UNTOUCHED)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"answered_on": date(2026, 3, 3)}, "answered_on"),
        ({"answered_on": date(2026, 3, 21)}, "answered_on"),
        ({"answer": " "}, "answer"),
        ({"effect_reason": ""}, "effect_reason"),
        ({"excluded_item_ids": [0]}, "excluded_items"),
    ],
)
def test_an_answer_that_cannot_be(staff: Staff, case: FoiRequest, given: dict[str, Any], field: str) -> None:
    _ask(staff, case)
    with pytest.raises(NotPossible) as refused:
        _answer(staff, case, **given)
    assert refused.value.field == field
    assert case.clarifications.get().answered_on is None


def test_only_one_question_is_open_and_only_an_open_one_is_answered(staff: Staff, case: FoiRequest) -> None:
    with pytest.raises(TransitionNotAllowed):
        _answer(staff, case)
    _ask(staff, case)
    with pytest.raises(TransitionNotAllowed):
        _ask(staff, case)


def test_a_second_question_comes_after_the_first_answer(staff: Staff, case: FoiRequest) -> None:
    _ask(staff, case)
    _answer(staff, case)
    with pytest.raises(NotPossible, match="answered on 10/03/2026"):
        _ask(staff, case, asked_on=date(2026, 3, 9))
    _ask(staff, case, asked_on=date(2026, 3, 12))
    _answer(staff, case, answered_on=date(2026, 3, 20), effect=ClockEffect.NARROWS)

    case.refresh_from_db()
    assert case.due_on == RESTARTED


def test_an_answer_whose_limit_the_calendar_does_not_reach_is_refused(staff: Staff, case: FoiRequest) -> None:
    _ask(staff, case)
    late = date(2030, 12, 30)
    with pytest.raises(NotPossible, match="outside the working-day calendar") as refusal:
        _answer(staff, case, answered_on=late, today=late)
    assert refusal.value.field == "answered_on"
