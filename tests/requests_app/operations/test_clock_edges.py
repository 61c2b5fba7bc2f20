"""What following the clock leaves alone: the officer, a warning given, a request that has had its answer."""

from datetime import UTC, date, datetime, time

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import Despatch, FoiRequest, LapseWarning
from requests_app.operations.clarification_corrections import correct_clarification
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.correction import correct_letter
from requests_app.operations.intake import Details, change_details
from requests_app.operations.issue import issue_letter
from requests_app.operations.lapse import Swept, sweep_lapses
from requests_app.operations.response import approve_letter, submit_letter
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests.factories import RECEIVED, authority, person, request_with_items

from .shared_work import AT, WORKED, deciding, drafted

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ASKED = date(2026, 3, 4)
WARNED = date(2026, 5, 21)  # a fortnight before 4 June, when three months from asking are over


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC)


def ask(case: FoiRequest, by: User) -> None:
    ask_clarification(
        case_id=case.pk, by=by, at=at(ASKED), asked_on=ASKED, question="Which plan?", today=ASKED
    )


def test_a_request_stays_with_its_officer_whoever_asks_a_question_on_it() -> None:
    officer, colleague = person(Role.OFFICER), person(Role.OFFICER)
    case = request_with_items("1", officer=officer)
    ask(case, by=colleague)
    case.refresh_from_db()
    assert (case.status, case.officer) == (Status.AWAITING_CLARIFICATION, officer)


def test_a_warning_stays_as_long_as_the_day_it_warns_of() -> None:
    authority()
    officer = person(Role.OFFICER)
    case = request_with_items("1", officer=officer)
    ask(case, by=officer)
    assert sweep_lapses(at=at(WARNED), today=WARNED) == Swept(1, 0)
    warning = LapseWarning.objects.get()

    details = Details(received_on=RECEIVED, channel="email", subject="Plans of patrols")
    change_details(case_id=case.pk, by=officer, at=at(WARNED), today=WARNED, details=details)

    assert LapseWarning.objects.get() == warning
    assert sweep_lapses(at=at(WARNED), today=WARNED) == Swept(0, 0)


def test_a_request_that_has_had_its_answer_waits_for_nothing_any_more() -> None:
    """Not for an answer to a question that turns out never to have come, either."""
    work = drafted()
    officer = work.officer
    ask(work.case, by=officer)
    asked = answer_clarification(
        case_id=work.case.pk,
        by=officer,
        at=AT,
        answered_on=WORKED,
        answer="That of 2025.",
        effect=ClockEffect.NARROWS,
        effect_reason="It was clear.",
        excluded_item_ids=[],
        today=WORKED,
    )
    submit_letter(letter_id=work.letter.pk, by=officer, at=AT, today=WORKED)
    approve_letter(letter_id=work.letter.pk, by=deciding(), at=AT, today=WORKED)
    issued = issue_letter(letter_id=work.letter.pk, by=officer, at=AT, on=WORKED, despatch=Despatch.COLLECTED)
    correct_letter(letter_id=issued.pk, by=officer, at=AT, correction="The map was left out.")

    correct_clarification(
        case_id=work.case.pk,
        clarification_id=asked.pk,
        by=officer,
        at=AT,
        today=WORKED,
        asked_on=asked.asked_on,
        question=asked.question,
        correction_reason="The answer belongs to another request.",
    )

    work.case.refresh_from_db()
    assert (work.case.status, work.case.due_on) == (Status.IN_PROGRESS, None)
