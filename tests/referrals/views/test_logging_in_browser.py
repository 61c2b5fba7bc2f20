"""A referral from two forces logged and triaged in a real browser, with and without script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from referrals.models import Referral
from tests.referrals.factories import adviser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Problems = Callable[[Page], list[str]]


@pytest.fixture(params=["with script", "without script"])
def advisers_page(request: pytest.FixtureRequest, browser: Browser, live_server: Any) -> Iterator[Page]:
    client = Client()
    client.force_login(adviser(name="Kim Fernhollow"))
    scripted = request.param == "with script"
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=scripted)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()
    page.wait_for_load_state()


def _force(page: Page, row: int, name: str) -> None:
    page.fill(f"[name=rows-{row}-force]", name)
    page.select_option(f"[name=rows-{row}-trigger]", "advice")


def test_two_forces_are_logged_and_the_log_is_triaged(advisers_page: Page) -> None:
    page = advisers_page
    page.goto("/referrals/new/")
    page.get_by_label("Subject", exact=True).fill("Drones at public events")
    page.get_by_label("What is asked", exact=True).fill(
        "How many drones were flown?\nWrite to me@example.org"
    )
    page.get_by_label("Several forces").check()
    _force(page, 0, "Lancashire Police")
    _press(page, "Add another force")
    _force(page, 1, "Kent")
    _press(page, "Check against the criteria")
    assert "Suggested because the wording says “Drones”" in page.inner_text("main")
    _press(page, "Log referral")
    assert "e-mail address" in page.inner_text(".govuk-error-summary")
    _press(page, "Mask what was found")
    _press(page, "Log referral")
    log = Referral.objects.get()
    assert page.url.endswith(log.get_absolute_url())
    assert log.wording.endswith("Write to ****")
    assert log.forces.count() == 2
    page.goto(log.get_absolute_url() + "triage/")
    page.get_by_label("Low", exact=True).check()
    page.get_by_label("Reason for the priority").fill("No deadline is near.")
    for suggested in page.get_by_label("Does not apply", exact=True).all():
        suggested.check()
    for why in page.get_by_label("Why it does not apply").all():
        why.fill("Not about what they can do.")
    _press(page, "Save triage")
    log.refresh_from_db()
    assert (log.status, log.priority) == ("in_hand", "low")
    assert not log.criterion_decisions.filter(applies=True).exists()


def test_the_pages_are_accessible_and_fit_a_phone(
    page: Page, live_server: Any, accessibility_problems: Problems
) -> None:
    client = Client()
    client.force_login(adviser())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto("/referrals/new/")
    assert not accessibility_problems(page)
    _press(page, "Log referral")
    assert not accessibility_problems(page), "with errors"
    page.get_by_label("Subject", exact=True).fill("Drones")
    page.get_by_label("What is asked", exact=True).fill("How many drones were flown?")
    _force(page, 0, "Kent")
    _press(page, "Log referral")
    base = page.url
    for name in ("details/", "forces/add/", "triage/", "assign/", "close/"):
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(base + name)
        assert not accessibility_problems(page), name
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{name} is wider than a phone"
    page.goto("/referrals/new/")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, "the new referral is wider than a phone"
