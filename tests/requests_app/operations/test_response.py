"""Drafting, submitting, approving and correcting a letter."""

from datetime import date

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.letters.facts import collect_facts
from requests_app.letters.kinds import acknowledgement
from requests_app.models import Authority, LetterStatus
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.correction import abandon_correction, correct_letter
from requests_app.operations.decision import decide_item
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import (
    LetterIncomplete,
    LetterText,
    approve_letter,
    return_letter,
    submit_letter,
)
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import Staff

from .part_refusal import AT, WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_an_officer_submits_and_a_decision_maker_approves(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)

    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)
    letter = approve_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)

    worked.case.refresh_from_db()
    assert worked.case.status == Status.READY_TO_ISSUE
    assert (letter.decided_by, letter.approved_by) == (staff.officer, staff.decision_maker)
    assert not letter.own_approval
    assert [entry.event for entry in timeline(worked.case.reference)[:2]] == [
        "letter_approved",
        "letter_submitted",
    ]


def test_who_decided_an_item_does_not_approve_though_somebody_else_submitted(staff: Staff) -> None:
    staff.officer.roles = [Role.OFFICER, Role.DECISION_MAKER]
    staff.officer.save()
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)

    with pytest.raises(NotPermitted, match="took part in this decision"):
        approve_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)

    worked.case.refresh_from_db()
    assert worked.case.status == Status.AWAITING_APPROVAL


def test_own_approval_needs_the_setting_and_the_trail_says_so(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)
    with pytest.raises(NotPermitted):
        approve_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)

    Authority.objects.update(allows_own_approval=True)
    letter = approve_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)

    assert letter.own_approval
    assert timeline(worked.case.reference)[0].detail["own_approval"] is True


def test_an_officer_cannot_approve(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    factories.submit(staff, worked.letter, WORKED)
    with pytest.raises(NotPermitted, match="approve a letter"):
        approve_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)


def test_every_blocking_gap_is_told_at_once_and_nothing_moves(staff: Staff) -> None:
    worked = drafted_part_refusal(staff, answer="")
    worked.case.claims.update(harm="", balance="")
    decide_item(case_id=worked.case.pk, item_id=worked.items["1"], by=staff.officer, at=AT, disposition=None)

    with pytest.raises(LetterIncomplete) as refused:
        submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)

    places = {gap.where.partition(":")[0] for gap in refused.value.gaps}
    assert {"decision", "claim"} <= places
    assert any("17(3)" in gap.reference for gap in refused.value.gaps)
    worked.case.refresh_from_db()
    assert worked.case.status == Status.IN_PROGRESS


def test_placeholders_block(staff: Staff) -> None:
    worked = drafted_part_refusal(staff, answer="The map of [insert place] is enclosed.")
    with pytest.raises(LetterIncomplete, match="not complete"):
        submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)


def test_a_wrong_reference_blocks_until_it_is_explained(staff: Staff) -> None:
    worked = drafted_part_refusal(staff, answer="It is filed with CRU Ref 698/18.")
    with pytest.raises(LetterIncomplete) as refused:
        submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)
    assert [gap.where for gap in refused.value.gaps] == ["references"]

    explained = LetterText(
        answer="It is filed with CRU Ref 698/18.",
        difference_explanations={
            "unexpected:698/18": "Where the plan is filed; the applicant could not know."
        },
    )
    factories.draft(staff, worked.case, explained, WORKED)

    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)


