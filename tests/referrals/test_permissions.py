"""Whose part of a log a person sees."""

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from referrals.permissions import acts_for_force
from tests.factories import person


@pytest.mark.django_db
def test_a_contact_tied_to_no_force_is_told_so_and_somebody_of_ours_acts_for_none() -> None:
    contact = person(Role.FORCE_CONTACT)
    with pytest.raises(NotPermitted, match="not tied to a force yet"):
        acts_for_force(contact)
    assert acts_for_force(person(Role.CRU_ADVISER)) is None
