"""Who may do what: one table for the whole tracker, and what is said to whoever may not."""

import pytest
from django.contrib.auth.models import AnonymousUser

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can, check_can
from foitracker.accounts.roles import Role

CASEWORKERS = "intake officer decision_maker cru_adviser reviewer manager"

#: By the words that a refusal uses. A role that is not named may not.
MAY = {
    "see and change users": "administrator",
    "read the audit trail": "auditor manager",
    "say when they are away": CASEWORKERS,
    "watch over the deadlines of the team": "manager",
    "see the figures of the team": f"{CASEWORKERS} auditor",
    "change how people are reminded": "manager administrator",
    "see every message that was sent": "manager",
    "see how the tracker is running": "manager administrator",
    "record that an e-mail came back, or send it again": "cru_adviser manager",
    "see requests": "intake officer decision_maker cru_adviser reviewer manager auditor",
    "log a request": "intake officer decision_maker manager",
    "write a note on a request": "intake officer decision_maker cru_adviser reviewer manager",
    "record time spent on a request": CASEWORKERS,
    "assign a request": "intake officer decision_maker manager",
    "see who the applicant is": "intake officer decision_maker reviewer",
    "mask the words of a request": "intake officer decision_maker reviewer manager",
    "work on a request": "officer decision_maker",
    "record an internal review": "officer decision_maker reviewer manager",
    "carry out an internal review": "decision_maker reviewer manager",
    "submit a decision": "officer decision_maker",
    "approve a letter": "decision_maker manager",
    "issue a letter": "intake officer decision_maker",
    "record that a letter did not arrive, or send it again": "intake officer decision_maker manager",
    "change the authority's settings": "administrator",
    "show a request to a reader outside the team": "intake officer decision_maker manager",
    "read the requests they have been shown": "outside_reader",
    "see the working-day calendar": "manager administrator",
    "change the working-day calendar": "manager",
    "see the referrals of all forces": f"{CASEWORKERS} auditor",
    "log a referral": "cru_adviser manager",
    "work on referrals": "cru_adviser",
    "assign a referral": "cru_adviser manager",
    "refer a request of our own": "officer decision_maker",
    "see statistics on referrals": f"{CASEWORKERS} auditor",
    "save a statistic": CASEWORKERS,
    "place a statistic in a letter": "officer decision_maker",
    "see the forces and the mandatory criteria": f"{CASEWORKERS} auditor administrator",
    "change the register of forces": "administrator",
    "change the mandatory criteria": "administrator",
    "change the unit's own rules": "administrator",
    "say up to when the log is complete": "cru_adviser manager administrator",
    "say who acts for a force": "administrator",
    "see the referrals of their own force": "force_contact",
    "report what a force did with advice": "cru_adviser force_contact",
}


def holder(*roles: Role, **fields: object) -> User:
    return User(name="Ada Marlow", roles=list(roles), **fields)


def test_the_table_names_every_permission() -> None:
    assert set(MAY) == {permission.value for permission in Permission}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", MAY)
def test_each_role_may_what_it_may_and_nothing_else(what: str, role: Role) -> None:
    assert can(Permission(what), holder(role)) == (role.value in MAY[what].split())


@pytest.mark.parametrize("what", MAY)
def test_nobody_may_without_a_role_or_an_account_in_use(what: str) -> None:
    for anybody in (AnonymousUser(), holder(), holder(*Role, is_active=False)):
        assert not can(Permission(what), anybody)


def test_a_refusal_says_what_is_refused_and_which_roles_it_takes() -> None:
    with pytest.raises(NotPermitted) as refused:
        check_can(Permission("log a referral"), holder(Role.OFFICER))
    assert str(refused.value) == (
        "Your role does not let you log a referral. It takes one of: CRU adviser, Manager."
    )
