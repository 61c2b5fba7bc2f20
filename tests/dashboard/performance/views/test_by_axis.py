"""Figures by officer, topic, channel, regime, function: totals add up, cells open lists, names are managers' alone."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dashboard.performance.axes import AXES
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.measures.periods.figures import count_period
from requests_app.models import Topic
from tests.dashboard.performance.population import requests_of_two_years
from tests.factories import Staff, person
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def _url(axis: str, *, file: bool = False) -> str:
    return reverse("dashboard:performance_by_csv" if file else "dashboard:performance_by", args=[axis])


@pytest.fixture
def team(staff: Staff) -> list[User]:
    """Three officers, one of whom has left, and requests of two years."""
    people = [person(Role.OFFICER, name=name) for name in ("Ash Vale", "Bryn Elm", "Cleo Marsh")]
    topics = [Topic.objects.create(name=name) for name in ("Custody", "Roads", "Dogs")]
    requests_of_two_years(staff, officers=people, topics=topics)
    people[2].is_active = False
    people[2].save()
    return people


@pytest.fixture
def manager(client: Client, team: list[User]) -> None:
    client.force_login(person(Role.MANAGER))


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize("axis", AXES)
def test_each_cell_opens_its_list_and_the_total_adds_up(client: Client, axis: str) -> None:
    page = client.get(_url(axis))
    *rows, total = page.context["rows"]
    whole = count_period(total.view)
    assert total.is_total
    assert total.days.median == whole.days.median
    for code, number in total.numbers.items():
        assert number == whole.numbers[code] == sum(row.numbers[code] for row in rows)
    assert len(rows) > 1
    numbers = [cell.number for row in (*rows[:3], rows[-1], total) for cell in row.cells.values()]
    for number in filter(None, numbers):
        listed = client.get(number.url)
        assert listed.status_code == 200, number
        assert listed.context["page_obj"].paginator.count == number.number, number


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DECISION_MAKER, Role.AUDITOR, Role.INTAKE])
def test_officers_names_are_for_managers_alone(client: Client, team: list[User], role: Role) -> None:
    client.force_login(person(role, name="Somebody Else"))
    for address in (_url("officer"), _url("officer", file=True)):
        refused = client.get(address)
        assert refused.status_code == 403
        assert team[0].name not in refused.content.decode()
    page = client.get(_url("topic"))
    assert _url("officer") not in page.content.decode()
    assert team[0].name not in page.content.decode()


@pytest.mark.usefixtures("manager")
def test_who_has_left_is_still_named(client: Client) -> None:
    assert "Cleo Marsh" in client.get(_url("officer")).content.decode()


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize("order", ["name", "-received", "answered_in_time", "-median"])
def test_rows_are_sorted(client: Client, order: str) -> None:
    *rows, total = client.get(_url("topic"), {"sort": order}).context["rows"]
    key: Any = {
        "name": lambda row: row.name,
        "received": lambda row: row.numbers["received"],
        "answered_in_time": lambda row: row.numbers["answered_in_time"] / row.numbers["answered"],
        "median": lambda row: row.days.median,
    }[order.lstrip("-")]
    assert rows == sorted(rows, key=key, reverse=order.startswith("-"))
    assert total.is_total


@pytest.mark.usefixtures("manager")
def test_a_period_can_be_chosen_and_the_file_says_the_same(client: Client) -> None:
    days = {"from_on": "1/1/2026", "to_on": "31/3/2026"}
    *rows, total = client.get(_url("regime"), days).context["rows"]
    body = b"".join(client.get(_url("regime", file=True), days).streaming_content)  # type: ignore[attr-defined]
    header, *lines = csv.reader(StringIO(body.decode("utf-8-sig")))
    assert header[:3] == ["name", "received", "answered"]
    assert [line[:3] for line in lines] == [
        [row.name, str(row.numbers["received"]), str(row.numbers["answered"])] for row in (*rows, total)
    ]


@pytest.mark.usefixtures("manager")
def test_wrong_addresses_and_days_are_explained(client: Client) -> None:
    assert client.get(_url("colour")).status_code == 404
    page = client.get(_url("topic"), {"from_on": "2/2/2026", "to_on": "1/2/2026"})
    assert page.status_code == 400
    assert "The period ends on 1 February 2026, before it begins" in page.content.decode()
    assert client.get(_url("topic"), {"page": "99", "sort": "colour"}).status_code == 200


@pytest.mark.usefixtures("manager")
def test_a_period_without_anything_says_so(client: Client) -> None:
    page = client.get(_url("topic"), {"from_on": "1/1/2010", "to_on": "2/1/2010"})
    assert "Nothing was received, answered, due or open" in page.content.decode()


def test_the_page_takes_as_many_queries_at_any_size(client: Client, staff: Staff) -> None:
    client.force_login(person(Role.MANAGER))
    requests_of_two_years(staff, 40)
    few = queries_of(client, _url("officer"))
    requests_of_two_years(staff, 150, officers=[person(Role.OFFICER) for _ in range(60)])
    assert queries_of(client, _url("officer")) == few <= 25
