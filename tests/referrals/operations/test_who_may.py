"""Every operation asks first whether the person may, whatever page or command called it."""

from typing import Any

import pytest

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from foitracker.accounts.roles import Role
from referrals import operations
from referrals.operations.advice import circulate, draft_advice, give_advice
from referrals.operations.consultation import consult, record_reply
from referrals.operations.contacts import end_contact, set_contact
from referrals.operations.correspondence import chase, record_correspondence
from referrals.operations.criteria import add_criterion, change_criterion, end_criterion
from referrals.operations.force_register import (
    add_name,
    add_to_register,
    change_entry,
    end_force,
    end_name,
    rename_force,
    restore_force,
)
from referrals.operations.grouping import group, ungroup
from referrals.operations.intake import (
    add_force,
    apply_criteria,
    change_details,
    change_force,
    log_referral,
)
from referrals.operations.own_request import refer_own_request, take_up_advice
from referrals.operations.similar_forces import enter_requests, remove_group, remove_requests, save_group
from referrals.operations.statistics import place_in_letter, run_again, save_statistic
from referrals.operations.triage import assign_referral, close_referral, reopen_referral, triage
from referrals.operations.unit import change_unit, save_lead, save_topic, set_completeness
from referrals.operations.uptake import record_outcome, record_uptake, write_uptake
from requests_app.models import FoiRequest
from tests.permitted import Operation, holder, operations_of, refuses

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: The operation, what else it is called with where that decides, and what it takes, in the words of a refusal.
TAKES: list[tuple[Operation, dict[str, Any], str]] = [
    (draft_advice, {}, "work on referrals"),
    (give_advice, {}, "work on referrals"),
    (circulate, {}, "work on referrals"),
    (consult, {}, "work on referrals"),
    (record_reply, {}, "work on referrals"),
    (record_correspondence, {}, "work on referrals"),
    (chase, {}, "work on referrals"),
    (group, {}, "work on referrals"),
    (ungroup, {}, "work on referrals"),
    (triage, {}, "work on referrals"),
    (close_referral, {}, "work on referrals"),
    (reopen_referral, {}, "work on referrals"),
    (assign_referral, {}, "assign a referral"),
    (log_referral, {}, "log a referral"),
    (log_referral, {"own_request": FoiRequest()}, "refer a request of our own"),
    (change_details, {}, "log a referral"),
    (add_force, {}, "log a referral"),
    (change_force, {}, "log a referral"),
    (refer_own_request, {}, "refer a request of our own"),
    (take_up_advice, {}, "work on a request"),
    (record_uptake, {}, "report what a force did with advice"),
    (record_outcome, {}, "report what a force did with advice"),
    (save_statistic, {"title": "Referrals of Lancashire"}, "save a statistic"),
    (place_in_letter, {}, "place a statistic in a letter"),
    (set_contact, {}, "say who acts for a force"),
    (end_contact, {}, "say who acts for a force"),
    (add_criterion, {}, "change the mandatory criteria"),
    (change_criterion, {}, "change the mandatory criteria"),
    (end_criterion, {}, "change the mandatory criteria"),
    (save_topic, {}, "change the mandatory criteria"),
    (save_lead, {}, "change the mandatory criteria"),
    (change_unit, {}, "change the unit's own rules"),
    (save_group, {}, "change the register of forces"),
    (remove_group, {}, "change the register of forces"),
    (enter_requests, {}, "change the register of forces"),
    (remove_requests, {}, "change the register of forces"),
    (set_completeness, {}, "say up to when the log is complete"),
    (add_to_register, {}, "change the register of forces"),
    (change_entry, {}, "change the register of forces"),
    (rename_force, {}, "change the register of forces"),
    (end_force, {}, "change the register of forces"),
    (restore_force, {}, "change the register of forces"),
    (add_name, {}, "change the register of forces"),
    (end_name, {}, "change the register of forces"),
]

#: Steps within other operations.
ASKED_BY_THEIR_CALLERS: set[Operation] = {apply_criteria, write_uptake}
#: What is asked needs the statistic: test_statistics has it.
ASKED_LATER: set[Operation] = {run_again}


@pytest.mark.parametrize(
    ("operation", "given", "what"), TAKES, ids=[f"{one[0].__name__}-{one[2]}" for one in TAKES]
)
def test_an_operation_takes_one_permission(operation: Operation, given: dict[str, Any], what: str) -> None:
    refused = {role for role in Role if refuses(operation, role, **given)}
    assert refused == {role for role in Role if not can(Permission(what), holder(role))}


def test_every_operation_is_in_the_table() -> None:
    known = {operation for operation, _, _ in TAKES} | ASKED_BY_THEIR_CALLERS | ASKED_LATER
    assert not [one.__qualname__ for one in operations_of(operations) if one not in known]
