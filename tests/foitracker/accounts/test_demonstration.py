import pytest
from django.contrib.auth import authenticate
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from foitracker.accounts.demonstration import (
    DEMONSTRATION_ACCOUNTS,
    DEMONSTRATION_PASSWORD,
    create_demonstration_accounts,
)
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_a_team_that_can_sign_in() -> None:
    create_demonstration_accounts()
    several = {Role.OFFICER: 6, Role.DECISION_MAKER: 2, Role.CRU_ADVISER: 2, Role.MANAGER: 2}
    expected = sorted([role] for role in Role for _ in range(several.get(role, 1)))
    assert sorted(person.roles for person in User.objects.all()) == expected
    for account in DEMONSTRATION_ACCOUNTS:
        user = authenticate(None, email=account.email, password=DEMONSTRATION_PASSWORD)
        assert user is not None
        assert user.is_demonstration
        assert account.email.endswith("@example.org")


def test_a_second_call_changes_nothing() -> None:
    create_demonstration_accounts()
    User.objects.filter(email=DEMONSTRATION_ACCOUNTS[0].email).update(name="Renamed", is_active=False)
    before = list(User.objects.order_by("pk").values())
    create_demonstration_accounts()
    assert list(User.objects.order_by("pk").values()) == before


def errors() -> list[str | None]:
    return [error.id for error in run_checks(databases=["default"])]


def test_production_refuses_an_active_demonstration_account(settings: Settings) -> None:
    create_demonstration_accounts()
    assert "accounts.E001" not in errors()
    settings.FOITRACKER_MODE = "production"
    assert "accounts.E001" in errors()
    User.objects.update(is_active=False)
    assert "accounts.E001" not in errors()


def test_the_refusal_says_what_to_do(settings: Settings) -> None:
    create_demonstration_accounts()
    settings.FOITRACKER_MODE = "production"
    with pytest.raises(SystemCheckError, match="Deactivate every demonstration account"):
        call_command("check", databases=["default"], tags=["security"])


@pytest.mark.parametrize(("mode", "shown"), [("local", True), ("test", False), ("production", False)])
def test_the_sign_in_page_shows_the_accounts_in_local_mode_only(
    client: Client, settings: Settings, mode: str, shown: bool
) -> None:
    create_demonstration_accounts()
    User.objects.filter(email="officer@example.org").update(is_active=False)
    settings.FOITRACKER_MODE = mode
    page = client.get(reverse("account_login")).content.decode()
    assert ("manager@example.org" in page) is shown
    assert (DEMONSTRATION_PASSWORD in page) is shown
    assert "officer@example.org" not in page


def test_other_pages_are_not_given_the_accounts(client: Client, settings: Settings) -> None:
    create_demonstration_accounts()
    settings.FOITRACKER_MODE = "local"
    client.force_login(User.objects.get(email="administrator@example.org"))
    response = client.get(reverse("accounts:users"))
    assert response.status_code == 200
    assert "demonstration_password" not in response.context
