"""“When is it due?” in a real browser, with JavaScript and without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from foitracker.accounts.roles import Role
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(context: Any, live_server: Any) -> Page:
    client = Client()
    client.force_login(factories.person(Role.OFFICER))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return context.new_page()


def ask(page: Page) -> None:
    """Enter a question and its answer, adding and removing events one by one."""
    page.goto("/due/")
    page.get_by_label("Received", exact=True).fill("22/5/2026")
    page.get_by_label("As at").fill("17/6/2026")
    for kind in ("response_sent", "clarification_requested", "clarification_received"):
        page.get_by_label("Add an event").select_option(kind)
        page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Remove event 1: Response sent").click()
    expect(page.get_by_text("1. Clarification asked")).to_be_visible()
    page.locator("#event-1").get_by_label("Date").fill("26/5/2026")
    page.locator("#event-2").get_by_label("Date (if there is one)").fill("1/6/2026")
    page.get_by_label("As at").press("Enter")
    expect(page.get_by_role("heading", name="Due Tuesday 30 June 2026")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_events_are_added_and_the_answer_can_be_kept_by_its_address(
    browser: Browser, live_server: Any, javascript: bool
) -> None:
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        java_script_enabled=javascript,
        viewport={"width": 1366, "height": 900},
    )
    page = signed_in(context, live_server)
    ask(page)
    assert page.get_by_label("Received", exact=True).input_value() == "22/5/2026"
    kept = page.url
    page.goto("/")
    page.goto(kept)
    expect(page.get_by_role("heading", name="Due Tuesday 30 June 2026")).to_be_visible()
    page.get_by_label("As at").fill("1/5/2026")
    page.get_by_role("button", name="Work out the dates").last.click()
    expect(
        page.get_by_role("link", name="The clock cannot be read before the request was received")
    ).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_is_accessible_and_as_wide_as_the_window(
    page: Page, live_server: Any, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page = signed_in(page.context, live_server)
    page.set_viewport_size({"width": width, "height": 900})
    ask(page)
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    holiday = page.get_by_role("cell", name="World Cup bank holiday, bank holiday in Scotland").first
    expect(holiday).to_be_visible()
    page.goto("/due/?received=31/2/2026")
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_of_the_feed_is_accessible(
    page: Page, live_server: Any, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page = signed_in(page.context, live_server)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/account/calendar/")
    page.get_by_role("button", name="Make a feed").click()
    expect(page.get_by_label("Address of your calendar")).to_have_value(re.compile(r"/calendar/.{43}\.ics$"))
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.get_by_role("button", name="End this feed").click()
    expect(page.get_by_text("Your calendar feed has ended")).to_be_visible()
