"""From the question to the figures in the answer, in a real browser with and without script; axe on every page."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import ReferralUnit
from referrals.rules.vocabulary import Scope, Trigger
from requests_app.models import FigureSet, FoiRequest
from tests import factories
from tests.referrals import logs
from tests.referrals.factories import force

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "How many referrals did Lancashire make in the years ending 31 March (A. 2025, B. 2024 and C. 2023)?"


@pytest.fixture
def officer() -> User:
    return factories.person(Role.OFFICER)


@pytest.fixture
def asked(officer: User) -> FoiRequest:
    """A question about Lancashire, and two of its logs in the year that ended in March 2023."""
    factories.authority()
    ReferralUnit.objects.update_or_create(id=1, defaults={"data_complete_to": date(2025, 4, 24)})
    lancashire = force("Lancashire Constabulary")
    for number, scope, trigger in (
        (12, Scope.SINGLE, Trigger.MANDATORY),
        (13, Scope.NATIONAL, Trigger.ADVICE),
    ):
        case = logs.log(number=number, year=2022, received_on=date(2022, 5, 3), scope=scope)
        case.forces.create(
            force=lancashire,
            role="referred_by",
            trigger=trigger,
            form_received_on=case.received_on,
            first_contact_on=case.received_on,
        )
    return factories.request_with_items("1", officer=officer, words=WORDS)


@pytest.fixture(params=["with script", "without script"])
def officers_page(
    request: pytest.FixtureRequest, browser: Browser, officer: User, live_server: Any
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=request.param == "with script"
    )
    page = context.new_page()
    client = Client()
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield page
    context.close()


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()
    page.wait_for_load_state()


def test_a_question_is_counted_kept_and_answered(officers_page: Page, asked: FoiRequest) -> None:
    page = officers_page
    page.goto("/referrals/statistics/")
    page.get_by_label("Forces by name").fill("Lancashire Police")
    page.get_by_label("Years ending").fill("31/3/2025, 31/3/2024, 31/3/2023")
    _press(page, "Count")
    assert "Every referral up to 24 April 2025 has been entered." in page.inner_text("main")
    page.get_by_role(
        "link", name="2 Together: Lancashire Constabulary, 1 April 2022 to 31 March 2023"
    ).click()
    page.wait_for_load_state()
    assert "2 logs counted" in page.inner_text("h1")
    page.go_back()
    page.get_by_label("Title").fill("Lancashire, three years to March 2025")
    _press(page, "Save the statistic")
    _press(page, "Place in a letter")
    page.get_by_label("Request", exact=True).fill(asked.reference)
    _press(page, "Continue")
    assert page.locator("main td").nth(2).inner_text() == "0"
    _press(page, "Place these figures")
    page.wait_for_url(f"**{asked.get_absolute_url()}*")
    figures = FigureSet.objects.get().figures.all()
    assert [(figure.label, int(figure.value)) for figure in figures] == [("A", 0), ("B", 0), ("C", 2)]
    assert "first form or letter" in page.inner_text("main")


def test_axe_finds_nothing(
    page: Page,
    officer: User,
    asked: FoiRequest,
    live_server: Any,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    client = Client()
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    counted = (
        "/referrals/statistics/?names=Lancashire+Police,Durham&years_ending=31/3/2025,31/3/2023,31/3/2027"
    )
    saved = client.post(counted, {"title": "Kept"}).url
    place = f"{saved}place/?reference={asked.reference}&how=apart&force=all"
    for address in (
        "/referrals/statistics/",
        "/referrals/statistics/?names=Nowhere&years_ending=tomorrow",
        counted,
        client.get(counted).context["groups"][1].rows[1].together.url,
        "/referrals/statistics/saved/",
        saved,
        f"{saved}logs/?figure=1&counted=together",
        f"{saved}place/",
        place,
        "/referrals/statistics/advice/",
        "/referrals/statistics/advice/logs/?first=2022-01-01&last=2023-01-01&by=scope&value=national",
    ):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        page.set_viewport_size({"width": 1366, "height": 900})
        assert accessibility_problems(page) == [], address
