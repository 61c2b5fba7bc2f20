"""Which steps lead a log from where to where, and what is said where one is not possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.casework.workflow import TransitionNotAllowed
from referrals.rules.workflow import (
    AWAITING_ADVICE,
    CLOSING_LABELS,
    OPEN_REFERRALS,
    REFERRAL_STATUS_LABELS,
    TRANSITION_LABELS,
    TRANSITIONS,
    WORKFLOW,
    Closing,
    ReferralStatus,
    ReferralTransition,
)

#: Every step that is possible, and no other.
LEADS = {
    "triage": {"logged": "in_hand", "in_hand": "in_hand", "advised": "advised"},
    "advise": {"logged": "advised", "in_hand": "advised", "advised": "advised"},
    "close": {"logged": "closed", "in_hand": "closed", "advised": "closed"},
    "reopen": {"closed": "in_hand"},
}

#: What a refusal says of each step: what cannot be done, and while what it can.
REFUSED = {
    "triage": ("triage it", "To triage, In hand, Advised"),
    "advise": ("give advice", "To triage, In hand, Advised"),
    "close": ("close it", "To triage, In hand, Advised"),
    "reopen": ("reopen it", "Closed"),
}

CALLED = {"logged": "To triage", "in_hand": "In hand", "advised": "Advised", "closed": "Closed"}

POSSIBLE = [(step, here, there) for step, leads in LEADS.items() for here, there in leads.items()]
IMPOSSIBLE = [(step, here) for step, leads in LEADS.items() for here in CALLED if here not in leads]


def test_the_tables_name_every_step_and_every_status() -> None:
    assert set(LEADS) == set(REFUSED) == {step.value for step in ReferralTransition}
    assert set(LEADS) == {step.value for step in TRANSITIONS} == {step.value for step in TRANSITION_LABELS}
    assert {status.value: label for status, label in REFERRAL_STATUS_LABELS.items()} == CALLED
    assert set(CALLED) == {status.value for status in ReferralStatus}
    assert len(POSSIBLE) + len(IMPOSSIBLE) == len(ReferralTransition) * len(ReferralStatus)


@pytest.mark.parametrize(("step", "here", "there"), POSSIBLE)
def test_a_step_leads_to_one_status(step: str, here: str, there: str) -> None:
    assert WORKFLOW.next_status(ReferralTransition(step), ReferralStatus(here)) is ReferralStatus(there)


@pytest.mark.parametrize(("step", "here"), IMPOSSIBLE)
def test_any_other_step_is_refused_and_told_when_it_is_possible(step: str, here: str) -> None:
    what, while_it_is = REFUSED[step]
    with pytest.raises(TransitionNotAllowed) as refused:
        WORKFLOW.next_status(ReferralTransition(step), ReferralStatus(here))
    assert str(refused.value) == (
        f"You cannot {what} while the log is “{CALLED[here]}”. It is possible while it is: {while_it_is}."
    )


def test_what_is_open_and_what_is_still_owed_advice() -> None:
    assert {status.value for status in OPEN_REFERRALS} == {"logged", "in_hand", "advised"}
    assert {status.value for status in AWAITING_ADVICE} == {"logged", "in_hand"}


def test_why_a_log_can_be_closed() -> None:
    assert {one.value for one in Closing} == {"advised", "no_advice_needed", "withdrawn", "logged_in_error"}
    assert set(CLOSING_LABELS) == set(Closing)
    assert len(set(CLOSING_LABELS.values())) == len(Closing)


@given(st.data())
def test_a_log_is_owed_advice_until_it_is_advised_or_closed_and_again_when_reopened(
    data: st.DataObject,
) -> None:
    """On any way through the table, from logging on."""
    status, owed = ReferralStatus.LOGGED, True
    for _ in range(data.draw(st.integers(0, 15), label="steps")):
        step = ReferralTransition(data.draw(st.sampled_from([s for s in LEADS if status.value in LEADS[s]])))
        status = WORKFLOW.next_status(step, status)
        if step is ReferralTransition.REOPEN:
            owed = True
        elif step in (ReferralTransition.ADVISE, ReferralTransition.CLOSE):
            owed = False
        assert (status in AWAITING_ADVICE) == owed
        assert (status in OPEN_REFERRALS) == (step is not ReferralTransition.CLOSE)
