"""The page of statistics on advice: every number opens as many logs."""

import pytest
from django.urls import reverse

from foitracker.accounts.roles import Role
from referrals.rules.vocabulary import Trigger
from requests_app.models import Topic
from tests import factories
from tests.referrals import logs
from tests.referrals.views.test_statistics import lines_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("referrals:advice_statistics")
MARCH = "received_from_0=1&received_from_1=3&received_from_2=2026&received_to_0=31&received_to_1=3&received_to_2=2026"


@pytest.fixture
def client(client):
    client.force_login(factories.person(Role.MANAGER))
    return client


@pytest.fixture
def three_logs():
    topic = Topic.objects.create(name="Testing drones")
    logs.log(
        "Aldershire",
        topic=topic,
        trigger=Trigger.MANDATORY,
        status="advised",
        advised_on=logs.RECEIVED.replace(day=9),
    )
    logs.log("Aldershire", "Bexshire", scope="several")
    logs.log("Bexshire", adviser=logs.adviser(name="Ann Adviser"))


def test_the_last_year_is_counted_without_a_choice(client, three_logs):
    response = client.get(URL)
    assert response.status_code == 200
    assert "both days included" in text_of(response)


def test_numbers_shares_and_days(client, three_logs):
    response = client.get(f"{URL}?{MARCH}")
    assert response.context["everything"].number == 3
    assert (response.context["mandatory"].number, str(response.context["mandatory"].share)) == (1, "33.3")
    assert response.context["result"].days.median == 5
    text = text_of(response)
    assert "Median 5, 90th percentile 5 working days" in text
    for words in ("Testing drones", "No topic", "Ann Adviser", "Unassigned", "Not told of the advice yet"):
        assert words in text


def test_every_number_opens_as_many_logs(client, three_logs):
    for query in (MARCH, f"{MARCH}&force={logs.force('Bexshire').pk}"):
        response = client.get(f"{URL}?{query}")
        rows = [row for table in response.context["tables"] for row in table.rows]
        rows += [response.context["everything"], response.context["mandatory"]]
        assert sum(row.number for row in rows) > 10
        for row in rows:
            listed = client.get(row.url)
            assert listed.context["page_obj"].paginator.count == row.number
            assert len(lines_of(client.get(listed.context["file_url"]))) == row.number
            assert client.get(listed.context["back_url"]).status_code == 200


def test_nothing_received_is_not_measured(client):
    assert "Not measured" in text_of(client.get(f"{URL}?{MARCH}"))


def test_a_period_that_ends_before_it_begins_is_refused(client):
    response = client.get(f"{URL}?{MARCH}&received_to_2=2025")
    assert response.status_code == 400
    assert "before it begins" in text_of(response)


@pytest.mark.parametrize("query", ["", "by=all&first=x", "by=colour&first=2026-01-01&last=2026-02-01"])
def test_an_address_that_names_no_number_says_so(client, query):
    for name in ("advice_logs", "advice_logs_csv"):
        assert client.get(f"{reverse(f'referrals:{name}')}?{query}").status_code == 400


def test_force_contacts_see_none_of_it(client):
    client.force_login(factories.person(Role.FORCE_CONTACT))
    for name in ("advice_statistics", "advice_logs", "advice_logs_csv"):
        assert client.get(reverse(f"referrals:{name}")).status_code == 403
