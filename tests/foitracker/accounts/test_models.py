import pytest
from django.core.management import call_command
from django.db import Error, IntegrityError
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.accounts.roles import ROLE_DESCRIPTIONS, Role
from foitracker.audit.models import Entry

from .factories import UserFactory

pytestmark = pytest.mark.django_db


def test_every_role_is_described_in_a_sentence() -> None:
    assert set(ROLE_DESCRIPTIONS) == set(Role)
    assert all(text.endswith(".") and text[0].isupper() for text in ROLE_DESCRIPTIONS.values())


def test_a_role_is_held_or_not() -> None:
    person = UserFactory(roles=[Role.OFFICER, Role.REVIEWER])
    assert person.has_role(Role.OFFICER)
    assert person.has_role(Role.MANAGER, Role.REVIEWER)
    assert not person.has_role(Role.MANAGER)
    assert not person.has_role()


def test_a_deactivated_person_has_no_role() -> None:
    assert not UserFactory(roles=[Role.MANAGER], is_active=False).has_role(Role.MANAGER)


def test_roles_come_back_as_they_were_stored() -> None:
    person = UserFactory(roles=[Role.CRU_ADVISER])
    assert User.objects.get(pk=person.pk).has_role(Role.CRU_ADVISER)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"roles": ["officer", "emperor"]}, "user_roles_known"),
        ({"roles": ["force_contact", "officer"]}, "user_exclusive_role_alone"),
        ({"roles": ["administrator", "officer"]}, "user_exclusive_role_alone"),
        ({"roles": ["auditor", "manager"]}, "user_exclusive_role_alone"),
        ({"email": "Mixed@Example.org"}, "user_email_lower_case"),
        ({"name": ""}, "user_named"),
    ],
)
def test_the_database_refuses_nonsense(change: dict[str, object], constraint: str) -> None:
    person = UserFactory()
    with pytest.raises(IntegrityError, match=constraint):
        User.objects.filter(pk=person.pk).update(**change)


def test_one_user_an_address_however_it_is_typed() -> None:
    UserFactory(email="a.person@example.org")
    with pytest.raises(IntegrityError):
        UserFactory(email=" A.Person@Example.ORG ")


def test_nobody_is_deleted() -> None:
    person = UserFactory()
    with pytest.raises(Error, match="Cannot delete rows"):
        User.objects.filter(Q(pk=person.pk)).delete()


def test_createsuperuser_makes_an_administrator_and_leaves_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "three words together")
    call_command("createsuperuser", interactive=False, email="first@example.org", name="First", verbosity=0)
    person = User.objects.get()
    assert person.roles == [Role.ADMINISTRATOR]
    assert person.check_password("three words together")
    entry = Entry.objects.get()
    assert (entry.event, entry.subject, entry.actor) == ("user_added", person.audit_subject, None)
