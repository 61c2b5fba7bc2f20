"""A request worked through its items, clarification, search and claims in a real browser, with and without script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from requests_app.models import FoiRequest
from tests.factories import Staff

from .casework import logged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = """Everything sent and received about these logs:
1. Log Number: 1480/23, Referred by: West Midlands Police
2. CRU Ref: 1015/15
3. CRU Case No.: 001480/23"""


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
    page.get_by_role("button", name=label, exact=True).last.click()
    page.wait_for_load_state()


def _clarify(page: Page, base: str) -> None:
    page.goto(f"{base}clarifications/ask/")
    _fill_day(page, "asked_on", 4, 3, 2026)
    page.get_by_label("Question").fill("1015/15 is not ours. May we leave it out?")
    _press(page, "Show the new dates")
    _press(page, "Confirm and stop the clock")
    page.goto(f"{base}clarifications/answer/")
    _fill_day(page, "answered_on", 10, 3, 2026)
    _press(page, "Work out the time limit for this date")
    assert "due on Friday 10 April 2026" in page.inner_text("main")
    page.get_by_label("Item 2").check()
    page.get_by_label("Answer", exact=True).fill("Yes, please do.")
    page.get_by_label("Only narrows the scope").check()
    page.get_by_label("Why", exact=True).fill("It could be answered as it stood.")
    _press(page, "Show the new dates")
    _press(page, "Confirm and save the answer")


def test_a_request_is_worked_from_its_words_to_complete_claims(staff: Staff, officers_page: Page) -> None:
    page, case = officers_page, logged(staff, WORDS)
    base = case.get_absolute_url()
    page.goto(f"{base}items/")
    _press(page, "Save items")
    _clarify(page, base)

    ids = dict(case.items.values_list("label", "pk"))
    page.goto(f"{base}items/{ids['3']}/decide/")
    assert not page.locator("[name=duplicate_of]").is_visible()
    page.get_by_label("Duplicate of another item").check()
    page.locator("[name=duplicate_of]").select_option(label="Item 1")
    _press(page, "Save and go to the next undecided item")
    page.get_by_label("Partly disclosed").check()
    _press(page, "Save")

    page.goto(f"{base}claims/add/")
    page.get_by_label("Section and limb, or words").fill("40(3)(a)(i)")
    _press(page, "Find")
    assert "The current reference is 40(3A)(a)" in page.inner_text("main")
    page.get_by_role("link", name="40(3A)(a)", exact=True).click()
    page.get_by_role("link", name="Tick the items that refuse something").click()
    page.get_by_label("Why it is personal data").fill("It names officers and says where they worked.")
    page.get_by_label("None of it").check()
    page.get_by_label("Article 5(1)(a)").check()
    page.get_by_label("Legitimate interest in disclosure").fill("The public may ask who decided.")
    page.get_by_label("Whether disclosure is necessary for it").fill("Their ranks are enough for that.")
    page.get_by_label("The person’s interests, and the balance").fill("Nobody named expects to be.")
    _press(page, "Save claim")

    assert "The claim of 40(2)+(3A)(a) is saved and complete." in page.inner_text("main")
    assert dict(case.items.values_list("label", "disposition")) == {
        "1": "partly_disclosed",
        "2": "excluded",
        "3": "duplicate",
    }


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_fit_and_axe_finds_nothing(
    page: Page,
    staff: Staff,
    live_server: Any,
    width: int,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    case = logged(staff, WORDS)
    _sign_in(page, staff, live_server.url)
    page.set_viewport_size({"width": width, "height": 900})
    base = case.get_absolute_url()
    page.goto(f"{base}items/")
    pages = ["items/", "items/decide/", "searches/add/", "holding/", "clarifications/ask/", "claims/add/"]
    pages += ["claims/add/?q=40(3)(a)(i)", "claims/add/?q=40", "claims/add/31/", "claims/add/36/?ncnd=1"]
    _press(page, "Save items")
    item = case.items.first()
    assert item is not None
    pages += [f"items/{item.pk}/decide/", f"items/{item.pk}/figures/"]

    for address in pages:
        page.goto(base + address)
        assert accessibility_problems(page) == [], address
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, address
    assert FoiRequest.objects.get(pk=case.pk).items.count() == 3
