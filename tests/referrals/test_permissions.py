"""Who may do what with referrals, and what is said to whoever may not."""

import pytest
from django.contrib.auth.models import AnonymousUser

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from referrals.permissions import ReferralPermission, acts_for_force, can, check_can, visible_referrals
from tests.factories import person
from tests.permitted import holder

CASEWORKERS = "intake officer decision_maker cru_adviser reviewer manager"

#: By the words that a refusal uses. A role that is not named may not.
MAY = {
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


def test_the_table_names_every_permission() -> None:
    assert set(MAY) == {permission.value for permission in ReferralPermission}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", MAY)
def test_each_role_may_what_it_may_and_nothing_else(what: str, role: Role) -> None:
    assert can(ReferralPermission(what), holder(role)) == (role.value in MAY[what].split())


@pytest.mark.parametrize("what", MAY)
def test_nobody_may_without_a_role_or_an_account_in_use(what: str) -> None:
    for anybody in (AnonymousUser(), holder(), holder(*Role, is_active=False)):
        assert not can(ReferralPermission(what), anybody)


def test_a_refusal_says_what_is_refused_and_which_roles_it_takes() -> None:
    with pytest.raises(NotPermitted) as refused:
        check_can(ReferralPermission("log a referral"), holder(Role.OFFICER))
    assert str(refused.value) == (
        "Your role does not let you log a referral. It takes one of: CRU adviser, Manager."
    )


@pytest.mark.django_db
def test_a_contact_tied_to_no_force_sees_no_log_and_somebody_of_ours_acts_for_none() -> None:
    contact = person(Role.FORCE_CONTACT)
    with pytest.raises(NotPermitted, match="not tied to a force yet"):
        acts_for_force(contact)
    with pytest.raises(NotPermitted, match="not tied to a force yet"):
        visible_referrals(contact)
    assert acts_for_force(person(Role.CRU_ADVISER)) is None
    with pytest.raises(NotPermitted, match="see the referrals of all forces"):
        visible_referrals(person(Role.ADMINISTRATOR))
