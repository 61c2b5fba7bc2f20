"""Who took part in a decision is read from the whole history of the case, and not from whoever saved it last."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from requests_app.letters.kinds import acknowledgement, part_refusal
from requests_app.measures import TO_APPROVE, RequestView
from requests_app.models import Authority, Despatch, FoiRequest
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.correction import correct_letter
from requests_app.operations.decision import decide_item, decide_items, set_holding
from requests_app.operations.exemption import claim_exemption, withdraw_claim
from requests_app.operations.intake import write_note
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import (
    LetterText,
    approve_letter,
    draft_letter,
    return_letter,
    submit_letter,
)
from requests_app.permissions import check_can_approve
from requests_app.queries.reviewers import reviewers
from requests_app.queries.took_part import took_part, who_took_part
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests.factories import RECEIVED, authority, person, request, request_with_items

from .shared_work import AT, REASONS, WORKED, SharedWork, approved, deciding, drafted, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ANSWER = LetterText(answer="Most of it is enclosed.", enclosures="The plan\nThe map")


def _to_approve(who: User) -> QuerySet[FoiRequest]:
    """What My work and the register list for a person to approve."""
    return FoiRequest.objects.filter(TO_APPROVE.condition(RequestView(WORKED, who)))


def _decide_all(case: FoiRequest, by: User) -> None:
    first, second = case.items.all()
    for item, disposition in ((first, Disposition.DISCLOSED), (second, Disposition.PARTLY_DISCLOSED)):
        decide_item(
            case_id=case.pk,
            item_id=item.pk,
            by=by,
            at=AT,
            disposition=disposition,
            explanation="Enclosed.",
        )


def test_a_decision_maker_whose_items_an_officer_saved_again_does_not_approve_their_own_decision() -> None:
    """The decision maker decides every item and writes the letter; the officer saves both again and submits."""
    work, decision_maker = drafted(), deciding()
    _decide_all(work.case, decision_maker)
    draft_letter(case_id=work.case.pk, by=decision_maker, at=AT, kind=part_refusal.KIND, text=ANSWER)
    _decide_all(work.case, work.officer)
    draft_letter(case_id=work.case.pk, by=work.officer, at=AT, kind=part_refusal.KIND, text=ANSWER)
    letter = submit_letter(letter_id=work.letter.pk, by=work.officer, at=AT, today=WORKED)

    assert set(work.case.items.values_list("decided_by", flat=True)) == {work.officer.pk}
    with pytest.raises(NotPermitted, match="You took part in this decision"):
        approve_letter(letter_id=letter.pk, by=decision_maker, at=AT, today=WORKED)
    assert not _to_approve(decision_maker).exists()


def test_an_approver_who_changes_the_words_has_drafted_them_and_approves_no_more() -> None:
    """Comments go with the return; whoever writes them into the letter instead took part."""
    work, approver = submitted(), deciding()
    return_letter(letter_id=work.letter.pk, by=approver, at=AT, reason="Say which map.")
    draft_letter(case_id=work.case.pk, by=approver, at=AT, kind=part_refusal.KIND, text=ANSWER)
    letter = submit_letter(letter_id=work.letter.pk, by=work.officer, at=AT, today=WORKED)
    with pytest.raises(NotPermitted, match="You took part in this decision"):
        approve_letter(letter_id=letter.pk, by=approver, at=AT, today=WORKED)


def _takes_a_decision_back(work: SharedWork, who: User) -> None:
    item = work.case.items.all()[0]
    decide_item(case_id=work.case.pk, item_id=item.pk, by=who, at=AT, disposition=None)


def _decides_several(work: SharedWork, who: User) -> None:
    items = list(work.case.items.values_list("pk", flat=True))
    decide_items(case_id=work.case.pk, item_ids=items, by=who, at=AT, disposition=Disposition.WITHHELD)


def _changes_a_claim(work: SharedWork, who: User) -> None:
    (claim,) = work.case.claims.all()
    claim_exemption(
        case_id=work.case.pk,
        claim_id=claim.pk,
        by=who,
        at=AT,
        section="31",
        limbs=["31(1)(a)"],
        item_ids=[work.case.items.all()[1].pk],
        reasons=REASONS,
    )


def _withdraws_a_claim(work: SharedWork, who: User) -> None:
    (claim,) = work.case.claims.all()
    withdraw_claim(case_id=work.case.pk, claim_id=claim.pk, by=who, at=AT)


def _changes_the_words(work: SharedWork, who: User) -> None:
    draft_letter(case_id=work.case.pk, by=who, at=AT, kind=part_refusal.KIND, text=ANSWER)


def _submits_what_is_returned(work: SharedWork, who: User) -> None:
    submit_letter(letter_id=work.letter.pk, by=who, at=AT, today=WORKED)
    return_letter(letter_id=work.letter.pk, by=person(Role.MANAGER), at=AT, reason="Say which map.")


DECIDING: list[Callable[[SharedWork, User], None]] = [
    _takes_a_decision_back,
    _decides_several,
    _changes_a_claim,
    _withdraws_a_claim,
    _changes_the_words,
    _submits_what_is_returned,
]


@pytest.mark.parametrize("takes_part", DECIDING)
def test_what_was_done_once_is_taking_part_whoever_did_the_rest_since(
    takes_part: Callable[[SharedWork, User], None],
) -> None:
    work, who = drafted(), deciding()
    takes_part(work, who)
    work.case.claims.all().delete()
    _decide_all(work.case, work.officer)
    claim_exemption(
        case_id=work.case.pk,
        by=work.officer,
        at=AT,
        section="31",
        limbs=["31(1)(a)"],
        item_ids=[work.case.items.all()[1].pk],
        reasons=REASONS,
    )
    draft_letter(case_id=work.case.pk, by=work.officer, at=AT, kind=part_refusal.KIND, text=ANSWER)
    letter = submit_letter(letter_id=work.letter.pk, by=work.officer, at=AT, today=WORKED)

    with pytest.raises(NotPermitted, match="You took part in this decision"):
        check_can_approve(who, letter)
    assert not _to_approve(who).exists()
    assert not reviewers(work.case).filter(pk=who.pk).exists()


def test_whoever_took_an_item_out_with_a_clarification_decided_it() -> None:
    officer, who = person(Role.OFFICER), deciding()
    case = request_with_items("1", "2", officer=officer)
    ask_clarification(case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which?", today=WORKED)
    excluded = [case.items.all()[1].pk]
    answer_clarification(**_answer(case, who), excluded_item_ids=excluded)
    assert took_part(who, case)


def test_whoever_only_recorded_an_answer_decided_nothing() -> None:
    officer, who = person(Role.OFFICER), deciding()
    case = request_with_items("1", officer=officer)
    ask_clarification(case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which?", today=WORKED)
    answer_clarification(**_answer(case, who), excluded_item_ids=[])
    assert not took_part(who, case)


def _answer(case: FoiRequest, by: User) -> dict[str, object]:
    return {
        "case_id": case.pk,
        "by": by,
        "at": AT,
        "answered_on": date(2026, 3, 5),
        "answer": "The first alone.",
        "effect": ClockEffect.NARROWS,
        "effect_reason": "Agreed by telephone.",
        "today": WORKED,
    }


def test_what_is_no_part_of_the_decision_keeps_nobody_from_approving() -> None:
    work, who = drafted(), deciding()
    write_note(case_id=work.case.pk, by=who, at=AT, text="Telephoned.")
    set_holding(case_id=work.case.pk, by=who, at=AT, holding=Holding.HELD)
    draft_letter(case_id=work.case.pk, by=who, at=AT, kind=acknowledgement.KIND, text=LetterText())
    submit_letter(letter_id=work.letter.pk, by=work.officer, at=AT, today=WORKED)
    assert _to_approve(who).get() == work.case
    assert approve_letter(letter_id=work.letter.pk, by=who, at=AT, today=WORKED).approved_by == who


def test_to_approve_or_return_an_answer_is_not_to_decide_it() -> None:
    work, second = submitted(), deciding()
    approve_letter(letter_id=work.letter.pk, by=second, at=AT, today=WORKED)
    return_letter(letter_id=work.letter.pk, by=second, at=AT, reason="Say which map.")
    submit_letter(letter_id=work.letter.pk, by=work.officer, at=AT, today=WORKED)
    assert approve_letter(letter_id=work.letter.pk, by=second, at=AT, today=WORKED).approved_by == second


def test_whoever_ever_approved_the_answer_does_not_review_it() -> None:
    work, second, third = submitted(), deciding(), deciding()
    assert {second, third} <= set(reviewers(work.case))
    approve_letter(letter_id=work.letter.pk, by=second, at=AT, today=WORKED)
    return_letter(letter_id=work.letter.pk, by=second, at=AT, reason="Say which map.")
    assert set(reviewers(work.case)) == {third}


def test_the_answer_that_is_corrected_is_part_of_the_decision_on_its_correction() -> None:
    decided_first, corrects = deciding(), person(Role.OFFICER)
    work = approved(decides=decided_first)
    letter = issue_letter(
        letter_id=work.letter.pk,
        by=work.officer,
        at=AT,
        on=WORKED,
        despatch=Despatch.EMAIL,
    )
    correction = correct_letter(letter_id=letter.pk, by=corrects, at=AT, correction="The map was left out.")
    submit_letter(letter_id=correction.pk, by=corrects, at=AT, today=WORKED)
    assert {decided_first.pk, work.officer.pk, corrects.pk} == who_took_part(work.case)
    with pytest.raises(NotPermitted, match="You took part in this decision"):
        approve_letter(letter_id=correction.pk, by=decided_first, at=AT, today=WORKED)


def test_whoever_opens_a_correction_writes_words_of_it() -> None:
    work, opens = approved(), deciding()
    letter = issue_letter(
        letter_id=work.letter.pk, by=work.officer, at=AT, on=WORKED, despatch=Despatch.EMAIL
    )
    correct_letter(letter_id=letter.pk, by=opens, at=AT, correction="The map was left out.")
    assert took_part(opens, work.case)


def test_what_waits_for_a_person_is_one_query_for_any_number(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    who = deciding()
    own, others = submitted(decides=who), [submitted().case for _ in range(3)]
    with django_assert_num_queries(1):
        waiting = list(_to_approve(who).order_by("pk"))
    assert waiting == others
    assert own.case in _to_approve(deciding())


def test_whoever_took_part_is_asked_where_the_settings_allow_own_approval() -> None:
    work, who = submitted(), deciding()
    mine = submitted(decides=who)
    assert _to_approve(who).get() == work.case
    Authority.objects.update(allows_own_approval=True)
    assert set(_to_approve(who)) == {work.case, mine.case}
    assert all(TO_APPROVE.holds(case, RequestView(WORKED, who)) for case in (work.case, mine.case))
    check_can_approve(who, mine.letter)


def test_a_request_nobody_worked_on_was_decided_by_nobody() -> None:
    authority()
    assert who_took_part(request()) == set()
