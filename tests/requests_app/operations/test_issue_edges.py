"""Issue at its edges: who, on which day, by which way, and what a request ends as."""

from datetime import date, timedelta
from typing import Any

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from requests_app.letters import kinds
from requests_app.models import Despatch, Letter, LetterStatus
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.intake import Identity
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import (
    LetterIncomplete,
    LetterText,
    approve_letter,
    draft_letter,
    submit_letter,
)
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests.factories import RECEIVED, authority, person, request, request_with_items

from .shared_work import AT, WORKED, SharedWork, approved, deciding

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def issue(work: SharedWork, **given: Any) -> Letter:
    usual: dict[str, Any] = {"by": work.officer, "at": AT, "on": WORKED, "despatch": Despatch.COLLECTED}
    return issue_letter(letter_id=work.letter.pk, **{**usual, **given})


def acknowledgement(*, identity: Identity | None = None, subject: str = "Patrol plans") -> SharedWork:
    authority()
    officer = person(Role.OFFICER)
    given = {"identity": identity} if identity else {}
    case = request(by=officer, subject=subject, **given)
    letter = draft_letter(
        case_id=case.pk, by=officer, at=AT, kind=kinds.acknowledgement.KIND, text=LetterText()
    )
    return SharedWork(case, letter, officer)


def test_a_request_of_which_clarification_left_nothing_ends_as_that() -> None:
    authority()
    officer = person(Role.OFFICER)
    case = request_with_items("1", "2", officer=officer)
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Do you want these?", today=WORKED
    )
    answer_clarification(
        case_id=case.pk,
        by=officer,
        at=AT,
        answered_on=WORKED,
        answer="No, leave both out.",
        effect=ClockEffect.NARROWS,
        effect_reason="It was clear what was asked.",
        excluded_item_ids=list(case.items.values_list("pk", flat=True)),
        today=WORKED,
    )
    letter = draft_letter(
        case_id=case.pk,
        by=officer,
        at=AT,
        kind=kinds.disclosure.KIND,
        text=LetterText(answer="You left out all that you had asked for, so nothing is left to answer."),
    )
    submit_letter(letter_id=letter.pk, by=officer, at=AT, today=WORKED)
    approve_letter(letter_id=letter.pk, by=deciding(), at=AT, today=WORKED)

    issue(SharedWork(case, letter, officer))

    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.NOTHING_LEFT)


def test_a_letter_bears_the_day_of_receipt_or_a_later_one() -> None:
    work = acknowledgement()
    with pytest.raises(NotPossible, match="before the request was received") as refused:
        issue(work, on=RECEIVED - timedelta(days=1))
    assert refused.value.field == "on"
    assert issue(work, on=RECEIVED).issued_on == RECEIVED


def test_a_day_from_which_the_last_day_for_a_review_cannot_be_counted_is_refused() -> None:
    with pytest.raises(NotPossible, match="outside the working-day calendar") as refused:
        issue(approved(), on=date(2030, 12, 20))
    assert refused.value.field == "on"


@pytest.mark.parametrize("role", [Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR])
def test_a_role_that_issues_no_letters_issues_none(role: Role) -> None:
    work = acknowledgement()
    with pytest.raises(NotPermitted):
        issue(work, by=person(role))
    work.letter.refresh_from_db()
    assert work.letter.status == LetterStatus.DRAFT


def test_another_address_has_to_be_there_to_be_used() -> None:
    with pytest.raises(NotPossible, match="no other address") as refused:
        issue(acknowledgement(), despatch=Despatch.OTHER)
    assert refused.value.field == "despatch"
    at_a_page = Identity(name="Perpetua Lowmoor", other_address="https://example.org/requests/12")
    assert issue(acknowledgement(identity=at_a_page), despatch=Despatch.OTHER).is_issued


def test_a_letter_that_is_collected_is_e_mailed_to_nobody() -> None:
    issue(acknowledgement())
    assert not OutboxMessage.objects.exists()


def test_an_acknowledgement_with_something_left_to_fill_in_is_not_issued() -> None:
    """Nobody approves it, so its issue is where its gaps are looked for."""
    work = acknowledgement(subject="Plans of [insert place]")
    with pytest.raises(LetterIncomplete) as refused:
        issue(work)
    assert [gap.where for gap in refused.value.gaps] == ["details"]
    work.letter.refresh_from_db()
    assert work.letter.status == LetterStatus.DRAFT


def test_an_answer_is_issued_by_whoever_had_a_part_in_it_once_another_approved() -> None:
    work = approved()
    issue(work)
    work.case.refresh_from_db()
    assert (work.case.outcome, work.case.responded_on) == (Outcome.PARTLY_DISCLOSED, WORKED)
