"""An officer promises something, shows the request to the press office and keeps the promise, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from tests import factories
from tests.factories import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = f"{factories.WORDS}\n\n{'Please include every version of it. ' * 20}The last line."


@pytest.fixture
def sign_in(page: Page, client: Any, live_server: Any) -> Callable[[User], Page]:
    def as_user(user: User) -> Page:
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return as_user


def _fill_today(page: Page, legend: str) -> None:
    today, boxes = timezone.localdate(), page.get_by_role("group", name=legend)
    for label, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        boxes.get_by_label(label).fill(str(value))


@pytest.mark.parametrize("width", [1366, 390])
def test_a_promise_is_kept_and_a_request_is_read_outside_the_team(
    width: int,
    sign_in: Callable[[User], Page],
    staff: Staff,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    reader = factories.person(Role.OUTSIDE_READER, name="Hester Pallister")
    case = factories.request(by=staff.intake, officer=staff.officer, words=WORDS)
    page = sign_in(staff.officer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Promise to contact the applicant").click()
    page.get_by_label("What you promised to tell them").fill("Whether the map can be sent.")
    _fill_today(page, "By when")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Save promise").click()
    expect(page.get_by_role("heading", name="Promises to the applicant")).to_be_visible()
    expect(page.locator("#promises")).to_contain_text("Due today")

    page.get_by_role("link", name="Show to a reader outside the team").click()
    page.get_by_label("Reader").select_option(label="Hester Pallister")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Show request").click()
    expect(page.locator("#showings")).to_contain_text("not read yet")
    assert accessibility_problems(page) == []

    page.goto("/")
    page.get_by_role("link", name="Promises to applicants due").click()
    page.get_by_role("link", name=case.reference).click()
    page.get_by_role("link", name="Record what was said").click()
    page.get_by_role("button", name="Save and close the promise").click()
    expect(page.get_by_role("alert")).to_contain_text("A promise is not closed without it")
    page.get_by_label("What the applicant was told").fill("By telephone: the map can be sent.")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Save and close the promise").click()
    expect(page.get_by_role("heading", name="Promises to the applicant")).to_have_count(0)

    sign_in(reader)
    page.goto("/")
    expect(page.get_by_role("heading", name="Requests shown to you")).to_be_visible()
    expect(page.get_by_text("The last line.")).not_to_be_visible()
    page.get_by_text("Read the whole request").click()
    expect(page.get_by_text("The last line.")).to_be_visible()
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    sign_in(staff.officer)
    page.goto(case.get_absolute_url())
    expect(page.locator("#showings")).to_contain_text("last read")
