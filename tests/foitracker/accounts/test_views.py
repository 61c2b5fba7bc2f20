import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.mail.models import OutboxMessage

from .factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ROUTES = [
    ("get", "accounts:users", False),
    ("get", "accounts:download_users", False),
    ("get", "accounts:add_user", False),
    ("post", "accounts:add_user", False),
    ("get", "accounts:user", True),
    ("post", "accounts:user", True),
    ("post", "accounts:deactivate_user", True),
    ("post", "accounts:reactivate_user", True),
    ("post", "accounts:send_password_link", True),
]


def address(name: str, person: User | None = None) -> str:
    return reverse(name, args=[person.pk] if person else [])


@pytest.fixture
def administrator(client: Client) -> User:
    person = UserFactory(name="Ada Ministrator", roles=[Role.ADMINISTRATOR])
    client.force_login(person)
    return person


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize(("method", "name", "about_somebody"), ROUTES)
def test_every_route_with_every_role(
    client: Client, role: Role | None, method: str, name: str, about_somebody: bool
) -> None:
    person = UserFactory(name="Unchanged", email="unchanged@example.org", roles=[Role.OFFICER])
    client.force_login(UserFactory(roles=[role] if role else []))
    response = getattr(client, method)(address(name, person if about_somebody else None))
    if role == Role.ADMINISTRATOR:
        assert response.status_code in {200, 302}
    else:
        assert response.status_code == 403
        assert "It takes one of: Administrator" in response.content.decode()
        person.refresh_from_db()
        assert (person.is_active, person.name) == (True, "Unchanged")
        assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(("method", "name", "about_somebody"), ROUTES)
def test_every_route_without_signing_in(client: Client, method: str, name: str, about_somebody: bool) -> None:
    person = UserFactory()
    response = getattr(client, method)(address(name, person if about_somebody else None))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_acts_are_posts(client: Client, administrator: User) -> None:
    person = UserFactory()
    for name in ("deactivate_user", "reactivate_user", "send_password_link"):
        assert client.get(address(f"accounts:{name}", person)).status_code == 405


def test_a_user_from_adding_to_signing_in(client: Client, administrator: User) -> None:
    response = client.post(
        address("accounts:add_user"),
        {"name": "New Person", "email": "New@Example.org", "roles": ["officer", "reviewer"]},
        follow=True,
    )
    assert "New Person has been added" in response.content.decode()
    person = User.objects.get(email="new@example.org")
    assert person.roles == ["officer", "reviewer"]
    body = OutboxMessage.objects.get().body
    link = re.search(r"http://testserver(/\S+)", body)
    assert link is not None

    visitor = Client()
    form = visitor.get(link[1], follow=True)
    assert "Choose your password" in form.content.decode()
    chosen = {"new_password1": "violet kettle harbour", "new_password2": "violet kettle harbour"}
    done = visitor.post(form.request["PATH_INFO"], chosen, follow=True)
    assert "Your password is set" in done.content.decode()
    assert Entry.objects.filter(event="password_set", actor=person).exists()
    assert visitor.login(email="new@example.org", password="violet kettle harbour")

    again = Client().get(link[1], follow=True).content.decode()
    assert "This link no longer works" in again


def test_a_weak_password_is_refused_with_reasons(client: Client, administrator: User) -> None:
    person = UserFactory()
    client.post(address("accounts:send_password_link", person))
    link = re.search(r"http://testserver(/\S+)", OutboxMessage.objects.get().body)
    assert link is not None
    visitor = Client()
    form = visitor.get(link[1], follow=True)
    weak = {"new_password1": "password", "new_password2": "password"}
    page = visitor.post(form.request["PATH_INFO"], weak).content.decode()
    assert "too short" in page
    assert "too common" in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_deactivated_persons_link_does_not_work(client: Client, administrator: User) -> None:
    person = UserFactory()
    client.post(address("accounts:send_password_link", person))
    client.post(address("accounts:deactivate_user", person))
    link = re.search(r"http://testserver(/\S+)", OutboxMessage.objects.get().body)
    assert link is not None
    assert "no longer works" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.parametrize("link", ["MQ/abc-def", "garbage/abc", "~~/x"])
