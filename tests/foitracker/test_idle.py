"""A session ends when no one clicks; while someone works it is put off without a write for every click."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.roles import Role
from foitracker.idle import INTERVAL
from tests.foitracker.accounts.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(UserFactory(roles=[Role.INTAKE]))
    return client


def _ends(client: Client) -> timedelta:
    return Session.objects.get(session_key=client.session.session_key).expire_date - timezone.now()


def _last_active(client: Client, seconds_ago: int) -> None:
    session = client.session
    session["active_at"] = int(time.time()) - seconds_ago
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))


def test_a_click_right_after_another_writes_nothing(client: Client) -> None:
    _last_active(client, INTERVAL - 5)
    client.get(reverse("requests_app:new_request"))
    assert _ends(client) < timedelta(minutes=6)


def test_a_later_click_puts_the_end_off(client: Client) -> None:
    _last_active(client, INTERVAL + 1)
    client.get(reverse("requests_app:new_request"))
    assert _ends(client) > timedelta(minutes=29)
    assert client.session["active_at"] >= time.time() - 10


def test_an_ended_session_asks_for_sign_in(client: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.get(reverse("requests_app:new_request"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_signing_in_counts_as_a_click(client: Client) -> None:
    client.get(reverse("requests_app:new_request"))
    assert "active_at" not in client.session
