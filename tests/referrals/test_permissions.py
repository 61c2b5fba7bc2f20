"""Which logs a person may know of."""

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from referrals.permissions import acts_for_force, visible_referrals
from tests.factories import person


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
