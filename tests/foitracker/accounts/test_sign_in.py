import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry, RecordedAccess

from .factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]

SIGN_IN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_attempts_are_counted_from_before() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> object:
    return client.post(SIGN_IN, {"login": email, "password": password}, follow=True)


def trail() -> list[tuple[str, str, int | None]]:
    return [(entry.event, entry.subject, entry.actor_id) for entry in Entry.objects.order_by("sequence")]


def test_coming_and_going_is_recorded(client: Client) -> None:
    person = UserFactory(email="a.person@example.org", roles=[Role.OFFICER])
    sign_in(client, " A.Person@Example.org ")
    assert client.session["_auth_user_id"] == str(person.pk)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert trail() == [
        ("signed_in", person.audit_subject, person.pk),
        ("signed_out", person.audit_subject, person.pk),
    ]


def test_a_wrong_password_is_recorded_about_the_person_and_by_nobody(client: Client) -> None:
    person = UserFactory(email="a.person@example.org")
    sign_in(client, "a.person@example.org", "wrong password")
    assert trail() == [("sign_in_failed", person.audit_subject, None)]


def test_what_a_stranger_types_is_not_kept(client: Client) -> None:
    sign_in(client, "stranger@example.org", "secret of a stranger")
    assert trail() == [("sign_in_failed", "", None)]
    assert "stranger" not in json.dumps(list(Entry.objects.values()), default=str)


def test_a_deactivated_person_stays_out_and_is_told_why(client: Client) -> None:
    person = UserFactory(email="a.person@example.org", is_active=False)
    response = sign_in(client, "a.person@example.org")
    assert "no longer active" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert trail() == [("sign_in_failed", person.audit_subject, None)]


def test_deactivating_somebody_ends_their_session(client: Client) -> None:
    person = UserFactory(roles=[Role.ADMINISTRATOR])
    client.force_login(person)
    assert client.get(reverse("accounts:users")).status_code == 200
    person.is_active = False
    person.save()
    assert client.get(reverse("accounts:users")).url.startswith(SIGN_IN)


def test_guessing_is_slowed_down(client: Client) -> None:
    person = UserFactory(email="a.person@example.org")
    for _ in range(5):
        sign_in(client, "a.person@example.org", "wrong password")
    response = sign_in(client, "a.person@example.org", PASSWORD)
    assert "_auth_user_id" not in client.session
    assert "Too many failed" in response.content.decode()
    lock = RecordedAccess.objects.get()
    assert (lock.event, lock.actor, lock.subject, lock.address) == (
        "sign_in_locked",
        None,
        person.audit_subject,
        "127.0.0.1",
    )


def test_nobody_signs_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_what_is_too_long_for_a_sign_in_is_refused_unread(client: Client) -> None:
    response = client.post(SIGN_IN, {"login": "a" * 300_000 + "@example.org", "password": "p" * 300_000})
    page = response.content.decode()
    assert "An e-mail address has at most 254 characters." in page
    assert "A password has at most 200 characters." in page
    assert len(page) < 50_000
