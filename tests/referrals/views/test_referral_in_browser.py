"""The list of logs, the page of one, grouping and My work in a real browser, by keyboard, phone and axe."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from referrals.models import Referral
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.operations.grouping import group
from tests.referrals import logs
from tests.referrals.factories import AT, RECEIVED, entry, referral, triaged
from tests.referrals.operations.advised import TODAY, advise, lead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def by() -> User:
    return logs.adviser(name="Rowena Askrigg")


@pytest.fixture
def adviser_page(page: Page, client: Any, live_server: Any, by: User) -> Page:
    client.force_login(by)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def test_the_list_is_filtered_in_place_and_leads_to_a_log(adviser_page: Page, by: User) -> None:
    referral(by=by, subject="Patrols by night")
    triaged(referral(by=by, subject="Patrols by day"), by=by, priority="high", reason="Court")
    page = adviser_page
    page.goto("/referrals/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Priority", exact=True).select_option("High")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("status").filter(has_text="1 log awaiting advice.")).to_be_focused()
    assert page.evaluate("window.stayed") is True
    page.get_by_role("link", name="Remove filter: Priority").click()
    expect(page.get_by_role("status").filter(has_text="2 logs awaiting advice.")).to_be_visible()
    page.get_by_role("row", name="Patrols by night").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Patrols by night")).to_be_visible()


def test_similar_logs_are_grouped_by_keyboard_from_the_next_step(adviser_page: Page, by: User) -> None:
    log, same = referral(by=by, subject="Patrols by night"), referral(by=by, forces=["Kent Police"])
    page = adviser_page
    page.goto(log.get_absolute_url())
    page.get_by_role("link", name="Look at similar logs").press("Enter")
    page.get_by_role("button", name="Group them").press("Enter")
    page.get_by_role("link", name="Tick at least one log, or enter its number.").press("Enter")
    box = page.get_by_label(same.log_number)
    expect(box).to_be_focused()
    box.press("Space")
    page.get_by_role("button", name="Group them").press("Enter")
    expect(page.get_by_role("heading", name="National log of 1 other")).to_be_visible()
    assert Referral.objects.get(pk=same.pk).national_log == log


def _much(by: User) -> list[str]:
    """A log with something of everything, and the pages about it."""
    own = [
        entry("Kent Police", request_received_on=RECEIVED, wording="In Kent, how many patrols?"),
        entry("Essex Police", reference="FOI/2026/1"),
    ]
    log = referral(by=by, forces=own, subject="A subject without a place to break" + "x" * 90)
    member, similar = referral(by=by), referral(by=by, forces=["Surrey Police"])
    triaged(log, by=by, priority="low", reason="Nothing presses.")
    consult(
        referral_id=log.pk, by=by, at=AT, today=RECEIVED, lead_id=lead().pk, question="Is it published?",
        reply_by=RECEIVED + timedelta(days=3),
    )  # fmt: skip
    group(referral_id=log.pk, member_ids=[member.pk], by=by, at=AT)
    advice = advise(log, by)
    circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    advise(log, by, text="Further advice.")
    return [
        "/",
        "/referrals/",
        "/referrals/?q=patrols&status=all",
        log.get_absolute_url(),
        f"{log.get_absolute_url()}group/",
        member.get_absolute_url(),
        f"{member.get_absolute_url()}ungroup/",
        similar.get_absolute_url(),
    ]


@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_is_accessible_and_fits_the_window(
    adviser_page: Page, by: User, width: int, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    page = adviser_page
    page.set_viewport_size({"width": width, "height": 900})
    for address in _much(by):
        page.goto(address)
        assert accessibility_problems(page) == [], address
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, address
        assert page.locator("h1").count() == 1, address
        assert page.locator("[style]").count() == 0, address
