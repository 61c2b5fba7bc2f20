"""My work, register, new request, casefile and settings in a real browser, by keyboard, phone and axe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import FoiRequest
from tests import factories
from tests.factories import Staff
from tests.requests_app.operations.part_refusal import approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[User], Page]


@pytest.fixture
def sign_in(page: Page, client: Any, live_server: Any) -> SignIn:
    def as_user(user: User) -> Page:
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return as_user


def _fill_in(page: Page) -> None:
    page.goto("/requests/new/")
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("Subject").fill("Patrol plans")
    page.get_by_label("The request").fill(factories.WORDS)


def test_a_double_click_logs_one_request(sign_in: SignIn, staff: Staff) -> None:
    page = sign_in(staff.intake)
    _fill_in(page)
    page.get_by_role("button", name="Log request").dblclick()
    expect(page.get_by_role("heading", name="Patrol plans")).to_be_visible()
    assert FoiRequest.objects.count() == 1


def test_going_back_and_sending_again_asks_first(sign_in: SignIn, staff: Staff) -> None:
    page = sign_in(staff.intake)
    _fill_in(page)
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("heading", name="Patrol plans")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("alert")).to_contain_text("You have just logged the same request")
    assert FoiRequest.objects.count() == 1
    page.get_by_label("Log it once more").check()
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("heading", name="Patrol plans")).to_be_visible()
    assert FoiRequest.objects.count() == 2


def test_unprintable_characters_survive_the_question_about_them(sign_in: SignIn, staff: Staff) -> None:
    page = sign_in(staff.intake)
    _fill_in(page)
    page.get_by_label("The request").evaluate(
        r"(area) => { area.value = 'One\u0000two\u0007three\u000bfour\ufffe \u202eturned' }"
    )
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("alert")).to_contain_text("contains 4 characters")
    page.get_by_label("Remove 4 characters that cannot be printed").check()
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_text("[U+202E]")).to_be_visible()
    assert FoiRequest.objects.get().words == "Onetwothree\nfour \u202eturned"


def test_the_register_is_filtered_in_place_and_the_focus_goes_to_the_new_list(
    sign_in: SignIn, staff: Staff
) -> None:
    factories.request(subject="Ordinary")
    factories.request(subject="Urgent", details={"priority": "high", "priority_reason": "Court"})
    page = sign_in(staff.officer)
    page.goto("/requests/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Priority").select_option("High")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("status").filter(has_text="1 request.")).to_be_focused()
    assert page.evaluate("window.stayed") is True
    assert "priority=high" in page.url
    page.get_by_role("link", name="Remove filter: Priority").click()
    expect(page.get_by_role("status").filter(has_text="2 requests.")).to_be_visible()
    page.get_by_role("row", name="Urgent").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Urgent")).to_be_visible()
    assert page.evaluate("window.stayed") is None


def test_a_filter_that_cannot_be_and_a_session_that_ended_are_shown_whole(
    sign_in: SignIn, staff: Staff
) -> None:
    page = sign_in(staff.officer)
    page.goto("/requests/")
    page.get_by_label("Day").first.fill("45")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the month")
    page.goto("/requests/")
    page.context.clear_cookies()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_whoever_types_stays_signed_in(sign_in: SignIn, staff: Staff) -> None:
    page = sign_in(staff.intake)
    page.clock.install()
    page.goto("/requests/new/")
    for session in Session.objects.all():
        data = session.get_decoded() | {"active_at": 0}
        Session.objects.filter(pk=session.pk).update(
            session_data=Session.objects.encode(data), expire_date=timezone.now() + timedelta(minutes=1)
        )
    page.clock.fast_forward("02:00")
    with page.expect_response("**/health/"):
        page.get_by_label("Subject").press_sequentially("Pat")
    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=20)


def test_the_register_works_without_scripts(
    browser: Any, live_server: Any, client: Any, staff: Staff
) -> None:
    factories.request(subject="Ordinary")
    factories.request(subject="Urgent", details={"priority": "high", "priority_reason": "Court"})
    client.force_login(staff.officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto("/requests/")
    page.get_by_label("Priority").select_option("High")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_text("1 request.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_is_accessible_and_fits_the_window(
    sign_in: SignIn, staff: Staff, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    case = drafted_part_refusal(staff).case
    approved_part_refusal(staff)
    factories.request(subject="A subject without a place to break" + "x" * 90)
    below = ["", "details/", "applicant/", "assign/", "link/", "note/", "close/"]
    pages = ["/", "/requests/", "/requests/?q=plan&status=all", "/requests/new/"]
    pages += [case.get_absolute_url() + part for part in below]
    settings_pages = [
        "/settings/",
        "/settings/authority/",
        "/settings/authority/regulators/add/",
        "/requests/",
    ]
    administrator = factories.person(Role.ADMINISTRATOR)
    for user, addresses in ((staff.officer, pages), (administrator, settings_pages)):
        page = sign_in(user)
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            assert accessibility_problems(page) == [], address
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) <= 0, address
            assert page.locator("h1").count() == 1, address
            assert page.locator("[style]").count() == 0, address


@pytest.mark.parametrize("width", [1366, 390])
def test_pages_with_errors_are_accessible_and_lead_to_the_field(
    sign_in: SignIn, staff: Staff, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page = sign_in(staff.officer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/requests/new/")
    page.get_by_role("button", name="Log request").click()
    expect(page).to_have_title("Error: New request – foitracker")
    assert accessibility_problems(page) == []
    page.get_by_role("link", name="Enter a subject of a few words.").click()
    expect(page.get_by_label("Subject")).to_be_focused()
