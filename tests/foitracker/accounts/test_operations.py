import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from foitracker.accounts import operations
from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit import queries as trail
from foitracker.mail.models import OutboxMessage

from .factories import UserFactory

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)
SITE = "https://foi.example.org/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return UserFactory(roles=[Role.ADMINISTRATOR])


def acts(person: User) -> list[str]:
    return [entry.event for entry in trail.timeline(person.audit_subject)]


def test_a_new_user_is_sent_a_link_and_has_no_password_yet(administrator: User) -> None:
    person = operations.add_user(
        email=" New.Person@Example.org",
        name="New Person",
        roles=["officer"],
        site=SITE,
        by=administrator,
        at=AT,
    )
    assert (person.email, person.roles) == ("new.person@example.org", ["officer"])
    assert not person.has_usable_password()
    message = OutboxMessage.objects.get(to="new.person@example.org")
    assert re.search(r"https://foi\.example\.org/settings/users/password/\S+/\S+/\n", message.body)
    assert "New Person" not in message.subject
    entry = trail.timeline(person.audit_subject).get()
    assert (entry.event, entry.actor, entry.at) == ("user_added", administrator, AT)
    assert entry.detail == {"name": "New Person", "roles": ["officer"]}


def test_an_address_is_used_once(administrator: User) -> None:
    UserFactory(email="taken@example.org", is_active=False)
    with pytest.raises(operations.EmailTaken, match="already a user"):
        operations.add_user(
            email="Taken@example.org", name="Other", roles=[], site=SITE, by=administrator, at=AT
        )
    assert not OutboxMessage.objects.exists()


def test_what_changed_is_on_the_trail(administrator: User) -> None:
    person = UserFactory(name="Before", roles=[Role.INTAKE, Role.OFFICER])
    operations.change_user(user=person, name="After", roles=["officer", "reviewer"], by=administrator, at=AT)
    person.refresh_from_db()
    assert (person.name, person.roles) == ("After", ["officer", "reviewer"])
    entry = trail.timeline(person.audit_subject).get()
    assert entry.facts == [
        ("Changed", "Name: “Before” became “After”."),
        ("Roles added", "Reviewer"),
        ("Roles removed", "Intake"),
    ]
    assert "After" not in str(entry.detail)


def test_somebody_from_outside_is_given_no_role_of_ours(administrator: User) -> None:
    person = UserFactory(roles=[Role.FORCE_CONTACT])
    with pytest.raises(operations.RolesNotTogether):
        operations.change_user(
            user=person, name=person.name, roles=["force_contact", "officer"], by=administrator, at=AT
        )
    with pytest.raises(operations.RolesNotTogether):
        operations.add_user(
            email="a@example.org",
            name="A",
            roles=["officer", "force_contact"],
            site=SITE,
            by=administrator,
            at=AT,
        )
    operations.change_user(user=person, name=person.name, roles=["officer"], by=administrator, at=AT)
    assert User.objects.get(pk=person.pk).roles == ["officer"]


def test_a_change_that_changes_nothing_is_not_an_act(administrator: User) -> None:
    person = UserFactory(name="Same", roles=["officer", "intake"])
    operations.change_user(user=person, name="Same", roles=["intake", "officer"], by=administrator, at=AT)
    assert acts(person) == []


@pytest.mark.parametrize("roles", [[], ["officer"], ["administrator", "officer"]])
def test_nobody_changes_their_own_roles(administrator: User, roles: list[str]) -> None:
    with pytest.raises(NotPermitted, match="your own roles"):
        operations.change_user(
            user=administrator, name=administrator.name, roles=roles, by=administrator, at=AT
        )
    administrator.refresh_from_db()
    assert administrator.roles == ["administrator"]


def test_an_administrator_may_correct_their_own_name(administrator: User) -> None:
    operations.change_user(
        user=administrator, name="Corrected", roles=["administrator"], by=administrator, at=AT
    )
    administrator.refresh_from_db()
    assert administrator.name == "Corrected"


def test_access_ends_and_begins_again_once_each(administrator: User) -> None:
    person = UserFactory()
    for _ in range(2):
        operations.deactivate_user(user=person, by=administrator, at=AT)
    person.refresh_from_db()
    assert not person.is_active
    for _ in range(2):
        operations.reactivate_user(user=person, by=administrator, at=AT)
    person.refresh_from_db()
    assert person.is_active
    assert acts(person) == ["user_reactivated", "user_deactivated"]


def test_nobody_deactivates_themselves(administrator: User) -> None:
    with pytest.raises(NotPermitted, match="deactivate yourself"):
        operations.deactivate_user(user=administrator, by=administrator, at=AT)
    administrator.refresh_from_db()
    assert administrator.is_active


ACTS: list[Callable[[User, User], object]] = [
    lambda by, person: operations.add_user(
        email="x@example.org", name="X", roles=[], site=SITE, by=by, at=AT
    ),
    lambda by, person: operations.change_user(user=person, name="X", roles=[], by=by, at=AT),
    lambda by, person: operations.deactivate_user(user=person, by=by, at=AT),
    lambda by, person: operations.reactivate_user(user=person, by=by, at=AT),
    lambda by, person: operations.send_password_link(user=person, site=SITE, by=by, at=AT),
]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize("act", range(len(ACTS)))
def test_only_administrators_change_users(role: Role, act: int) -> None:
    person = UserFactory(name="Unchanged")
    with pytest.raises(NotPermitted):
        ACTS[act](UserFactory(roles=[role]), person)
    person.refresh_from_db()
    assert (person.name, person.is_active, acts(person)) == ("Unchanged", True, [])
    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("act", range(len(ACTS)))
def test_a_role_lost_meanwhile_no_longer_counts(act: int) -> None:
    by = UserFactory(roles=[Role.ADMINISTRATOR])
    User.objects.filter(pk=by.pk).update(roles=[])
    with pytest.raises(NotPermitted):
        ACTS[act](by, UserFactory())


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_leave_one() -> None:
    first, second = UserFactory.create_batch(2, roles=[Role.ADMINISTRATOR])
    together = threading.Barrier(2)
    refused: list[str] = []

    def deactivate(by: User, person: User) -> None:
        try:
            together.wait()
            operations.deactivate_user(user=person, by=by, at=AT)
        except NotPermitted as error:
            refused.append(error.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=deactivate, args=pair) for pair in [(first, second), (second, first)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert User.objects.filter(is_active=True).count() == 1
    assert len(refused) == 1
