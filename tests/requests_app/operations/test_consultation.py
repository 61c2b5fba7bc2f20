"""Consultation: an answer is held until the advice is taken up, or the officer goes on without; the clock goes on."""

import pytest
from django.test import Client

from foitracker.accounts.permissions import NotPermitted
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from requests_app.letters.kinds import acknowledgement
from requests_app.models import Despatch, HoldEnding, IssueHold
from requests_app.operations.consultation import end_hold, override_hold, place_hold
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText
from requests_app.rules.casework.workflow import Status
from tests import factories
from tests.factories import Staff
from tests.requests_app.operations.part_refusal import (
    AT,
    WORKED,
    WorkedCase,
    approved_part_refusal,
    drafted_part_refusal,
)

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AWAITED, PAGE = "CRU log 12/26", "/referrals/2026/12/"


@pytest.fixture
def held(staff: Staff) -> WorkedCase:
    worked = approved_part_refusal(staff)
    place_hold(case_id=worked.case.pk, by=staff.officer, at=AT, awaited=AWAITED, page=PAGE)
    return worked


def issue(staff: Staff, worked: WorkedCase) -> None:
    issue_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, on=WORKED, despatch=Despatch.COLLECTED)


def test_a_held_answer_is_not_issued_and_keeps_its_due_date(staff: Staff, held: WorkedCase) -> None:
    due = held.case.due_on
    with pytest.raises(NotPossible, match="CRU log 12/26"):
        issue(staff, held)
    held.case.refresh_from_db()
    assert (held.case.due_on, held.case.status) == (due, Status.READY_TO_ISSUE)


def test_a_wait_that_ended_lets_it_go(staff: Staff, held: WorkedCase) -> None:
    ended = end_hold(
        case_id=held.case.pk, awaited=AWAITED, by=staff.officer, at=AT, ending=HoldEnding.LOG_CLOSED
    )
    assert ended
    issue(staff, held)
    held.case.refresh_from_db()
    assert held.case.is_closed
    assert not end_hold(
        case_id=held.case.pk, awaited=AWAITED, by=staff.officer, at=AT, ending=HoldEnding.LOG_CLOSED
    )


def test_the_officer_can_go_on_without_it_and_says_why(staff: Staff, held: WorkedCase) -> None:
    hold = IssueHold.objects.get()
    with pytest.raises(NotPossible, match="Say why"):
        override_hold(case_id=held.case.pk, hold_id=hold.pk, by=staff.officer, at=AT, reason=" ")
    override_hold(
        case_id=held.case.pk, hold_id=hold.pk, by=staff.officer, at=AT, reason="The limit is today."
    )
    event = timeline(held.case.reference).first()
    assert event is not None
    assert (event.event, event.words["reason"]) == ("hold_overridden", "The limit is today.")
    issue(staff, held)


def test_it_waits_for_one_thing_once_and_only_while_open(staff: Staff, held: WorkedCase) -> None:
    with pytest.raises(NotPossible, match="already waits"):
        place_hold(case_id=held.case.pk, by=staff.officer, at=AT, awaited=AWAITED, page=PAGE)
    with pytest.raises(NotPermitted):
        place_hold(case_id=held.case.pk, by=staff.intake, at=AT, awaited="CRU log 13/26", page=PAGE)
    end_hold(case_id=held.case.pk, awaited=AWAITED, by=staff.officer, at=AT, ending=HoldEnding.LOG_CLOSED)
    issue(staff, held)
    with pytest.raises(NotPossible, match="closed"):
        place_hold(case_id=held.case.pk, by=staff.officer, at=AT, awaited=AWAITED, page=PAGE)


def test_the_casefile_and_the_letter_say_so(staff: Staff, held: WorkedCase, client: Client) -> None:
    client.force_login(staff.officer)
    page = client.get(held.case.get_absolute_url()).content.decode()
    assert "The statutory clock does not stop" in page
    assert PAGE in page
    assert "waiting for advice: CRU log 12/26" in page  # beside the step that issues the letter
    letter = client.get(f"{held.case.get_absolute_url()}letters/{held.letter.pk}/").content.decode()
    assert "waiting for advice: CRU log 12/26" in letter
    assert f"holds/{IssueHold.objects.get().pk}/override/" in letter


def test_the_page_that_overrides_keeps_what_was_typed(staff: Staff, held: WorkedCase, client: Client) -> None:
    client.force_login(staff.officer)
    address = f"{held.case.get_absolute_url()}holds/{IssueHold.objects.get().pk}/override/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "The limit is today."}).status_code == 302
    assert IssueHold.objects.get().override_reason == "The limit is today."
    assert client.get(address).status_code == 404


def test_an_acknowledgement_is_not_held(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    place_hold(case_id=worked.case.pk, by=staff.officer, at=AT, awaited=AWAITED, page=PAGE)
    letter = factories.draft(staff, worked.case, LetterText(), WORKED, acknowledgement.KIND)
    issued = issue_letter(letter_id=letter.pk, by=staff.intake, at=AT, on=WORKED, despatch=Despatch.COLLECTED)
    assert issued.is_issued
