"""A letter on its way: what cannot be drafted, submitted, approved, returned or corrected, and why."""

from collections.abc import Callable
from typing import Any

import pytest

from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.letters.kind import LetterKind
from requests_app.letters.kinds import acknowledgement, disclosure, part_refusal
from requests_app.models import Despatch, Letter, LetterStatus
from requests_app.operations.correction import abandon_correction, correct_letter
from requests_app.operations.decision import record_search, set_holding
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.intake import Details, change_details
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import (
    LetterText,
    approve_letter,
    draft_letter,
    return_letter,
    submit_letter,
)
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.workflow import Status
from tests.factories import RECEIVED

from .shared_work import AT, WORKED, SharedWork, approved, deciding, drafted, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def draft(work: SharedWork, kind: LetterKind, **text: Any) -> Letter:
    return draft_letter(case_id=work.case.pk, by=work.officer, at=AT, kind=kind, text=LetterText(**text))


def test_one_answer_is_in_hand_at_a_time_and_says_what_it_corrects_only_where_it_does() -> None:
    work = drafted()
    changed = draft(work, disclosure.KIND, answer="All of it.", correction="The map was left out.")
    assert (changed.pk, changed.kind, changed.correction) == (work.letter.pk, "disclosure", "")
    assert work.case.letters.count() == 1
    draft(work, acknowledgement.KIND)
    assert work.case.letters.count() == 2


@pytest.mark.parametrize("kind", [part_refusal.KIND, acknowledgement.KIND])
def test_nothing_is_drafted_while_the_answer_is_with_an_approver(kind: LetterKind) -> None:
    work = submitted()
    with pytest.raises(TransitionNotAllowed, match="Return it for more work"):
        draft(work, kind, answer="Another answer.")
    assert work.case.letters.get().answer == "Most of it is enclosed."


@pytest.mark.parametrize(
    ("stands", "step"),
    [
        (drafted, approve_letter),
        (submitted, submit_letter),
        (approved, approve_letter),
    ],
    ids=["approve a draft", "submit twice", "approve twice"],
)
def test_a_step_takes_the_letter_as_it_stands(
    stands: Callable[[], SharedWork], step: Callable[..., Letter]
) -> None:
    work = stands()
    with pytest.raises(NotPossible, match=r"by now\. Look at it again"):
        step(letter_id=work.letter.pk, by=deciding(), at=AT, today=WORKED)


def test_a_letter_is_returned_with_what_has_to_change_and_keeps_nothing_of_its_approval() -> None:
    work = approved()
    given: dict[str, Any] = {"letter_id": work.letter.pk, "by": work.officer, "at": AT}
    with pytest.raises(NotPossible, match="Say what has to change") as refused:
        return_letter(**given, reason=" ")
    assert refused.value.field == "reason"

    letter = return_letter(**given, reason="Name the map.")
    letter.refresh_from_db()
    assert (letter.status, letter.approved_digest, letter.own_approval) == (LetterStatus.DRAFT, "", False)
    assert (letter.decided_by, letter.decided_at, letter.approved_by, letter.approved_at) == (None,) * 4
    with pytest.raises(NotPossible, match="by now"):
        return_letter(**given, reason="Name the map.")


# --- corrections --------------------------------------------------------------------------------------------


def issued() -> SharedWork:
    work = approved()
    issue_letter(letter_id=work.letter.pk, by=work.officer, at=AT, on=WORKED, despatch=Despatch.COLLECTED)
    work.case.refresh_from_db()
    return work


def correcting() -> SharedWork:
    work = issued()
    letter = correct_letter(letter_id=work.letter.pk, by=work.officer, at=AT, correction="The map.")
    return SharedWork(work.case, letter, work.officer)


def abandon(work: SharedWork, reason: str = "The map was there after all.") -> Letter:
    return abandon_correction(letter_id=work.letter.pk, by=work.officer, at=AT, reason=reason)


def test_only_an_answer_that_was_issued_is_corrected() -> None:
    work = submitted()
    with pytest.raises(NotPossible, match="by now"):
        correct_letter(letter_id=work.letter.pk, by=work.officer, at=AT, correction="The map.")

    other = drafted()
    acknowledged = draft(other, acknowledgement.KIND)
    issue_letter(letter_id=acknowledged.pk, by=other.officer, at=AT, on=WORKED, despatch=Despatch.COLLECTED)
    with pytest.raises(NotPossible, match="Only an answer is corrected"):
        correct_letter(letter_id=acknowledged.pk, by=other.officer, at=AT, correction="The date.")


def test_a_correction_is_given_up_with_a_reason_and_while_it_is_a_draft() -> None:
    work = correcting()
    with pytest.raises(NotPossible, match="Say why the issued letter stands") as refused:
        abandon(work, reason="\n")
    assert refused.value.field == "reason"
    submit_letter(letter_id=work.letter.pk, by=work.officer, at=AT, today=WORKED)
    with pytest.raises(NotPossible, match="by now"):
        abandon(work)


def test_a_draft_that_corrects_no_other_letter_is_not_given_up() -> None:
    with pytest.raises(NotPossible, match="corrects no other one"):
        abandon(drafted())


def _search_again(work: SharedWork) -> None:
    record_search(
        case_id=work.case.pk, by=work.officer, at=AT, searched="Paper files", searched_by="Unit",
        searched_on=WORKED, criteria="Map", result="", holding=Holding.HELD, today=WORKED,
    )  # fmt: skip


def _say_otherwise_what_is_held(work: SharedWork) -> None:
    set_holding(case_id=work.case.pk, by=work.officer, at=AT, holding=Holding.PARTLY_HELD)


def _claim_more(work: SharedWork) -> None:
    item = work.case.items.get(label="2")
    claim_exemption(
        case_id=work.case.pk, by=work.officer, at=AT, section="38", limbs=["38(1)(a)"], item_ids=[item.pk],
        reasons=Reasons(why_applies="It says who patrols alone."),
    )  # fmt: skip


def _change_details(**details: str) -> Callable[[SharedWork], None]:
    def change(work: SharedWork) -> None:
        usual = {"received_on": RECEIVED, "channel": "email", "subject": "Patrol plans"}
        change_details(
            case_id=work.case.pk,
            by=work.officer,
            at=AT,
            today=WORKED,
            details=Details(**{**usual, **details}),  # type: ignore[arg-type]
        )

    return change


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_search_again, "searches"),
        (_say_otherwise_what_is_held, "holding"),
        (_claim_more, "claims"),
        (_change_details(subject="Plans of patrols"), "subject"),
        (_change_details(interpretation="The plan of 2025."), "interpretation"),
        (_change_details(regime="EIR"), "regime"),
    ],
)
def test_a_correction_is_not_given_up_once_the_case_says_something_else(
    change: Callable[[SharedWork], None], named: str
) -> None:
    work = correcting()
    change(work)
    with pytest.raises(NotPossible, match=rf"since it was reopened \({named}\)"):
        abandon(work)
    work.case.refresh_from_db()
    assert work.case.status == Status.IN_PROGRESS
