"""The page Performance: every number opens its list, the command prints the same, and wrong days are explained."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from dashboard.performance.scorecard import ROWS, Cell, Counted
from foitracker.accounts.roles import Role
from foitracker.pages.words import in_words
from requests_app.models import Authority
from requests_app.queries.authority import regulator_in_office
from tests.dashboard.performance.population import requests_of_two_years
from tests.factories import Staff, person
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:performance")


@pytest.fixture
def manager(client: Client, staff: Staff) -> None:
    client.force_login(person(Role.MANAGER))


def _cells(page: Any) -> list[Cell]:
    return [cell for line in page.context["lines"] for pair in line.cells for cell in pair[:2]]


def _counted(cells: list[Cell]) -> list[Counted]:
    return [number for cell in cells for number in (cell.number, cell.whole) if number]


@pytest.mark.usefixtures("manager")
def test_every_number_opens_a_list_of_as_many(client: Client, staff: Staff) -> None:
    requests_of_two_years(staff)
    page = client.get(URL)
    numbers = _counted([*_cells(page), page.context["responded"]])
    assert len({number.url for number in numbers}) > 4 * 12
    assert sum(number.number > 0 for number in numbers) > 60
    for number in numbers:
        assert f'href="{escape(number.url)}"' in page.content.decode()
        listed = client.get(number.url).context["page_obj"].paginator.count
        assert listed == number.number, number


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize("days", [{}, {"from_on": "1/10/2026", "to_on": "20/11/2026", "as_at": "25/11/2026"}])
def test_the_command_prints_what_the_page_shows(client: Client, staff: Staff, days: dict[str, str]) -> None:
    requests_of_two_years(staff)
    page = client.get(URL, days)
    asked = page.context["asked"]
    for place, pair in enumerate(asked.comparisons):
        for side, counted in enumerate((pair.now.counted, pair.before.counted)):
            printed = _print(counted.from_on, counted.to_on, asked.as_at)
            shown = {line.row.code: line.cells[place][side] for line in page.context["lines"]}
            for row in ROWS:
                assert _shown(shown[row.code]) == printed[row.code], row.code


def _shown(cell: Cell) -> int | None:
    if cell.number:
        return cell.number.number
    number = cell.words.split()[0]
    return int(number) if number.isdecimal() else 0 if cell.words == "no cases" else None


def _print(*days: Any) -> dict[str, Any]:
    out = StringIO()
    first, last, on = (day.isoformat() for day in days)
    call_command("performance", "--from", first, "--to", last, "--on", on, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


@pytest.mark.usefixtures("manager")
def test_the_page_says_its_days_its_headline_and_the_regulators_figure(client: Client, staff: Staff) -> None:
    today = timezone.localdate()
    requests_of_two_years(staff)
    page = client.get(URL)
    text = page.content.decode()
    year = page.context["lines"][2].cells[1][0]
    assert year.number
    assert f"{year.whole.number} requests fell due; {year.number.number} were answered in time" in text
    assert f"Data complete to {in_words(today - timedelta(days=1))}" in text
    assert f"As at {in_words(today)} at " in text
    regulator = regulator_in_office(today)
    assert regulator
    assert f"The {regulator.name}’s figure" in text
    assert page.context["responded"].words == page.context["lines"][3].cells[0][0].words
    assert {cell.band for cell in _cells(page)} > {None}
    assert "unsatisfactory" in text


@pytest.mark.usefixtures("manager")
def test_the_year_begins_as_the_authority_says(client: Client) -> None:
    Authority.objects.update(year_begins_in=10)
    assert client.get(URL).context["asked"].comparisons[1].now.asked.from_on.month == 10


@pytest.mark.usefixtures("manager")
def test_an_empty_register_has_a_page(client: Client) -> None:
    text = client.get(URL).content.decode()
    assert "no request fell due" in text
    assert "no cases" in text


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            {"from_on": "20/11/2026", "to_on": "1/10/2026"},
            "The period ends on 1 October 2026, before it begins",
        ),
        ({"from_on": "1/10/2026"}, "Enter the last day of the period as well"),
        ({"to_on": "1/10/2026"}, "Enter the first day of the period as well"),
        ({"from_on": "31/2/2026", "to_on": "1/10/2026"}, "Enter a real date"),
        ({"from_on": "1/10/1999", "to_on": "1/10/2026"}, "There are no requests before 1 January 2005"),
        ({"from_on": "1/10/2026", "to_on": "1/10/2199"}, "outside the years that are counted"),
        ({"as_at": "1/10/2150"}, "has not come yet"),
        ({"as_at": "1/10/1850"}, "There are no requests before"),
        ({"from_on": "2/11/2026", "to_on": "5/11/2026", "as_at": "1/11/2026"}, "complete to 1 November 2026"),
    ],
)
def test_days_that_make_no_sense_are_explained_and_kept(
    client: Client, days: dict[str, str], said: str
) -> None:
    page = client.get(URL, days)
    text = page.content.decode()
    assert page.status_code == 400
    assert "There is a problem" in text
    assert said in text
    for typed in days.values():
        assert f'value="{typed}"' in text
    assert "Show figures" in text


@pytest.mark.usefixtures("manager")
def test_a_period_that_is_not_over_is_shortened_on_both_sides(client: Client) -> None:
    page = client.get(URL, {"from_on": "1/11/2026", "to_on": "30/11/2026", "as_at": "20/11/2026"})
    assert "1 November 2026 to 20 November 2026" in page.content.decode()
    assert "1 November 2025 to 20 November 2025" in page.content.decode()
    assert "The register is complete up to 20 November 2026 only" in page.content.decode()


@pytest.mark.usefixtures("manager")
def test_the_page_takes_as_many_queries_at_any_size(client: Client, staff: Staff) -> None:
    requests_of_two_years(staff, 12)
    few = queries_of(client, URL)
    requests_of_two_years(staff, 150)
    assert queries_of(client, URL) == few <= 25


def test_who_sees_no_requests_sees_no_figures(client: Client, staff: Staff) -> None:
    client.force_login(person(Role.FORCE_CONTACT))
    assert client.get(URL).status_code == 403