def test_what_is_submitted_cannot_be_changed_until_it_is_returned(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    factories.submit(staff, worked.letter, WORKED)

    def take_back() -> None:
        decide_item(
            case_id=worked.case.pk, item_id=worked.items["1"], by=staff.officer, at=AT, disposition=None
        )

    with pytest.raises(TransitionNotAllowed, match="Return it"):
        take_back()

    letter = return_letter(
        letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, reason="Say which map."
    )
    assert (letter.status, letter.decided_by) == (LetterStatus.DRAFT, None)
    take_back()


def test_the_second_person_to_change_a_case_is_told(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    seen = worked.case.version
    decide_item(
        case_id=worked.case.pk, item_id=worked.items["1"], by=staff.officer, at=AT,
        disposition=Disposition.NOT_HELD, seen_version=seen,
    )  # fmt: skip

    with pytest.raises(CaseChanged):
        decide_item(
            case_id=worked.case.pk, item_id=worked.items["1"], by=staff.decision_maker, at=AT,
            disposition=Disposition.WITHHELD, seen_version=seen,
        )  # fmt: skip

    assert worked.case.items.get(label="1").disposition == Disposition.NOT_HELD


def test_a_correction_supersedes_and_the_first_answer_keeps_its_day(staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    first = factories.issue(staff, worked.letter, WORKED)
    later = date(2026, 3, 25)

    corrected = correct_letter(
        letter_id=first.pk, by=staff.officer, at=factories.at(later), correction="The map was left out."
    )
    worked.case.refresh_from_db()
    assert worked.case.due_on is None  # answered in time: a correction is never overdue
    factories.submit(staff, corrected, later)
    factories.approve(staff, corrected, later)
    factories.issue(staff, corrected, later)

    first.refresh_from_db()
    worked.case.refresh_from_db()
    corrected.refresh_from_db()
    assert first.status == LetterStatus.SUPERSEDED
    assert (worked.case.responded_on, worked.case.due_on) == (WORKED, date(2026, 3, 31))
    assert (worked.case.status, worked.case.closed_on) == (Status.CLOSED, later)
    assert "The map was left out." in corrected.html


def test_a_correction_says_what_was_wrong(staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    issued = factories.issue(staff, worked.letter, WORKED)
    with pytest.raises(NotPossible, match="what was wrong"):
        correct_letter(letter_id=issued.pk, by=staff.officer, at=AT, correction=" ")


def test_an_acknowledgement_needs_no_second_person_and_closes_nothing(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    letter = factories.draft(staff, worked.case, LetterText(), WORKED, acknowledgement.KIND)

    issue_letter(letter_id=letter.pk, by=staff.intake, at=AT, on=WORKED, despatch="collected")

    worked.case.refresh_from_db()
    assert worked.case.status == Status.IN_PROGRESS
    assert worked.case.responded_on is None


def test_only_an_answer_is_corrected(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    letter = factories.draft(staff, worked.case, LetterText(), WORKED, acknowledgement.KIND)
    issue_letter(letter_id=letter.pk, by=staff.intake, at=AT, on=WORKED, despatch="collected")
    with pytest.raises(NotPossible, match="Only an answer is corrected"):
        correct_letter(letter_id=letter.pk, by=staff.officer, at=AT, correction="The day was wrong.")


def test_a_notice_is_not_submitted(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    letter = factories.draft(staff, worked.case, LetterText(), WORKED, acknowledgement.KIND)
    with pytest.raises(NotPermitted, match="needs no approval"):
        submit_letter(letter_id=letter.pk, by=staff.officer, at=AT, today=WORKED)
    worked.case.refresh_from_db()
    assert worked.case.status == Status.IN_PROGRESS


def test_who_may_not_write_an_answer_is_told_so_whatever_stands_there(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    letter_id = worked.letter.pk
    for refused in (
        lambda: correct_letter(letter_id=letter_id, by=staff.intake, at=AT, correction=""),
        lambda: abandon_correction(letter_id=letter_id, by=staff.intake, at=AT, reason=""),
        lambda: return_letter(letter_id=letter_id, by=staff.intake, at=AT, reason=""),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_an_abandoned_correction_leaves_the_issued_letter_in_force(staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    issued = factories.issue(staff, worked.letter, WORKED)
    worked.case.refresh_from_db()
    outcome, due_on = worked.case.outcome, worked.case.due_on
    draft = correct_letter(letter_id=issued.pk, by=staff.officer, at=AT, correction="The map was left out.")

    abandon_correction(letter_id=draft.pk, by=staff.officer, at=AT, reason="The map was there after all.")

    worked.case.refresh_from_db()
    draft.refresh_from_db()
    issued.refresh_from_db()
    assert (worked.case.status, worked.case.outcome) == (Status.CLOSED, outcome)
    assert (worked.case.closed_on, worked.case.responded_on) == (WORKED, WORKED)
    assert (draft.status, issued.status) == (LetterStatus.ABANDONED, LetterStatus.ISSUED)
    assert worked.case.due_on == due_on
    correct_letter(letter_id=issued.pk, by=staff.officer, at=AT, correction="It was left out in truth.")


def test_a_correction_is_not_abandoned_once_the_case_says_something_else(staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    issued = factories.issue(staff, worked.letter, WORKED)
    draft = correct_letter(letter_id=issued.pk, by=staff.officer, at=AT, correction="The map was left out.")
    decide_item(
        case_id=worked.case.pk,
        item_id=worked.items["1"],
        by=staff.officer,
        at=AT,
        disposition=Disposition.NOT_HELD,
    )

    with pytest.raises(NotPossible, match="items"):
        abandon_correction(letter_id=draft.pk, by=staff.officer, at=AT, reason="No longer wanted.")


def test_references_given_in_a_clarification_are_asked_for_too(staff: Staff) -> None:
    worked = drafted_part_refusal(staff, answer="It is filed with CRU Ref 636/18.")
    ask_clarification(
        case_id=worked.case.pk, by=staff.officer, at=AT, asked_on=WORKED, question="Which logs?", today=WORKED
    )
    answer_clarification(
        case_id=worked.case.pk,
        by=staff.officer,
        at=AT,
        answered_on=WORKED,
        answer="CRU Ref 000636/18 and CRU Ref 43/23.",
        effect=ClockEffect.RESTARTS,
        effect_reason="The logs could not be identified without it.",
        excluded_item_ids=[],
        today=WORKED,
    )

    facts = collect_facts(worked.letter, letter_date=None, today=WORKED)

    assert [difference.key for difference in facts.reference_differences] == ["missing:43/23"]
