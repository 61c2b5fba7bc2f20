"""The list of logs: what each filter finds, how it is ordered, counted and downloaded."""

import pytest
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("referrals:log")


@pytest.fixture
def adviser() -> User:
    return logs.adviser()


@pytest.fixture
def client(client: Client, adviser: User) -> Client:
    client.force_login(adviser)
    return client


def _found(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return [row.case.subject for row in response.context["rows"]]


def test_what_awaits_advice_is_shown_unless_asked_otherwise(client: Client) -> None:
    logs.log("Fernshire", subject="Logged")
    logs.log("Fernshire", subject="In hand", status="in_hand")
    logs.log("Fernshire", subject="Advised", status="advised", advised_on=logs.RECEIVED)
    logs.log("Fernshire", subject="Closed", status="closed", closed_on=logs.RECEIVED, closing="withdrawn")
    assert set(_found(client)) == {"Logged", "In hand"}
    assert set(_found(client, "status=open")) == {"Logged", "In hand", "Advised"}
    assert set(_found(client, "status=all")) == {"Logged", "In hand", "Advised", "Closed"}
    assert _found(client, "status=advised") == ["Advised"]
