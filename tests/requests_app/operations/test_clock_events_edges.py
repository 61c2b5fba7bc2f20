"""Dated facts at their edges: amounts, the same day, what a review has to say, and a closed request."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import Despatch, FoiRequest, RecordedClockEvent
from requests_app.operations.clarification_corrections import correct_clarification, withdraw_clarification
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_events import (
    ClockFact,
    correct_clock_event,
    record_clock_event,
)
from requests_app.operations.closure import close_unanswered
from requests_app.operations.issue import issue_letter
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEES_NOTICE
from requests_app.rules.clock.kinds.regulator import DECISION_NOTICE
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME, REVIEW_RECEIVED
from tests.factories import AT, RECEIVED, person, request_with_items

from .shared_work import WORKED, approved

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 3, 30)
NOTICE = ClockFact(FEES_NOTICE, date(2026, 3, 10), amount=Decimal("0.01"))
EXTENDED = ClockFact(PIT_EXTENSION, date(2026, 3, 26), provision="31(1)(a)", estimate=date(2026, 4, 20))


@pytest.fixture
def officer() -> User:
    return person(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> FoiRequest:
    return request_with_items("1", officer=officer)


def keep(case: FoiRequest, by: User, fact: ClockFact, **given: Any) -> RecordedClockEvent:
    usual: dict[str, Any] = {"at": AT, "today": TODAY}
    return record_clock_event(case_id=case.pk, by=by, fact=fact, **{**usual, **given})


@pytest.mark.parametrize("amount", [None, Decimal(0), Decimal(-35)])
def test_a_fee_is_more_than_nothing(case: FoiRequest, officer: User, amount: Decimal | None) -> None:
    with pytest.raises(NotPossible, match="Enter the fee") as refused:
        keep(case, officer, replace(NOTICE, amount=amount))
    assert refused.value.field == "amount"
    assert keep(case, officer, NOTICE).amount == Decimal("0.01")


def test_a_request_that_was_closed_without_an_answer_is_not_extended(case: FoiRequest, officer: User) -> None:
    close_unanswered(
        case_id=case.pk, by=officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By telephone."
    )
    with pytest.raises(TransitionNotAllowed, match="no time limit to extend"):
        keep(case, officer, EXTENDED)


def test_a_fact_is_corrected_with_a_reason(case: FoiRequest, officer: User) -> None:
    first = keep(case, officer, NOTICE)
    with pytest.raises(NotPossible, match="Say what was wrong") as refused:
        correct_clock_event(
            case_id=case.pk, event_id=first.pk, by=officer, at=AT, today=TODAY, fact=NOTICE,
            correction_reason=" ",
        )  # fmt: skip
    assert refused.value.field == "correction_reason"


@pytest.fixture
def answered() -> FoiRequest:
    work = approved()
    issue_letter(letter_id=work.letter.pk, by=work.officer, at=AT, on=WORKED, despatch=Despatch.COLLECTED)
    return work.case


def test_a_notice_can_ask_for_compliance_on_its_own_day(answered: FoiRequest, officer: User) -> None:
    day = date(2026, 3, 20)
    notice = ClockFact(DECISION_NOTICE, day, comply_by=day)
    assert keep(answered, officer, notice).comply_by == day


def test_a_review_says_how_it_ended_and_by_whom_and_can_end_on_the_day_it_was_asked_for(
    answered: FoiRequest, officer: User
) -> None:
    day, reviewer = date(2026, 3, 18), person(Role.REVIEWER)
    keep(answered, officer, ClockFact(REVIEW_RECEIVED, day))
    ended = ClockFact(REVIEW_OUTCOME, day, finding="upheld", reviewer=reviewer)
    for missing, field in (({"finding": ""}, "finding"), ({"reviewer": None}, "reviewer")):
        with pytest.raises(NotPossible) as refused:
            keep(answered, officer, replace(ended, **missing))  # type: ignore[arg-type]
        assert refused.value.field == field
    assert keep(answered, officer, ended).reviewer == reviewer


# --- clarifications corrected -------------------------------------------------------------------------------


def test_an_answer_is_not_corrected_to_a_day_to_come_and_a_question_goes_with_a_reason(
    case: FoiRequest, officer: User
) -> None:
    asked_on = date(2026, 3, 4)
    common: dict[str, Any] = {"case_id": case.pk, "by": officer, "at": AT, "today": TODAY}
    ask_clarification(**common, asked_on=asked_on, question="Which plan?")
    words: dict[str, Any] = {
        "answered_on": date(2026, 3, 10),
        "answer": "That of 2025.",
        "effect": ClockEffect.RESTARTS,
        "effect_reason": "There are forty.",
    }
    answered = answer_clarification(**common, **words, excluded_item_ids=[])
    with pytest.raises(NotPossible, match="and today") as refused:
        correct_clarification(
            **common,
            **{**words, "answered_on": date(2026, 3, 31)},
            clarification_id=answered.pk,
            asked_on=asked_on,
            question="Which plan?",
            correction_reason="A slip",
        )
    assert refused.value.field == "answered_on"
    with pytest.raises(NotPossible) as refused:
        withdraw_clarification(**common, clarification_id=answered.pk, correction_reason=" ")
    assert refused.value.field == "correction_reason"
