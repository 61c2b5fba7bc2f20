"""What of the words tells who asks: listed, ticked, masked and shown again, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from requests_app.models import FoiRequest
from tests.factories import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = """Dear Sir or Madam,

1. How many herons were counted in 2025?
2. Who counted them?

Yours faithfully,
Perpetua Quill
14 Larch Close, Fareham
Tel: 01632 960001"""


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


@pytest.mark.parametrize("width", [1366, 390])
def test_who_asks_is_masked_at_the_door_and_read_only_where_it_is_recorded(
    width: int,
    sign_in: Callable[[User], Page],
    staff: Staff,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    page = sign_in(staff.officer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/requests/new/")
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("Subject").fill("Herons counted")
    page.get_by_label("The request").fill(WORDS)
    page.get_by_label("Name", exact=True).fill("Perpetua Quill")
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("alert")).to_contain_text("may identify the applicant")
    expect(page.get_by_label("The request")).to_have_value(WORDS)
    expect(page.get_by_label("Line 7: “Perpetua Quill”")).not_to_be_checked()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("heading", name="Herons counted")).to_be_visible()
    assert "Quill" not in page.content()
    assert "960001" not in page.content()
    assert "Who counted them?" in FoiRequest.objects.get().words

    page.get_by_role("link", name="See the original request (recorded)").click()
    page.get_by_label("To check that the request is valid").check()
    page.get_by_role("button", name="Record and show").click()
    expect(page.get_by_text("14 Larch Close, Fareham").first).to_be_visible()
    assert accessibility_problems(page) == []
    page.get_by_label("14 Larch Close").check()
    page.get_by_role("button", name="Unmask").click()
    expect(page.get_by_text("1 place unmasked")).to_be_visible()
    assert accessibility_problems(page) == []

    page.get_by_role("link", name="Mask applicant details").click()
    page.get_by_label("What to mask").fill("14 Larch Close")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Mask", exact=True).click()
    expect(page.get_by_text("Masked in 1 place")).to_be_visible()
    assert "Larch" not in page.content()
