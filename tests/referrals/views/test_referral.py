"""The page of a log: all that is recorded about it, in a fixed number of queries."""

import pytest
from django.test import Client

from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_the_page_of_a_log(client: Client) -> None:
    client.force_login(logs.adviser())
    case = logs.log("Fernshire", subject="Drones over prisons", number=636, year=2018)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "CRU log 636/18" in page
    assert "Drones over prisons" in page
    assert logs.WORDS in page
