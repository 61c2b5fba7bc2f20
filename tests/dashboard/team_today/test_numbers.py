"""Team today: every tile, bar and cell opens a list as long as its number, and what is a part adds up to the whole."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from dashboard.team_today.numbers import Number
from dashboard.team_today.tiles import Tile
from foitracker.accounts.roles import Role
from foitracker.casework.measures import Figure
from foitracker.charts.chart import Series
from requests_app.measures import CLOCK_STOPPED, OPEN, OVERDUE, REQUESTS, RequestView
from tests.factories import person
from tests.kept_rows import kept_for_a_module
from tests.referrals.measured_logs import measured_logs
from tests.requests_app.measured_requests import TODAY, measured_requests

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:team_today")
PARTS = ("tiles", "due", "ages", "caseload", "waiting", "unfiled", "logs")


@pytest.fixture(autouse=True)
def _sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noon of a Sunday; the Monday after it is a bank holiday in Scotland."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def _population(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Requests and logs of every kind, more of them than a page of a list."""
    with kept_for_a_module(django_db_blocker):
        measured_requests()
        measured_logs()
        yield


@pytest.fixture
def manager(client: Client, _population: None) -> Client:
    client.force_login(person(Role.MANAGER))
    return client


def _numbers(found: Any) -> Iterator[tuple[str, int, str]]:
    """Every number in a part of the page: what it is about, how many, and the list it opens."""
    if isinstance(found, Number):
        yield found.about, found.count, found.url
    elif isinstance(found, Figure):
        yield found.label, found.count, found.url
    elif isinstance(found, Series):
        for value, link in zip(found.values, found.links or (), strict=True):
            if value:
                yield found.name, int(value), str(link)
    elif isinstance(found, dict):
        yield from (one for value in found.values() for one in _numbers(value))
    elif isinstance(found, list | tuple):
        yield from (one for value in found for one in _numbers(value))
    elif is_dataclass(found):
        yield from (one for field in fields(found) for one in _numbers(getattr(found, field.name)))


def _length(client: Client, url: str) -> int:
    response = client.get(url)
    assert response.status_code == 200, url
    return int(response.context["page_obj"].paginator.count)


@pytest.mark.parametrize("part", PARTS)
def test_a_number_is_as_long_as_the_list_it_opens(manager: Client, part: str) -> None:
    page = manager.get(URL)
    numbers = list(_numbers(page.context[part]))
    assert any(count for _, count, _ in numbers)
    text = page.content.decode()
    wrong = []
    for about, count, url in numbers:
        if (listed := _length(manager, url)) != count:
            wrong.append((about, count, listed, url))
        if count and f'href="{escape(url)}"' not in text:
            wrong.append((about, "leads nowhere", url))
    assert wrong == []


def test_the_oldest_of_a_tile_are_in_the_list_it_opens(manager: Client) -> None:
    tiles: list[Tile] = manager.get(URL).context["tiles"]
    opened = [tile.oldest_url for tile in tiles if tile.oldest_url]
    assert len(opened) == 2
    for url in opened:
        rows = manager.get(url).context["rows"]
        assert rows
        assert len({(row.case.due_on, row.case.received_on) for row in rows}) == 1 or "received" in url


def test_the_columns_of_who_has_what_add_up_to_the_team(manager: Client) -> None:
    context = manager.get(URL).context
    for caseload in (context["caseload"], context["logs"].caseload):
        *rows, total = caseload.rows
        assert total.holder.is_total
        for number, of_team in enumerate(total.numbers):
            assert sum(row.numbers[number].count for row in rows) == of_team.count > 0
        assert total.oldest == max(row.oldest for row in rows if row.oldest is not None)


def test_the_chart_with_what_it_leaves_out_is_every_open_request(manager: Client) -> None:
    due = manager.get(URL).context["due"]
    shown = sum(int(value or 0) for series in due.chart.figure.series for value in series.values)
    view = RequestView(TODAY)
    assert shown + due.later.count + due.stopped.count == REQUESTS.rows(OPEN, view).count()
    assert due.stopped.count == REQUESTS.rows(CLOCK_STOPPED, view).count()
    assert due.chart.figure.series[0].values[0] == REQUESTS.rows(OVERDUE, view).count()


def test_the_parts_of_a_tile_and_the_ages_are_the_whole(manager: Client) -> None:
    context = manager.get(URL).context
    overdue: Tile = context["tiles"][0]
    assert sum(part.count for part in overdue.parts) == overdue.number.count
    ages = context["ages"].figure.series[0].values
    assert sum(ages) == REQUESTS.rows(OPEN, RequestView(TODAY)).count()
