"""The page on the next quarter's receipts: what it knows, what came, and when it says nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dashboard.forecast.outlook import Receipts, next_quarter, outlooks, receipts
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.statistics.periods import months_later
from requests_app.models import FoiRequest
from tests import factories
from tests.factories import AT, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 11, 30)


@pytest.fixture
def manager(db: None) -> User:
    factories.authority()
    return person(Role.MANAGER)


def received(by: User, days: list[date]) -> None:
    FoiRequest.objects.bulk_create(
        FoiRequest(
            number=number,
            year=2026,
            reference=f"{number:04}/2026",
            received_on=day,
            channel="email",
            subject="Patrols",
            words="Patrols",
            logged_by=by,
            logged_at=AT,
        )
        for number, day in enumerate(days, start=1)
    )


def in_each_month(today: date, months: int, a_month: int) -> list[date]:
    """Days of receipt: so many in each of the last months that are over, and one in the month before them."""
    this = today.replace(day=1)
    days = [months_later(this, -back) for back in range(1, months + 1) for _ in range(a_month)]
    return [*days, months_later(this, -months - 1)]


def test_the_months_that_are_whole_are_known(manager: User) -> None:
    received(manager, [*in_each_month(TODAY, 14, 2), TODAY])
    known = receipts(manager, TODAY)
    assert known == Receipts(date(2025, 9, 1), [2] * 14)
    assert known.last == date(2026, 10, 31)
    assert receipts(manager, date(2030, 1, 1)).months[-1] == 0


def test_an_empty_register_knows_nothing(manager: User) -> None:
    known = receipts(manager, TODAY)
    assert known.months == []
    assert outlooks(manager, TODAY, known) == []


def test_the_next_quarter_is_the_one_that_has_not_begun() -> None:
    assert next_quarter(date(2026, 11, 30)) == date(2027, 1, 1)
    assert next_quarter(date(2026, 10, 1)) == date(2027, 1, 1)
    assert next_quarter(date(2026, 9, 30)) == date(2026, 10, 1)


@pytest.mark.parametrize("today", [date(2026, 10, 1), TODAY, date(2026, 12, 31)])
def test_past_quarters_are_those_of_the_calendar(manager: User, today: date) -> None:
    known = Receipts(date(2023, 3, 1), [5] * (43 + today.month - 10))
    assert known.last == today.replace(day=1) - timedelta(days=1)
    for outlook in outlooks(manager, today, known):
        assert (outlook.next.from_on, outlook.next.to_on) == (date(2027, 1, 1), date(2027, 3, 31))
        assert [quarter.dates for quarter in outlook.running] == ["1 October 2026 to 31 December 2026"]
        assert outlook.past[-1].dates == "1 July 2026 to 30 September 2026"
        assert outlook.next.forecast.value == 15
        assert str(outlook.held).startswith(f"{outlook.held.of} of ")
        assert outlook.error == 0


def test_the_page_opens_what_came_and_asks_the_same_however_much_there_is(
    client: Client, manager: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(manager)
    received(manager, in_each_month(timezone.localdate(), 40, 2))
    with django_assert_max_num_queries(25) as asked:
        page = client.get(reverse("dashboard:forecast"))
    number = len(asked)
    assert number
    assert page.status_code == 200
    text = page.content.decode()
    assert "no season has been seen twice" not in text
    assert "was at least as accurate" in text
    assert "<svg" in text
    for outlook, shown, _ in page.context["outlooks"]:
        assert len(shown) == len(outlook.past) + len(outlook.running)
        assert outlook.past
        for quarter in outlook.past:
            assert client.get(quarter.url).context["page_obj"].paginator.count == quarter.forecast.actual == 6
    FoiRequest.objects.filter(number__gt=30).update(received_on=timezone.localdate())
    with django_assert_max_num_queries(number):
        client.get(reverse("dashboard:forecast"))


@pytest.mark.parametrize(("months", "says"), [(0, "The register has 0."), (11, "The register has 11, from ")])
def test_less_than_a_year_of_months_is_no_ground_for_a_forecast(
    client: Client, manager: User, months: int, says: str
) -> None:
    client.force_login(manager)
    received(manager, in_each_month(timezone.localdate(), months, 1) if months else [])
    text = client.get(reverse("dashboard:forecast")).content.decode()
    assert "Too little is known to forecast anything" in text
    assert says in text


def test_with_less_than_two_years_it_says_how_little_it_knows(client: Client, manager: User) -> None:
    client.force_login(manager)
    received(manager, in_each_month(timezone.localdate(), 13, 1))
    text = client.get(reverse("dashboard:forecast")).content.decode()
    assert "no season has been seen twice" in text
    assert "not scored yet" in text
    assert "too few past errors" in text
