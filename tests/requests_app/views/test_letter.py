"""The page of a letter: what is to be done next with it, where a gap is fixed, and why it came back."""

from typing import Any

import pytest

from requests_app.letters.kinds import acknowledgement, invalid
from requests_app.models import Applicant, Despatch, FoiRequest, Letter, LetterStatus
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText, draft_letter, return_letter
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


def _actions(page: Any) -> list[tuple[str, bool]]:
    """The actions that are open, each with whether it is the one that stands out."""
    return [
        (action.label, number == 0)
        for number, action in enumerate(page.context["actions"])
        if not action.reason
    ]


def test_a_complete_draft_goes_on_first(worked: WorkedCase, desk: Desk) -> None:
    assert _actions(_page(desk, worked.letter)) == [
        ("Submit for approval", True),
        ("Change the draft", False),
    ]


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
    assert {gap["url"] for gap in page.context["blocking"]} == {f"{desk.base}claims/{claim.pk}/"}
    assert _actions(page) == [("Change the draft", True)]
    (refused,) = [action.reason for action in page.context["actions"] if action.reason]
    assert f"{len(page.context['blocking'])} gaps are listed on this page" in refused


def test_what_has_to_change_is_said_until_it_is_submitted_again(worked: WorkedCase, desk: Desk) -> None:
    maker = worked.staff.decision_maker
    factories.submit(worked.staff, worked.letter, WORKED)
    return_letter(letter_id=worked.letter.pk, by=maker, at=AT, reason=WHY_RETURNED)
    assert WHY_RETURNED in text_of(_page(desk, worked.letter))
    (why,) = [step.why for step in desk.get("").context["steps"] if step.label.startswith("Check the draft")]
    assert why == f"{maker.name} returned it: {WHY_RETURNED}"
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
        case_id=worked.case.pk, by=officer, at=AT, kind=acknowledgement.KIND, text=LetterText()
    )
    issue_letter(letter_id=notice.pk, by=officer, at=AT, on=WORKED, despatch=Despatch.EMAIL)
    page = text_of(_page(desk, notice))
    assert "Issued" in page
    assert ">Decided<" not in page
    assert ">Approved<" not in page
    assert "Submitted:" not in text_of(desk.get(""))


def _acknowledgement(worked: WorkedCase) -> Letter:
    return draft_letter(
        case_id=worked.case.pk, by=worked.staff.officer, at=AT, kind=acknowledgement.KIND, text=LetterText()
    )


def test_the_gap_about_the_subject_leads_to_where_the_subject_is_changed(
    worked: WorkedCase, desk: Desk
) -> None:
    FoiRequest.objects.filter(pk=worked.case.pk).update(subject="Plans for [insert town]")
    for letter in (_acknowledgement(worked), worked.letter):
        (gap,) = _page(desk, letter).context["blocking"]
        assert "in the subject" in gap["message"]
        assert gap["url"] == f"{desk.base}details/"
    assert 'name="subject"' in text_of(desk.get("details/"))


def test_a_placeholder_in_a_notice_leads_to_the_draft_of_that_notice(worked: WorkedCase, desk: Desk) -> None:
    Applicant.objects.filter(pk=worked.case.pk).update(name="Q")
    notice = draft_letter(
        case_id=worked.case.pk,
        by=worked.staff.officer,
        at=AT,
        kind=invalid.KIND,
        text=LetterText(advice="Ask [insert name]."),
    )
    (gap,) = _page(desk, notice).context["blocking"]
    assert gap["url"] == f"{desk.base}letters/draft/invalid/"


def test_a_letter_that_comes_from_the_request_alone_asks_for_nothing(worked: WorkedCase, desk: Desk) -> None:
    page = desk.get("letters/draft/acknowledgement/")
    assert page.context["form"].visible_fields() == []
    assert "All of this letter comes from the request." in text_of(page)
    assert desk.post("letters/draft/acknowledgement/", {}).status_code == 302
    assert worked.case.letters.get(kind="acknowledgement").status == LetterStatus.DRAFT


@pytest.mark.parametrize("page", ["submit", "approve"])
def test_nobody_submits_or_approves_a_notice(worked: WorkedCase, desk: Desk, page: str) -> None:
    notice = _acknowledgement(worked)
    assert _actions(_page(desk, notice)) == [("Issue", True), ("Change the draft", False)]
    refused = desk.post(f"letters/{notice.pk}/{page}/", {})
    assert refused.status_code == 403
    assert "needs no approval" in text_of(refused)


def test_there_is_no_page_for_a_kind_that_there_is_not(desk: Desk) -> None:
    for address in ("disclosure", "fee_refund"):
        assert desk.get(f"letters/draft/{address}/").status_code == 404


def test_intake_writes_a_notice_and_no_answer(worked: WorkedCase) -> None:
    intake = Desk(worked.staff.intake, worked.case)
    assert intake.get("letters/draft/acknowledgement/").status_code == 200
    assert intake.get("letters/draft/answer/").status_code == 403
    assert ("Change the draft", True) not in _actions(_page(intake, worked.letter))


def test_the_answer_that_was_chosen_is_the_one_that_is_drafted(worked: WorkedCase, desk: Desk) -> None:
    form = desk.get("letters/draft/answer/").context["form"]
    assert (form["kind"].value(), list(form.fields)[1:]) == (
        "part_refusal",
        ["kind", "answer", "enclosures", "advice"],
    )
    desk.post("letters/draft/answer/", {"kind": "full_refusal", "answer": "No."})
    letter = worked.case.letters.get()
    assert (letter.kind, letter.is_answer, letter.answer) == ("full_refusal", True, "No.")
    assert "The decisions on the items call for the letter “Part refusal”" in text_of(_page(desk, letter))
