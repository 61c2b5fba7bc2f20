"""Closing without an answer, and what can no longer be done once there is one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from foitracker.casework.refusals import NotPossible
from requests_app.letters.kinds import acknowledgement, invalid
from requests_app.models import Despatch, FoiRequest
from requests_app.operations.clock import ask_clarification
from requests_app.operations.closure import close_unanswered
from requests_app.operations.correction import correct_letter
from requests_app.operations.intake import Details, Identity, change_details
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText
from requests_app.rules.casework.workflow import Outcome, Status
from tests import factories
from tests.factories import Staff

from .part_refusal import AT, WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LATER = WORKED + timedelta(days=2)


def _close(staff: Staff, case: FoiRequest, outcome: Outcome) -> FoiRequest:
    return close_unanswered(
        case_id=case.pk, by=staff.officer, at=AT, on=WORKED, outcome=outcome, reason="By telephone"
    )


def _ask(staff: Staff, case: FoiRequest) -> None:
    ask_clarification(
        case_id=case.pk, by=staff.officer, at=AT, asked_on=LATER, question="Which map?", today=LATER
    )


def _receive_later(staff: Staff, case: FoiRequest) -> None:
    details = Details(received_on=LATER, channel="email", subject="Patrol plans")
    change_details(case_id=case.pk, by=staff.officer, at=AT, today=LATER, details=details)


@pytest.mark.parametrize(
    "act",
    [lambda staff, case: _close(staff, case, Outcome.WITHDRAWN), _ask, _receive_later],
    ids=["withdraw", "ask", "receive"],
)
def test_what_an_answer_rules_out_while_its_correction_is_worked_on(
    staff: Staff, act: Callable[[Staff, FoiRequest], object]
) -> None:
    worked = approved_part_refusal(staff)
    issued = factories.issue(staff, worked.letter, WORKED)
    correct_letter(letter_id=issued.pk, by=staff.officer, at=AT, correction="The map was left out.")

    with pytest.raises(NotPossible, match="was answered on 16/03/2026"):
        act(staff, worked.case)

    worked.case.refresh_from_db()
    assert (worked.case.status, worked.case.responded_on) == (Status.IN_PROGRESS, WORKED)


def test_an_invalid_request_is_answered_before_it_is_closed(staff: Staff) -> None:
    case = factories.request(identity=Identity(name="P", email="p@example.org"))
    with pytest.raises(NotPossible, match="Issue that letter first"):
        _close(staff, case, Outcome.INVALID)

    letter = factories.draft(staff, case, LetterText(), WORKED, invalid.KIND)
    issue_letter(letter_id=letter.pk, by=staff.intake, at=AT, on=WORKED, despatch=Despatch.COLLECTED)

    assert _close(staff, case, Outcome.INVALID).outcome == Outcome.INVALID


def test_who_gave_no_address_cannot_be_written_to(staff: Staff) -> None:
    case = factories.request(identity=Identity(name="Perpetua Lowmoor"))
    assert _close(staff, case, Outcome.INVALID).status == Status.CLOSED


def test_nothing_is_acknowledged_after_the_end(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    letter = factories.draft(staff, worked.case, LetterText(), WORKED, acknowledgement.KIND)
    _close(staff, worked.case, Outcome.WITHDRAWN)

    with pytest.raises(NotPossible, match="request is closed"):
        issue_letter(letter_id=letter.pk, by=staff.intake, at=AT, on=WORKED, despatch=Despatch.COLLECTED)
