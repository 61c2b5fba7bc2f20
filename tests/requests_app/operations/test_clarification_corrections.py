"""A clarification corrected: the dates follow, and what was recorded first stays."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from foitracker.casework.refusals import NotPossible
from requests_app.models import Clarification, FoiRequest
from requests_app.operations.clarification_corrections import correct_clarification, withdraw_clarification
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.queries.clock_history import clock_history
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import Staff

from ..views.casework import with_items

pytestmark = [pytest.mark.django_db, pytest.mark.services]

UNTOUCHED = date(2026, 3, 31)
ASKED, ANSWERED, TODAY = date(2026, 3, 4), date(2026, 3, 10), date(2026, 3, 20)
AT = factories.at(TODAY)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def asked(staff: Staff, case: FoiRequest) -> Clarification:
    return ask_clarification(
        case_id=case.pk, by=staff.officer, at=AT, asked_on=ASKED, question="Which plan?", today=TODAY
    )


def _answer(
    staff: Staff, case: FoiRequest, excluded: list[int] | None = None, *, answer: str = "That of 2025."
) -> Clarification:
    return answer_clarification(
        case_id=case.pk, by=staff.officer, at=AT, answered_on=ANSWERED, answer=answer,
        effect=ClockEffect.RESTARTS, effect_reason="There are forty.", excluded_item_ids=excluded or [], today=TODAY,
    )  # fmt: skip


def _correct(staff: Staff, earlier: Clarification, **change: Any) -> Clarification:
    names = ("asked_on", "question", "answered_on", "answer", "effect", "effect_reason")
    given = {name: getattr(earlier, name) for name in names} | {"correction_reason": "A slip", **change}
    given["effect"] = ClockEffect(given["effect"]) if given["effect"] else None
    return correct_clarification(
        case_id=earlier.foi_request_id,
        clarification_id=earlier.pk,
        by=staff.officer,
        at=AT,
        today=TODAY,
        **given,
    )


def _withdraw(staff: Staff, earlier: Clarification, reason: str = "It was never sent.") -> Clarification:
    return withdraw_clarification(
        case_id=earlier.foi_request_id, clarification_id=earlier.pk, by=staff.officer, at=AT, today=TODAY,
        correction_reason=reason,
    )  # fmt: skip


def _stands(case: FoiRequest) -> tuple[str, date | None]:
    case.refresh_from_db()
    return case.status, case.due_on


def test_the_day_of_an_answer_is_put_right(staff: Staff, case: FoiRequest, asked: Clarification) -> None:
    answered = _answer(staff, case)
    assert _stands(case) == (Status.IN_PROGRESS, date(2026, 4, 10))
    corrected = _correct(staff, answered, answered_on=date(2026, 3, 9))

    assert _stands(case) == (Status.IN_PROGRESS, date(2026, 4, 9))
    assert list(case.clarifications.all()) == [corrected]
    first = Clarification.recorded.get(pk=answered.pk)
    assert (first.answered_on, first.in_force) == (ANSWERED, False)
    (entry,) = [e for e in clock_history(case) if e.clarification]
    assert [r.reason for r in entry.earlier] == ["A slip"]


def test_an_answer_recorded_by_mistake_leaves_the_question_open(
    staff: Staff, case: FoiRequest, asked: Clarification
) -> None:
    _correct(staff, _answer(staff, case), answered_on=None)
    assert _stands(case) == (Status.AWAITING_CLARIFICATION, None)
    _answer(staff, case)
    assert _stands(case)[0] == Status.IN_PROGRESS


def test_a_question_that_was_never_sent_is_taken_out(
    staff: Staff, case: FoiRequest, asked: Clarification
) -> None:
    _withdraw(staff, asked)
    assert _stands(case) == (Status.IN_PROGRESS, UNTOUCHED)
    assert not case.clarifications.exists()
    assert Clarification.recorded.filter(foi_request=case).count() == 2
    with pytest.raises(NotPossible, match="withdrawn already"):
        _withdraw(staff, asked)


def test_a_withdrawn_clarification_still_says_what_was_answered(
    staff: Staff, case: FoiRequest, asked: Clarification
) -> None:
    _withdraw(staff, _answer(staff, case))
    (entry,) = [e for e in clock_history(case) if e.is_withdrawn]
    assert entry.now.particulars.startswith("Answered on 10/03/2026")


def test_asterisks_of_the_applicants_own_may_stay_in_a_correction(
    staff: Staff, case: FoiRequest, asked: Clarification
) -> None:
    answered = _answer(staff, case, answer="The one with the password ****.")
    assert (
        _correct(staff, answered, answer="That with the password ****.").answer
        == "That with the password ****."
    )
    with pytest.raises(NotPossible, match="not as it came"):
        _correct(staff, case.clarifications.get(), answer="That of **** with the password ****.")


def test_an_answer_that_excludes_items_stays_while_they_are_excluded(
    staff: Staff, case: FoiRequest, asked: Clarification
) -> None:
    item = case.items.get(label="B")
    answered = _answer(staff, case, [item.pk])
    with pytest.raises(NotPossible, match="excludes item B"), transaction.atomic():
        _withdraw(staff, answered)
    corrected = _correct(staff, answered, question="Which of the plans?")
    assert list(corrected.excluded_items.all()) == [item]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"asked_on": date(2026, 3, 1)}, "asked_on"),
        ({"asked_on": date(2026, 3, 21)}, "asked_on"),
        ({"answered_on": date(2026, 3, 3)}, "answered_on"),
        ({"question": " "}, "question"),
        ({"answer": ""}, "answer"),
        ({"answer": "Another answer of ****."}, "answer"),
        ({"effect": None}, "effect"),
        ({"effect_reason": ""}, "effect_reason"),
        ({"correction_reason": " "}, "correction_reason"),
    ],
)
def test_a_correction_that_cannot_be(
    staff: Staff, case: FoiRequest, asked: Clarification, change: dict[str, Any], field: str
) -> None:
    answered = _answer(staff, case)
    with pytest.raises(NotPossible) as refused, transaction.atomic():
        _correct(staff, answered, **change)
    assert refused.value.field == field
    assert list(case.clarifications.all()) == [answered]


def test_the_database_keeps_question_answer_and_what_was_replaced(
    staff: Staff, case: FoiRequest, asked: Clarification
) -> None:
    answered = _answer(staff, case)
    _correct(staff, answered, answered_on=date(2026, 3, 9))
    for statement in (
        "UPDATE requests_app_clarification SET question = 'another' WHERE in_force",
        "UPDATE requests_app_clarification SET effect = 'narrows' WHERE in_force",
        "UPDATE requests_app_clarification SET in_force = true WHERE NOT in_force",
        "DELETE FROM requests_app_clarification",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
