"""The pages of performance in a browser: charts come by themselves or by a link, axe finds nothing, all fit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import Topic
from tests.dashboard.performance.population import requests_of_two_years
from tests.factories import Staff, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PAGES = [
    "/performance/",
    "/performance/?from_on=20/11/2026&to_on=1/10/2026",
    "/performance/charts/?from_on=1/9/2026&to_on=31/10/2026",
    "/performance/by/topic/",
    "/performance/by/officer/",
]


def _cookie(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_fit_and_axe_finds_nothing(
    page: Page,
    staff: Staff,
    live_server: Any,
    width: int,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    requests_of_two_years(
        staff, topics=[Topic.objects.create(name="Custody and detention, its visitors included")]
    )
    page.context.add_cookies([_cookie(person(Role.MANAGER), live_server.url)])  # type: ignore[list-item]
    page.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        page.goto(address)
        if address == "/performance/":
            expect(page.locator(".app-chart")).to_have_count(7)
            expect(page).to_have_title("Performance – foitracker")
            for summary in page.locator("summary").all():
                summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert accessibility_problems(page) == [], address


def test_without_javascript_the_charts_are_a_link_away(
    browser: Browser, staff: Staff, live_server: Any
) -> None:
    requests_of_two_years(staff, 30)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([_cookie(person(Role.OFFICER), live_server.url)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/performance/?from_on=1/10/2026&to_on=20/11/2026")
    page.get_by_role("link", name="Charts: received, closed and open").click()
    expect(page.locator(".app-chart")).to_have_count(7)
    assert "from_on=1%2F10%2F2026" in page.url
    context.close()
