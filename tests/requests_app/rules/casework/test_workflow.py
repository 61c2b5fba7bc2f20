"""Which steps lead a request from where to where, and what is said where one is not possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.rules.casework.workflow import (
    EDITABLE_STATUSES,
    LAPSED_OUTCOMES,
    OPEN_STATUSES,
    OUTCOME_LABELS,
    STATUS_LABELS,
    TRANSITION_LABELS,
    TRANSITIONS,
    UNANSWERED_OUTCOMES,
    WAITING_STATUSES,
    WORKFLOW,
    Outcome,
    Status,
    Transition,
)

#: Every step that is possible, and no other.
LEADS = {
    "assign": {
        "received": "in_progress",
        "in_progress": "in_progress",
        "awaiting_clarification": "awaiting_clarification",
        "awaiting_fee": "awaiting_fee",
        "awaiting_approval": "awaiting_approval",
        "ready_to_issue": "ready_to_issue",
        "undelivered": "undelivered",
    },
    "ask_clarification": {
        "received": "awaiting_clarification",
        "in_progress": "awaiting_clarification",
        "awaiting_fee": "awaiting_clarification",
    },
    "answer_clarification": {"awaiting_clarification": "in_progress"},
    "notify_fee": {"received": "awaiting_fee", "in_progress": "awaiting_fee"},
    "resume": {"awaiting_clarification": "in_progress", "awaiting_fee": "in_progress"},
    "reopen": {"closed": "in_progress"},
    "submit": {"in_progress": "awaiting_approval"},
    "return": {"awaiting_approval": "in_progress", "ready_to_issue": "in_progress"},
    "approve": {"awaiting_approval": "ready_to_issue"},
    "issue": {"ready_to_issue": "closed"},
    "close_unanswered": {
        "received": "closed",
        "in_progress": "closed",
        "awaiting_clarification": "closed",
        "awaiting_fee": "closed",
    },
    "correct": {"closed": "in_progress", "undelivered": "in_progress"},
    "abandon_correction": {"in_progress": "closed"},
    "fail_delivery": {"closed": "undelivered"},
    "deliver": {"undelivered": "closed"},
}

#: What a refusal says of each step: what cannot be done, and while what it can.
REFUSED = {
    "assign": (
        "assign an officer",
        "Received, In progress, Awaiting clarification, Awaiting fee, Awaiting approval, Approved, "
        "Answer not delivered",
    ),
    "ask_clarification": ("ask for clarification", "Received, In progress, Awaiting fee"),
    "answer_clarification": ("record the clarification", "Awaiting clarification"),
    "notify_fee": ("give a fees notice", "Received, In progress"),
    "resume": (
        "record the payment, or withdraw what the request waits for",
        "Awaiting clarification, Awaiting fee",
    ),
    "reopen": ("reopen a lapsed request", "Closed"),
    "submit": ("submit the decision for approval", "In progress"),
    "return": ("return for more work", "Awaiting approval, Approved"),
    "approve": ("approve the letter", "Awaiting approval"),
    "issue": ("issue the letter", "Approved"),
    "close_unanswered": (
        "close without an answer",
        "Received, In progress, Awaiting clarification, Awaiting fee",
    ),
    "correct": ("reopen to correct the issued letter", "Closed, Answer not delivered"),
    "abandon_correction": ("abandon the correction", "In progress"),
    "fail_delivery": ("learn that the answer did not arrive", "Closed"),
    "deliver": ("send the answer again, or find that it counts as sent", "Answer not delivered"),
}

CALLED = {
    "received": "Received",
    "in_progress": "In progress",
    "awaiting_clarification": "Awaiting clarification",
    "awaiting_fee": "Awaiting fee",
    "awaiting_approval": "Awaiting approval",
    "ready_to_issue": "Approved",
    "undelivered": "Answer not delivered",
    "closed": "Closed",
}

POSSIBLE = [(step, here, there) for step, leads in LEADS.items() for here, there in leads.items()]
IMPOSSIBLE = [(step, here) for step, leads in LEADS.items() for here in CALLED if here not in leads]


def test_the_tables_name_every_step_and_every_status() -> None:
    assert (
        set(LEADS)
        == set(REFUSED)
        == {step.value for step in Transition}
        == {step.value for step in TRANSITIONS}
    )
    assert {status.value: label for status, label in STATUS_LABELS.items()} == CALLED
    assert set(CALLED) == {status.value for status in Status}
    assert len(POSSIBLE) + len(IMPOSSIBLE) == len(Transition) * len(Status)


@pytest.mark.parametrize(("step", "here", "there"), POSSIBLE)
def test_a_step_leads_to_one_status(step: str, here: str, there: str) -> None:
    assert WORKFLOW.next_status(Transition(step), Status(here)) is Status(there)


@pytest.mark.parametrize(("step", "here"), IMPOSSIBLE)
def test_any_other_step_is_refused_and_told_when_it_is_possible(step: str, here: str) -> None:
    what, while_it_is = REFUSED[step]
    with pytest.raises(TransitionNotAllowed) as refused:
        WORKFLOW.next_status(Transition(step), Status(here))
    assert str(refused.value) == (
        f"You cannot {what} while the request is “{CALLED[here]}”. It is possible while it is: {while_it_is}."
    )


def test_what_is_open_waits_or_can_be_changed() -> None:
    everything = set(CALLED)
    assert {status.value for status in OPEN_STATUSES} == everything - {"closed"}
    assert {status.value for status in WAITING_STATUSES} == {"awaiting_clarification", "awaiting_fee"}
    assert {status.value for status in EDITABLE_STATUSES} == everything - {
        "awaiting_approval",
        "ready_to_issue",
        "undelivered",
        "closed",
    }


def test_how_a_request_can_end_without_an_answer() -> None:
    unanswered = {outcome.value for outcome in UNANSWERED_OUTCOMES}
    assert unanswered == {"withdrawn", "lapsed", "fee_unpaid", "invalid"}
    assert {(status.value, outcome.value) for status, outcome in LAPSED_OUTCOMES.items()} == {
        ("awaiting_clarification", "lapsed"),
        ("awaiting_fee", "fee_unpaid"),
    }


def test_every_step_and_outcome_has_a_name_of_its_own() -> None:
    for values, labels in ((Transition, TRANSITION_LABELS), (Outcome, OUTCOME_LABELS)):
        assert set(labels) == set(values)  # type: ignore[call-overload]
        assert len(set(labels.values())) == len(labels)
        assert all(labels.values())


@given(st.data())
def test_whatever_is_done_no_letter_goes_out_that_was_not_submitted_and_then_approved(
    data: st.DataObject,
) -> None:
    """On any way through the table, from receipt on."""
    status, submitted, approved = Status.RECEIVED, False, False
    for _ in range(data.draw(st.integers(0, 25), label="steps")):
        step = Transition(data.draw(st.sampled_from([s for s in LEADS if status.value in LEADS[s]])))
        status = WORKFLOW.next_status(step, status)
        if step is Transition.APPROVE:
            assert submitted
            approved = True
        if step is Transition.ISSUE:
            assert approved
        if step is Transition.SUBMIT:
            submitted = True
        elif step in (Transition.RETURN, Transition.ISSUE):
            submitted = approved = False
        if status is Status.CLOSED:
            assert step in (
                Transition.ISSUE,
                Transition.CLOSE_UNANSWERED,
                Transition.ABANDON_CORRECTION,
                Transition.DELIVER,
            )


def test_no_status_is_out_of_reach_and_none_is_a_dead_end() -> None:
    reached, waiting = {"received"}, ["received"]
    while waiting:
        here = waiting.pop()
        onward = {leads[here] for leads in LEADS.values() if here in leads} - reached
        reached |= onward
        waiting += onward
    assert reached == set(CALLED)
    for here in CALLED:
        assert any(leads.get(here, here) != here for leads in LEADS.values()), here
