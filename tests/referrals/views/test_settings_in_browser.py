"""The settings of referrals and a force contact's pages in a real browser: accessible, and no wider than the window."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.queries.forces import find_force
from tests.factories import person
from tests.referrals.views.own_force import contact, shared

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1366, 390)


@pytest.fixture
def look(
    page: Page, live_server: Any, accessibility_problems: Callable[[Page], list[str]]
) -> Callable[[User, list[str]], Page]:
    """Sign someone in and look at pages in both widths."""

    def at(user: User, addresses: list[str]) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        for address in addresses:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                assert accessibility_problems(page) == [], address
                too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(too_wide) == 0, address
        return page

    return at


def test_the_settings(look: Callable[[User, list[str]], Page]) -> None:
    force = find_force("Kent")
    contact("Kent")
    names = (
        "settings",
        "forces",
        "forces_add",
        "criteria",
        "topics",
        "leads",
        "unit",
        "unit_change",
        "contacts",
    )
    of_a_force = ("force", "forces_change", "forces_rename", "forces_end", "forces_name_add")
    page = look(
        person(Role.ADMINISTRATOR),
        [
            *(reverse(f"referrals:{name}") for name in names),
            *(reverse(f"referrals:{name}", args=[force.pk]) for name in of_a_force),
            *(reverse(f"referrals:{name}", args=["drones"]) for name in ("criterion", "criterion_change")),
        ],
    )
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(reverse("referrals:forces_rename", args=[force.pk]))
    page.get_by_label("New official name").fill("Garden Police")
    page.get_by_label("Day", exact=True).fill("1")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_label("Year", exact=True).fill("2026")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1, name="Garden Police")).to_be_visible()
    expect(page.get_by_role("row", name="Kent Police Official name Always 31/01/2026")).to_be_visible()


def test_a_force_contacts_pages(look: Callable[[User, list[str]], Page]) -> None:
    both = shared()
    page = look(contact(), [reverse("referrals:log"), both.log.get_absolute_url()])
    page.goto("/")  # a contact's work is this list
    page.get_by_role("link", name=both.log.log_number).click()
    expect(page.get_by_text("larkspuradvice")).to_be_visible()
    page.goto(both.foreign.get_absolute_url())
    expect(page.get_by_role("heading", level=1, name="Page not found")).to_be_visible()