def test_an_invented_link_does_not_work(client: Client, link: str) -> None:
    response = client.get(f"/settings/users/password/{link}/")
    assert response.status_code == 200
    assert "no longer works" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Enter the person"),
        ({"name": "  "}, "Enter the person"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "Evil\u202eeman"}, "invisible characters"),
        ({"name": "Bell\x07"}, "invisible characters"),
        ({"email": "nobody"}, "Enter an e-mail address like"),
        ({"email": "Taken@Example.org"}, "already a user"),
        ({"roles": ["emperor"]}, "Select a valid choice"),
        (
            {"roles": ["force_contact", "officer"]},
            "people from outside the authority, so whoever is one can hold no",
        ),
        ({"roles": ["administrator", "officer"]}, "Administrator does no casework and reads no trail"),
        ({"roles": ["auditor", "manager"]}, "Auditor changes nothing"),
    ],
)
def test_bad_input_is_explained_and_kept(
    client: Client, administrator: User, typed: dict[str, object], message: str
) -> None:
    UserFactory(email="taken@example.org")
    before = User.objects.count()
    data = {"name": "A Person", "email": "a@example.org", "roles": ["officer"], **typed}
    page = client.post(address("accounts:add_user"), data).content.decode()
    assert message in page
    assert "There is a problem" in page
    assert "<title>Error:" in " ".join(page.split())
    if "email" not in typed:
        assert 'value="a@example.org"' in page
    assert User.objects.count() == before


def test_somebody_from_a_force_holds_that_role_alone(client: Client, administrator: User) -> None:
    page = address("accounts:add_user")
    data = {"name": "Out Sider", "email": "out@example.org"}
    client.post(page, {**data, "roles": ["force_contact", "force_contact"]})  # a box cannot be ticked twice
    person = User.objects.get(email="out@example.org")
    assert person.roles == ["force_contact"]
    response = client.post(address("accounts:user", person), {**data, "roles": ["force_contact", "manager"]})
    assert "Take it away, or take the others away." in response.content.decode()
    person.refresh_from_db()
    assert person.roles == ["force_contact"]


def test_a_name_is_never_markup(client: Client, administrator: User) -> None:
    person = UserFactory(name="<script>alert(1)</script>")
    for name, about in [("accounts:users", None), ("accounts:user", person)]:
        assert "<script>alert" not in client.get(address(name, about)).content.decode()


def test_names_and_roles_are_changed(client: Client, administrator: User) -> None:
    person = UserFactory(name="Before", roles=[Role.INTAKE])
    client.post(address("accounts:user", person), {"name": "After", "roles": ["officer"]})
    person.refresh_from_db()
    assert (person.name, person.roles) == ("After", ["officer"])


def test_ones_own_roles_and_access_cannot_be_changed(client: Client, administrator: User) -> None:
    page = client.get(address("accounts:user", administrator)).content.decode()
    assert 'name="roles"' not in page
    assert "You cannot change your own roles" in page
    assert "You cannot deactivate yourself" in page
    client.post(address("accounts:user", administrator), {"name": "Ada Renamed", "roles": ["officer"]})
    administrator.refresh_from_db()
    assert (administrator.name, administrator.roles) == ("Ada Renamed", ["administrator"])
    assert client.post(address("accounts:deactivate_user", administrator)).status_code == 403


def test_deactivating_and_reactivating(client: Client, administrator: User) -> None:
    person = UserFactory(name="A Person")
    page = client.post(address("accounts:deactivate_user", person), follow=True).content.decode()
    assert "A Person can no longer sign in" in page
    assert "Deactivated" in page
    page = client.post(address("accounts:reactivate_user", person), follow=True).content.decode()
    assert "A Person can sign in again" in page


def test_the_list_is_sorted_and_paged(client: Client, administrator: User) -> None:
    UserFactory.create_batch(60)
    UserFactory(name="Zz Last")
    assert "Zz Last" not in client.get(address("accounts:users")).content.decode()
    assert "Zz Last" in client.get(address("accounts:users") + "?page=2").content.decode()
    assert "Zz Last" in client.get(address("accounts:users") + "?sort=-name").content.decode()
    assert client.get(address("accounts:users") + "?sort=password").status_code == 200


def test_the_list_takes_few_queries(
    client: Client, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    UserFactory.create_batch(20)
    with django_assert_max_num_queries(8):
        client.get(address("accounts:users"))


def test_the_download_computes_nothing(client: Client, administrator: User) -> None:
    UserFactory(name='=HYPERLINK("http://example.org")', roles=[Role.OFFICER, Role.REVIEWER])
    response = client.get(address("accounts:download_users"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "name,e-mail address,roles,last sign-in,active"
    assert "\"'=HYPERLINK(" in text
    assert "officer reviewer" in text
    assert "Ada Ministrator" in text


def test_an_unknown_user_is_not_found(client: Client, administrator: User) -> None:
    assert client.get("/settings/users/999999/").status_code == 404
