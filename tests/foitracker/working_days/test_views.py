"""The calendar page, what a manager decides on it, and what officers are shown of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.working_days.models import BankHoliday, CalendarProposal
from foitracker.working_days.operations.calendar import propose_by_hand, propose_published
from foitracker.working_days.operations.published_calendar import refresh_from_text
from foitracker.working_days.published_holidays import read_published
from foitracker.working_days.queries import forget_calendar
from requests_app import tasks
from requests_app.models import FoiRequest
from requests_app.operations.intake import assign
from tests import factories
from tests.foitracker.working_days.published import text

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
#: Far ahead, so that requests of any day this test runs on have it in their time or not at all.
JUBILEE = date(2027, 1, 22)
CALENDAR, DECIDE = "/settings/calendar/", "/settings/calendar/decide/"

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def proposed() -> list[CalendarProposal]:
    published = read_published(
        text(added=[(JUBILEE, d, "Jubilee <b>day</b>") for d in ("england-and-wales", "scotland")]),
        today=TODAY,
    )
    propose_published(published=published, source="www.example.org", at=AT)
    return list(CalendarProposal.objects.all())


def open_request(officer: User) -> FoiRequest:
    """Log a request received on 11 January 2027, so that the jubilee falls within its time limit."""
    at = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
    case = factories.request(received_on=date(2027, 1, 11), at=at)
    return assign(case_id=case.pk, by=officer, at=at, officer=officer)


@pytest.fixture
def manager(client: Client) -> User:
    user = factories.person(Role.MANAGER, name="Ines Thornbeck")
    client.force_login(user)
    return user


def test_the_page_lists_the_days_of_a_year(client: Client, manager: User) -> None:
    page = client.get(CALENDAR, {"year": "2026"}).content.decode()
    assert "Monday 15 June 2026" in page
    assert "World Cup bank holiday" in page
    assert page.index("Monday 15 June") < page.index("Monday 13 July") < page.index("Monday 3 August")
    assert "shipped with the software" in page


@pytest.mark.parametrize("year", ["1812", "99999", "x", "²"])
def test_a_year_that_is_not_known_leads_to_one_that_is(client: Client, manager: User, year: str) -> None:
    assert client.get(CALENDAR, {"year": year}).status_code == 200


def test_a_confirmation_shows_first_what_it_moves(client: Client, manager: User) -> None:
    case = open_request(factories.person(Role.OFFICER))
    assert case.due_on == date(2027, 2, 8)
    proposals = proposed()
    ids = [proposal.pk for proposal in proposals]
    page = client.get(DECIDE, {"proposal": ids}).content.decode()
    assert "1 of 1" in page
    assert "Monday 8 February 2027" in page
    assert "Tuesday 9 February 2027" in page
    assert "Jubilee &lt;b&gt;day&lt;/b&gt;" in page
    case.refresh_from_db()
    assert case.due_on == date(2027, 2, 8), "looking changes nothing"
    answer = client.post(
        DECIDE, {"proposal": ids, "seen_version": _seen(page), "decision": "confirm"}, follow=True
    )
    assert "2 changes are confirmed" in answer.content.decode()
    tasks.recompute_due_dates()
    case.refresh_from_db()
    assert case.due_on == date(2027, 2, 9)


def _seen(page: str) -> str:
    return page.split('name="seen_version" value="')[1].split('"')[0]


def test_a_rejection_leaves_the_calendar(client: Client, manager: User) -> None:
    ids = [proposal.pk for proposal in proposed()]
    answer = client.post(DECIDE, {"proposal": ids, "seen_version": 0, "decision": "reject"}, follow=True)
    assert "2 changes are rejected" in answer.content.decode()
    assert not BankHoliday.objects.filter(day=JUBILEE).exists()


def test_two_managers_at_once(client: Client, manager: User) -> None:
    """The second one is told, and what they did not see does not come into force."""
    ids = [proposal.pk for proposal in proposed()]
    page = client.get(DECIDE, {"proposal": ids[1:]}).content.decode()
    client.post(DECIDE, {"proposal": ids[:1], "seen_version": _seen(page), "decision": "confirm"})
    late = client.post(DECIDE, {"proposal": ids[1:], "seen_version": _seen(page), "decision": "confirm"})
    assert late.status_code == 409
    assert "changed after you opened this page" in late.content.decode()
    again = client.post(DECIDE, {"proposal": ids[:1], "seen_version": _seen(page), "decision": "confirm"})
    assert again.status_code == 422
    assert "has been decided meanwhile" in again.content.decode()


@pytest.mark.parametrize("data", [{}, {"proposal": "x"}, {"proposal": "999999"}])
def test_nothing_chosen_is_said(client: Client, manager: User, data: dict[str, str]) -> None:
    proposed()
    assert client.get(DECIDE, data).status_code == 422
    assert client.post(DECIDE, data).status_code == 422


def test_a_day_by_hand_is_seen_before_it_counts(client: Client, manager: User) -> None:
    values = {"kind": "addition", "day_0": "22", "day_1": "1", "day_2": "2027", "divisions": ["scotland"]}
    wrong = client.post(reverse("working_days:calendar_propose"), values)
    assert wrong.status_code == 422
    assert "Enter the name of the day" in wrong.content.decode()
    assert "Say why" in wrong.content.decode()
    values |= {"title": "Jubilee", "reason": "Proclaimed on 2 November."}
    answer = client.post(reverse("working_days:calendar_propose"), values, follow=True)
    assert "What confirming would move" in answer.content.decode()
    assert "Proclaimed on 2 November." in answer.content.decode()
    assert not BankHoliday.objects.filter(day=JUBILEE).exists()
    twice = client.post(reverse("working_days:calendar_propose"), values)
    assert "waits already" in twice.content.decode()


def test_an_administrator_sees_and_changes_nothing(client: Client) -> None:
    client.force_login(factories.person(Role.ADMINISTRATOR))
    (first, *_) = proposed()
    page = client.get(CALENDAR).content.decode()
    assert "A manager confirms or rejects them" in page
    assert DECIDE not in page
    assert (
        client.post(DECIDE, {"proposal": first.pk, "seen_version": 0, "decision": "confirm"}).status_code
        == 403
    )


@pytest.mark.parametrize("page", ["dashboard:team_today", "dashboard:my_work"])
def test_a_manager_is_warned_on_their_first_page_and_on_my_work(
    client: Client, manager: User, page: str
) -> None:
    address = reverse(page)
    refresh_from_text("<html>", source="www.example.org", at=AT, today=TODAY)
    proposed()
    assert "2 changes to the bank holidays wait for a manager" in client.get(address).content.decode()
    refresh_from_text("<html>", source="www.example.org", at=AT, today=TODAY)
    assert "looks like a web page" in client.get(address).content.decode()
    assert "looks like a web page" in client.get(CALENDAR).content.decode()


def test_an_officer_sees_what_moved_until_they_say_so(client: Client, manager: User) -> None:
    officer = factories.person(Role.OFFICER)
    case = open_request(officer)
    ids = [proposal.pk for proposal in proposed()]
    page = client.get(DECIDE, {"proposal": ids}).content.decode()
    client.post(DECIDE, {"proposal": ids, "seen_version": _seen(page), "decision": "confirm"})
    tasks.recompute_due_dates()
    client.force_login(officer)
    page = client.get("/").content.decode()
    assert "is due on <strong>Tuesday 9 February 2027</strong>, was Monday 8 February 2027" in page
    timeline = client.get(case.get_absolute_url()).content.decode()
    assert "Due on 9 February 2027 instead of 8 February 2027" in timeline
    shown = page.split('name="change" value="')[1].split('"')[0]
    client.post(reverse("requests_app:due_dates_seen"), {"change": [shown, "x", "²", "9" * 30]})
    assert "moved with the bank holidays" not in client.get("/").content.decode()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OFFICER, Role.DECISION_MAKER])
def test_pages_ask_the_database_little(client: Client, role: Role) -> None:
    proposed()
    officer = factories.person(Role.OFFICER)
    reader = officer if role is Role.OFFICER else factories.person(role)
    for _ in range(15):
        open_request(officer)
    client.force_login(reader)
    first = reverse("dashboard:my_work")
    for address in [first, CALENDAR] if role is Role.MANAGER else [first]:
        client.get(address)
        forget_calendar()  # the time when the process asks again
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(statements) <= 25, statements


# --- in a browser ---------------------------------------------------------------------------------


def sign_in(page: Page, client: Client, address: str, user: User) -> None:
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1366, 390])
def test_a_manager_decides_in_a_browser(
    page: Page,
    client: Client,
    live_server: Any,
    width: int,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    manager = factories.person(Role.MANAGER, name="Ines Thornbeck")
    open_request(factories.person(Role.OFFICER))
    proposed()
    propose_by_hand(
        by=manager, at=AT, kind="removal", day=date(2027, 3, 17), divisions=["northern-ireland"], title="",
        reason="Moved to another day by proclamation.",
    )  # fmt: skip
    refresh_from_text("<html>", source="www.example.org", at=AT, today=TODAY)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, client, live_server.url, manager)
    page.goto("/")
    expect(page.get_by_text("3 changes to the bank holidays wait for a manager.")).to_be_visible()
    _check(page, accessibility_problems)
    page.get_by_role("link", name="Open the calendar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendar")
    _check(page, accessibility_problems)
    page.get_by_label("Remove Wednesday 17 March 2027").uncheck()
    page.get_by_role("button", name="See what they would move").click()
    expect(page.get_by_text("1 of 1 open requests")).to_be_visible()
    _check(page, accessibility_problems)
    page.get_by_role("button", name="Confirm 2 changes").click()
    expect(page.get_by_role("alert")).to_contain_text("2 changes are confirmed")
    page.get_by_role("link", name="Propose a day by hand").or_(
        page.get_by_role("button", name="Propose a day by hand")
    ).click()
    expect(page.get_by_role("button", name="See what it would move")).to_be_visible()
    _check(page, accessibility_problems)
    page.get_by_role("button", name="See what it would move").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the day")
    _check(page, accessibility_problems)


def _check(page: Page, accessibility_problems: Callable[[Page], list[str]]) -> None:
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
