"""The foundation's pages in a real browser, on a desk and on a phone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit import operations as trail
from foitracker.mail.models import OutboxMessage
from tests.foitracker.declared import TRIED

from .factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1366, 390]


def sign_in(page: Page, person: User) -> None:
    page.context.clear_cookies()
    page.goto("/account/login/?next=/settings/users/" if person.has_role(Role.ADMINISTRATOR) else "/audit/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_adds_somebody_who_then_chooses_a_password(
    page: Page, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, UserFactory(name="Ada Ministrator", roles=[Role.ADMINISTRATOR]))
    assert (accessibility_problems(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Add a user").click()  # a link in the form of a button
    page.get_by_role("button", name="Add this user").click()
    page.get_by_role("link", name="Enter the person's name.").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    assert (accessibility_problems(page), fits(page)) == ([], True)
    page.keyboard.type("New Person")
    page.get_by_label("E-mail address").fill("new.person@example.org")
    page.get_by_label("FOI officer").check()
    page.get_by_role("button", name="Add this user").click()
    expect(page.get_by_text("New Person has been added")).to_be_visible()
    page.get_by_role("link", name="New Person").click()
    expect(page.get_by_label("FOI officer")).to_be_checked()
    assert (accessibility_problems(page), fits(page)) == ([], True)

    page.context.clear_cookies()
    page.goto(next(word for word in OutboxMessage.objects.get().body.split() if word.startswith("http")))
    assert (accessibility_problems(page), fits(page)) == ([], True)
    page.get_by_label("New password").fill("violet kettle harbour")
    page.get_by_label("The same password again").fill("violet kettle harbour")
    page.get_by_role("button", name="Set this password").click()
    expect(page.get_by_text("Your password is set")).to_be_visible()
    assert User.objects.get(email="new.person@example.org").check_password("violet kettle harbour")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_auditor_finds_what_happened_to_a_request(
    page: Page, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    for number in range(60):
        trail.record_event(
            event=TRIED,
            by=None,
            at=datetime(2025, 4, 25, 9, 30, tzinfo=UTC),
            subject=f"{number + 1}/2025",
            detail={"number": number},
        )
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, UserFactory(name="An Auditor", roles=[Role.AUDITOR]))
    assert (accessibility_problems(page), fits(page)) == ([], True)
    page.get_by_role("link", name="Older entries").click()
    expect(page.get_by_role("cell", name="1/2025", exact=True)).to_be_visible()
    filters = page.locator("details.app-filter")
    if filters.get_attribute("open") is None:  # folded away on a phone
        filters.locator("summary").click()
    page.get_by_label("About").fill("7/2025")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("cell", name="Number: 6")).to_be_visible()
    assert (accessibility_problems(page), fits(page)) == ([], True)
