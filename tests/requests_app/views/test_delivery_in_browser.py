"""Delivery and advice in a real browser: the casefile, the letter and the outbox, wide and on a phone, with axe."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.mail.tasks import send_outbox
from referrals.models import AdviceTold, ReferralUnit
from referrals.operations.own_request import OwnReferral, refer_own_request
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import Trigger
from tests import factories
from tests.conftest import Mailbox
from tests.factories import Staff, person
from tests.referrals.operations.advised import advise
from tests.requests_app.operations.part_refusal import WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[User], Page]
WIDTHS = (1366, 390)


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


def _look(page: Page, address: str, problems: Callable[[Page], list[str]], name: str) -> None:
    """Nothing serious for axe, and nothing to scroll sideways, at both widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width)


def test_a_letter_that_did_not_arrive_is_seen_and_sent_again(
    sign_in: SignIn,
    staff: Staff,
    smtp_server: Mailbox,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    worked = approved_part_refusal(staff)
    factories.issue(staff, worked.letter, WORKED)
    smtp_server.refused.add("p.lowmoor@example.org")
    send_outbox()
    page = sign_in(staff.officer)
    letter = f"{worked.case.get_absolute_url()}letters/{worked.letter.pk}/"
    _look(page, worked.case.get_absolute_url(), accessibility_problems, "undelivered-casefile")
    _look(page, letter, accessibility_problems, "undelivered-letter")
    _look(page, f"{letter}again/", accessibility_problems, "send-again")
    _look(page, "/", accessibility_problems, "my-work")
    _look(sign_in(person(Role.MANAGER)), "/outbox/", accessibility_problems, "outbox")
    page = sign_in(staff.officer)
    page.goto(worked.case.get_absolute_url())
    page.get_by_role("link", name="Send again: part refusal").click()
    page.get_by_label("Collected").check()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("Resending recorded for today")).to_be_visible()


def test_advice_that_came_is_read_and_taken_up(
    sign_in: SignIn, staff: Staff, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    ReferralUnit.objects.update(own_force=find_force("Lancashire Constabulary"))
    worked = drafted_part_refusal(staff)
    log = refer_own_request(
        case_id=worked.case.pk,
        by=staff.officer,
        at=factories.at(WORKED, 10),
        today=WORKED,
        referral=OwnReferral("Patrol plans", "the patrol plan", Trigger.ADVICE),
    )
    factories.submit(staff, worked.letter, WORKED)
    factories.approve(staff, worked.letter, WORKED)
    advise(log, person(Role.CRU_ADVISER), at=factories.at(WORKED, 15), today=WORKED)
    page = sign_in(staff.officer)
    address = worked.case.get_absolute_url()
    _look(page, address, accessibility_problems, "advice-casefile")
    take_up = (
        f"/referrals/refer/{worked.case.year}/{worked.case.number}/advice/{AdviceTold.objects.get().pk}/"
    )
    _look(page, take_up, accessibility_problems, "take-up")
    page.goto(address)
    page.get_by_role("link", name="Record how the advice was used").click()
    page.locator("#advice").get_by_role("link", name="Record how it was used").click()
    page.get_by_label("Adopted", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What is done with the advice is recorded.")).to_be_visible()
    expect(page.get_by_role("link", name="Check the draft and submit it")).to_be_visible()
