"""The clock of a request in a real browser: preview and confirm, with and without script; width and axe."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from requests_app.models import FoiRequest, RecordedClockEvent
from tests.factories import Staff

from .casework import Desk, day, with_items

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _sign_in(page: Page, staff: Staff, url: str) -> None:
    client = Client()
    client.force_login(staff.officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


@pytest.fixture(params=["with script", "without script"])
def officers_page(
    request: pytest.FixtureRequest, browser: Browser, staff: Staff, live_server: Any
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=request.param == "with script"
    )
    page = context.new_page()
    _sign_in(page, staff, live_server.url)
    yield page
    context.close()


def _fill_day(page: Page, name: str, *parts: int) -> None:
    for number, part in enumerate(parts):
        page.fill(f"[name={name}_{number}]", str(part))


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def test_an_extension_is_previewed_changed_confirmed_and_corrected(staff: Staff, officers_page: Page) -> None:
    page, (case, _) = officers_page, with_items(staff)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Everything that moves the clock").click()
    page.get_by_role("link", name="Extended for the public interest test").click()
    _fill_day(page, "on", 26, 3, 2026)
    page.get_by_label("Qualified exemption").fill("31(1)(a)")
    _fill_day(page, "estimate", 20, 4, 2026)
    _press(page, "Show the new dates")
    assert "Monday 20 April 2026" in page.locator("#preview").inner_text()
    assert page.get_by_label("Qualified exemption").input_value() == "31(1)(a)"
    assert not RecordedClockEvent.objects.exists()

    _fill_day(page, "estimate", 21, 4, 2026)
    _press(page, "Confirm and record")
    assert "have changed since you looked" in page.locator("#preview").inner_text()
    _press(page, "Confirm and record")
    assert "The response is due on 21 April 2026." in page.inner_text("main")

    page.get_by_role("link", name="Correct Extended").click()
    _fill_day(page, "estimate", 22, 4, 2026)
    page.get_by_label("What was wrong, and how you know").fill("The notice says the 22nd.")
    _press(page, "Show the new dates")
    _press(page, "Confirm and record")
    assert "The notice says the 22nd." in page.locator("#facts").inner_text()
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 22)


def _lived_through(staff: Staff) -> FoiRequest:
    """A request with a question answered, a fee paid, an extension and a correction."""
    case, _ = with_items(staff)
    desk = Desk(staff.officer, case)
    desk.confirm("clarifications/ask/", {**day("asked_on", date(2026, 3, 4)), "question": "Which plan?"})
    answer = {"answer": "That of 2025.", "effect": "restarts", "effect_reason": "There are forty."}
    desk.confirm("clarifications/answer/", {**day("answered_on", date(2026, 3, 10)), **answer})
    desk.confirm("clock/record/fees-notice/", {**day("on", date(2026, 3, 18)), "amount": "35.00"})
    desk.confirm("clock/record/fee-received/", day("on", date(2026, 3, 24)))
    wrong = RecordedClockEvent.objects.latest("pk")
    right = {**day("on", date(2026, 3, 25)), "correction_reason": "The bank statement says the 25th."}
    desk.confirm(f"clock/events/{wrong.pk}/correct/", right)
    extension = {
        **day("on", date(2026, 4, 15)),
        **day("estimate", date(2026, 5, 11)),
        "provision": "31(1)(a)",
    }
    desk.confirm("clock/record/pit-extension/", extension)
    assert RecordedClockEvent.objects.count() == 4
    return case


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_fit_and_axe_finds_nothing(
    page: Page,
    staff: Staff,
    live_server: Any,
    width: int,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    case = _lived_through(staff)
    base = case.get_absolute_url()
    recorded = RecordedClockEvent.objects.latest("pk")
    asked = case.clarifications.get()
    _sign_in(page, staff, live_server.url)
    page.set_viewport_size({"width": width, "height": 900})
    addresses = [
        base,
        f"{base}clock/",
        f"{base}clock/record/pit-extension/",
        f"{base}clock/record/internal-review-outcome/",
        f"{base}clock/events/{recorded.pk}/correct/",
        f"{base}clock/clarifications/{asked.pk}/correct/",
        f"{base}clock/record/related-request-received/",
    ]
    for address in addresses:
        page.goto(address)
        if address == base:
            page.get_by_text("How this was worked out").click()
        if address.endswith("related-request-received/"):
            _fill_day(page, "on", 20, 3, 2026)
            _press(page, "Show the new dates")
            assert page.locator("#preview").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert accessibility_problems(page) == [], address
