"""The page of a letter: what is to be done next with it, where a gap is fixed, and why it came back."""

from typing import Any

import pytest

from requests_app.models import Despatch, Letter
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText, draft_letter, return_letter
from requests_app.rules.casework.dispositions import LetterKind
from tests import factories
from tests.requests_app.operations.part_refusal import AT, WORKED, WorkedCase, drafted_part_refusal
from tests.requests_app.views.casework import Desk, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

WHY_RETURNED = "Say which map is meant."


@pytest.fixture
def worked() -> WorkedCase:
    return drafted_part_refusal(factories.staff())


@pytest.fixture
def desk(worked: WorkedCase) -> Desk:
    return Desk(worked.staff.officer, worked.case)


def _page(desk: Desk, letter: Letter) -> Any:
    return desk.get(f"letters/{letter.pk}/")


def _acts(page: Any) -> list[tuple[str, bool]]:
    """The actions that are open, each with whether it is the one that stands out."""
    return [(act["label"], not act["secondary"]) for act in page.context["acts"] if not act["reason"]]


def test_a_complete_draft_goes_on_first(worked: WorkedCase, desk: Desk) -> None:
    assert _acts(_page(desk, worked.letter)) == [("Submit for approval", True), ("Change the draft", False)]


def test_a_gap_leads_to_the_claim_or_item_that_has_it(worked: WorkedCase, desk: Desk) -> None:
    claim = worked.case.claims.get()
    claim_exemption(
        case_id=worked.case.pk,
        by=worked.staff.officer,
        at=AT,
        section="31",
        limbs=["31(1)(a)"],
        item_ids=[worked.items["2"]],
        reasons=Reasons(why_applies="They say where offences are looked for."),
        claim_id=claim.pk,
    )
    page = _page(desk, worked.letter)
    assert {gap["url"] for gap in page.context["statutory"]} == {f"{desk.base}claims/{claim.pk}/"}
    assert _acts(page) == [("Change the draft", True)]
    (refused,) = [act["reason"] for act in page.context["acts"] if act["reason"]]
    assert f"{len(page.context['statutory'])} gaps are listed on this page" in refused


def test_what_has_to_change_is_said_until_it_is_submitted_again(worked: WorkedCase, desk: Desk) -> None:
    maker = worked.staff.decision_maker
    factories.submit(worked.staff, worked.letter, WORKED)
    return_letter(letter_id=worked.letter.pk, by=maker, at=AT, reason=WHY_RETURNED)
    assert WHY_RETURNED in text_of(_page(desk, worked.letter))
    (step,) = desk.get("").context["steps"]
    assert step.why == f"{maker.name} returned it: {WHY_RETURNED}"
    factories.submit(worked.staff, worked.letter, WORKED)
    assert WHY_RETURNED not in text_of(_page(desk, worked.letter))


def test_the_address_the_applicant_gave_is_chosen_to_send_to(worked: WorkedCase, desk: Desk) -> None:
    factories.submit(worked.staff, worked.letter, WORKED)
    factories.approve(worked.staff, worked.letter, WORKED)
    form = desk.get(f"letters/{worked.letter.pk}/issue/").context["form"]
    assert form["despatch"].value() == "email"


def test_a_notice_names_nobody_who_decided_or_approved_it(worked: WorkedCase, desk: Desk) -> None:
    officer = worked.staff.officer
    notice = draft_letter(
        case_id=worked.case.pk, by=officer, at=AT, kind=LetterKind.ACKNOWLEDGEMENT, text=LetterText()
    )
    issue_letter(letter_id=notice.pk, by=officer, at=AT, on=WORKED, despatch=Despatch.EMAIL)
    page = text_of(_page(desk, notice))
    assert "Issued" in page
    assert ">Decided<" not in page
    assert ">Approved<" not in page
    assert "Submitted:" not in text_of(desk.get(""))
