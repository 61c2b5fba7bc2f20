"""Who acts for a force: one account, one force; ended, it sees nothing."""

from datetime import UTC, datetime

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from referrals.models import ForceContact, Referral
from referrals.operations.contacts import end_contact, set_contact
from referrals.permissions import acts_for_force
from referrals.queries.forces import find_force
from tests.factories import person
from tests.referrals.factories import referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_contact_sees_its_force_then_another_then_none() -> None:
    kent, essex = referral(forces=["Kent"]), referral(forces=["Essex"])
    by, contact = person(Role.ADMINISTRATOR), person(Role.FORCE_CONTACT)
    common = {"by": by, "at": AT, "user_id": contact.pk}
    set_contact(**common, force_id=find_force("Kent").pk)
    assert list(Referral.objects.visible_to(contact)) == [kent]
    set_contact(**common, force_id=find_force("Kent").pk)  # the same: nothing recorded
    set_contact(**common, force_id=find_force("Essex").pk)
    assert list(Referral.objects.visible_to(contact)) == [essex]
    end_contact(**common)
    end_contact(**common)
    assert not Referral.objects.visible_to(contact).exists()
    with pytest.raises(NotPermitted, match="not tied to a force"):
        acts_for_force(contact)
    assert [event.event for event in timeline(find_force("Kent").audit_subject)] == ["force_contact_set"]
    assert [event.event for event in timeline(find_force("Essex").audit_subject)] == [
        "force_contact_ended",
        "force_contact_set",
    ]
    ended, began = timeline(find_force("Essex").audit_subject)
    assert began.detail == {"contact": contact.name, "force": "Essex Police", "before": "Kent Police"}
    assert ended.detail == {"contact": contact.name, "force": "Essex Police"}


def test_somebody_of_ours_acts_for_no_force() -> None:
    with pytest.raises(NotPossible, match="is not a force contact"):
        set_contact(
            by=person(Role.ADMINISTRATOR),
            at=AT,
            user_id=person(Role.CRU_ADVISER).pk,
            force_id=find_force("Kent").pk,
        )
    assert not ForceContact.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_says_who_acts(role: Role) -> None:
    contact = person(Role.FORCE_CONTACT)
    with pytest.raises(NotPermitted):
        set_contact(by=person(role), at=AT, user_id=contact.pk, force_id=find_force("Kent").pk)
    with pytest.raises(NotPermitted):
        end_contact(by=person(role), at=AT, user_id=contact.pk)


def test_a_contact_whose_role_is_taken_away_sees_nothing() -> None:
    contact = person(Role.FORCE_CONTACT)
    set_contact(by=person(Role.ADMINISTRATOR), at=AT, user_id=contact.pk, force_id=find_force("Kent").pk)
    contact.roles = []
    contact.save()
    with pytest.raises(NotPermitted):
        Referral.objects.visible_to(contact)
