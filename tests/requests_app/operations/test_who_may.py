"""Every operation asks first whether the person may, whatever page or command called it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can
from foitracker.accounts.roles import Role
from foitracker.working_days.operations.calendar import confirm_proposals, propose_by_hand, reject_proposals
from requests_app import operations
from requests_app.letters.kinds import acknowledgement, invalid, not_held
from requests_app.operations.advice import advice_came, advice_taken_up
from requests_app.operations.authority import (
    change_authority,
    confirm_regulator_address,
    record_regulator,
    remove_regulator,
)
from requests_app.operations.calendar_feed import create_feed, revoke_feed
from requests_app.operations.casework import take_up
from requests_app.operations.clarification_corrections import correct_clarification, withdraw_clarification
from requests_app.operations.clock import answer_clarification, ask_clarification, follow_clock
from requests_app.operations.clock_events import (
    ClockFact,
    correct_clock_event,
    record_clock_event,
    withdraw_clock_event,
)
from requests_app.operations.closure import close_unanswered
from requests_app.operations.consultation import end_hold, override_hold, place_hold, resume_hold
from requests_app.operations.contact_tasks import close_contact, promise_contact
from requests_app.operations.correction import abandon_correction, correct_letter
from requests_app.operations.decision import (
    decide_item,
    decide_items,
    record_search,
    set_figures,
    set_holding,
    set_items,
)
from requests_app.operations.delivery import (
    despatch_letter,
    record_address_at_fault,
    record_letter_returned,
    send_letter_again,
)
from requests_app.operations.dip_sample import assess_letter, draw_sample
from requests_app.operations.due_dates import acknowledge_moved_dates
from requests_app.operations.exemption import claim_exemption, withdraw_claim
from requests_app.operations.grades import (
    add_grade,
    change_grade,
    remove_officer_grade,
    remove_rate,
    set_officer_grade,
    set_rate,
)
from requests_app.operations.hand_over import hand_over
from requests_app.operations.intake import (
    assign,
    change_details,
    complete_identity,
    link_requests,
    log_request,
    see_identity,
    unlink_requests,
    write_note,
)
from requests_app.operations.issue import issue_letter
from requests_app.operations.masking import (
    leave_applicant_in,
    lift_maskings,
    mask_applicant,
    mask_phrases,
    read_sealed_words,
    reseal,
    seal,
)
from requests_app.operations.recovery import change_text, make_plan
from requests_app.operations.response import approve_letter, draft_letter, return_letter, submit_letter
from requests_app.operations.showing import end_showing, record_reading, show_request
from requests_app.operations.supervision import close_supervision_action, record_supervision
from requests_app.operations.time_spent import correct_time, record_time, remove_time
from requests_app.operations.triage import keep_sheet
from requests_app.operations.verification import note_altered
from requests_app.rules.clock.kinds.fees import FEES_NOTICE
from requests_app.rules.clock.kinds.review import REVIEW_RECEIVED
from tests import factories
from tests.permitted import Operation, holder, operations_of, refuses
from tests.requests_app.operations.shared_work import submitted

pytestmark = [pytest.mark.django_db, pytest.mark.services]

FEE = ClockFact(FEES_NOTICE, date(2026, 3, 10), amount=Decimal(35))
REVIEW = ClockFact(REVIEW_RECEIVED, date(2026, 3, 10))

#: The operation, what else it is called with where that decides, and what it takes, in the words of a refusal.
TAKES: list[tuple[Operation, dict[str, Any], str]] = [
    (change_authority, {}, "change the authority's settings"),
    (record_regulator, {}, "change the authority's settings"),
    (confirm_regulator_address, {}, "change the authority's settings"),
    (remove_regulator, {}, "change the authority's settings"),
    (propose_by_hand, {}, "change the working-day calendar"),
    (confirm_proposals, {}, "change the working-day calendar"),
    (reject_proposals, {}, "change the working-day calendar"),
    (create_feed, {}, "see requests"),
    (correct_clarification, {}, "work on a request"),
    (withdraw_clarification, {}, "work on a request"),
    (ask_clarification, {}, "work on a request"),
    (answer_clarification, {}, "work on a request"),
    (record_clock_event, {"fact": FEE}, "work on a request"),
    (record_clock_event, {"fact": REVIEW}, "record an internal review"),
    (correct_clock_event, {"fact": FEE}, "work on a request"),
    (correct_clock_event, {"fact": REVIEW}, "record an internal review"),
    (close_unanswered, {}, "submit a decision"),
    (place_hold, {}, "work on a request"),
    (override_hold, {}, "work on a request"),
    (set_items, {}, "work on a request"),
    (decide_item, {}, "work on a request"),
    (decide_items, {}, "work on a request"),
    (record_search, {}, "work on a request"),
    (set_holding, {}, "work on a request"),
    (set_figures, {}, "work on a request"),
    (acknowledge_moved_dates, {}, "work on a request"),
    (promise_contact, {"promised": "The date."}, "work on a request"),
    (close_contact, {"said": "On 5 May."}, "work on a request"),
    (show_request, {}, "show a request to a reader outside the team"),
    (end_showing, {}, "show a request to a reader outside the team"),
    (record_reading, {"references": []}, "read the requests they have been shown"),
    (claim_exemption, {}, "work on a request"),
    (withdraw_claim, {}, "work on a request"),
    (log_request, {}, "log a request"),
    (change_details, {}, "log a request"),
    (link_requests, {}, "log a request"),
    (unlink_requests, {}, "log a request"),
    (see_identity, {}, "see who the applicant is"),
    (complete_identity, {}, "see who the applicant is"),
    (read_sealed_words, {}, "see who the applicant is"),
    (mask_phrases, {}, "mask the words of a request"),
    (mask_applicant, {}, "mask the words of a request"),
    (leave_applicant_in, {"reason": "They are the force's."}, "mask the words of a request"),
    (lift_maskings, {}, "see who the applicant is"),
    (assign, {}, "assign a request"),
    (hand_over, {"cases": []}, "assign a request"),
    (write_note, {}, "write a note on a request"),
    (record_supervision, {}, "watch over the deadlines of the team"),
    (draw_sample, {}, "watch over the deadlines of the team"),
    (make_plan, {}, "watch over the deadlines of the team"),
    (change_text, {}, "watch over the deadlines of the team"),
    (keep_sheet, {}, "watch over the deadlines of the team"),
    (record_time, {}, "record time spent on a request"),
    (correct_time, {}, "record time spent on a request"),
    (remove_time, {}, "record time spent on a request"),
    (add_grade, {}, "change the authority's settings"),
    (change_grade, {}, "change the authority's settings"),
    (set_rate, {}, "change the authority's settings"),
    (remove_rate, {}, "change the authority's settings"),
    (set_officer_grade, {}, "change the authority's settings"),
    (remove_officer_grade, {}, "change the authority's settings"),
    (draft_letter, {"kind": acknowledgement.KIND}, "issue a letter"),
    (draft_letter, {"kind": invalid.KIND}, "issue a letter"),
    (draft_letter, {"kind": not_held.KIND}, "work on a request"),
]

#: Steps within other operations, and those whose callers have seen to it.
ASKED_BY_THEIR_CALLERS: set[Operation] = {
    take_up,
    follow_clock,
    note_altered,
    seal,
    reseal,
    end_hold,
    resume_hold,
    advice_came,
    advice_taken_up,
    despatch_letter,
}
#: What is asked needs the letter or the fact, or there is nothing to ask: their tests are below or elsewhere.
ASKED_LATER: set[Operation] = {
    revoke_feed,  # one's own
    withdraw_clock_event,
    submit_letter,
    correct_letter,
    abandon_correction,
    return_letter,
    issue_letter,
    send_letter_again,
    record_letter_returned,
    record_address_at_fault,  # test_delivery
    approve_letter,  # test_approval, test_response
    assess_letter,
    close_supervision_action,  # test_supervision
}


@pytest.mark.parametrize(
    ("operation", "given", "what"), TAKES, ids=[f"{one[0].__name__}-{one[2]}" for one in TAKES]
)
def test_an_operation_takes_one_permission(operation: Operation, given: dict[str, Any], what: str) -> None:
    refused = {role for role in Role if refuses(operation, role, **given)}
    assert refused == {role for role in Role if not can(Permission(what), holder(role))}


def test_every_operation_is_in_the_table() -> None:
    known = {operation for operation, _, _ in TAKES} | ASKED_BY_THEIR_CALLERS | ASKED_LATER
    assert not [one.__qualname__ for one in operations_of(operations) if one not in known]


@pytest.mark.parametrize(
    ("operation", "permission"),
    [
        (submit_letter, Permission.DECIDE),
        (issue_letter, Permission.ISSUE),
        (correct_letter, Permission.WORK_CASE),
        (abandon_correction, Permission.WORK_CASE),
        (send_letter_again, Permission.SEND_LETTER_AGAIN),
        (record_letter_returned, Permission.SEND_LETTER_AGAIN),
    ],
)
def test_an_answer_goes_on_by_who_may(operation: Operation, permission: Permission) -> None:
    letter = submitted().letter
    refused = {role for role in Role if refuses(operation, role, letter_id=letter.pk)}
    assert refused == {role for role in Role if not can(permission, holder(role))}


def test_a_letter_is_returned_by_who_works_on_requests_or_approves_letters() -> None:
    letter = submitted().letter
    refused = {role for role in Role if refuses(return_letter, role, letter_id=letter.pk)}
    assert refused == set(Role) - {Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}


@pytest.mark.parametrize(
    ("fact", "may"),
    [
        (FEE, {Role.OFFICER, Role.DECISION_MAKER}),
        (REVIEW, {Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER, Role.MANAGER}),
    ],
)
def test_a_recorded_fact_is_taken_out_by_who_may_record_it(fact: ClockFact, may: set[Role]) -> None:
    officer = factories.person(Role.OFFICER)
    case = factories.request_with_items("1", officer=officer)
    given: dict[str, Any] = {"case_id": case.pk, "at": factories.AT, "today": date(2026, 3, 12)}
    recorded = record_clock_event(by=officer, fact=fact, **given)

    for role in set(Role) - may:
        with pytest.raises(NotPermitted):
            withdraw_clock_event(
                by=factories.person(role),
                event_id=recorded.pk,
                correction_reason="It was never sent.",
                **given,
            )
    withdraw_clock_event(
        by=factories.person(min(may)), event_id=recorded.pk, correction_reason="It was never sent.", **given
    )
