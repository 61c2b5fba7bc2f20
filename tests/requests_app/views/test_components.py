"""The catalogue of components and the sign-in page in a real browser: what axe, a keyboard and a phone make of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1366, 390]


@pytest.fixture
def administrators_page(page: Page, client: Any, live_server: Any) -> Page:
    """A page of someone signed in as an administrator."""
    user = User.objects.create_user("pages@example.org", name="Piers Langstroth", roles=[Role.ADMINISTRATOR])
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def wider_than_the_window(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sign_in_page_is_accessible_and_says_what_went_wrong(
    page: Page, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Sign in – foitracker")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value("nobody@example.org")
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/components/", "/components/?errors"])
def test_every_component_is_accessible_and_fits_the_window(
    administrators_page: Page, width: int, address: str, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page = administrators_page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert accessibility_problems(page) == []
    assert wider_than_the_window(page) <= 0
    assert page.locator("[style]").count() == 0
    assert page.locator("h1").count() == 1


def test_an_error_leads_to_its_control_and_a_choice_shows_its_question(administrators_page: Page) -> None:
    page = administrators_page
    page.goto("/components/?errors")
    page.get_by_role("link", name="Choose a priority").click()
    assert page.evaluate("document.activeElement.id") == "id_priority_1"
    expect(page.get_by_label("Why it is urgent")).to_be_hidden()
    page.get_by_label("Urgent", exact=True).check()
    expect(page.get_by_label("Why it is urgent")).to_be_visible()


def test_the_catalogue_is_for_administrators(client: Any) -> None:
    client.force_login(
        User.objects.create_user("officer@example.org", name="Owen Halloway", roles=[Role.OFFICER])
    )
    refused = client.get("/components/")
    assert refused.status_code == 403
    assert "Only an administrator" in refused.content.decode()
