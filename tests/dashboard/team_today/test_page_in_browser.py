"""Team today and handing over, in a real browser: wide and narrow, as axe finds them, and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from foitracker.accounts.models import Absence
from foitracker.accounts.roles import Role
from requests_app.models import FoiRequest
from requests_app.operations.intake import assign
from tests import factories
from tests.factories import Staff, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEAM, HAND_OVER = reverse("dashboard:team_today"), reverse("dashboard:hand_over")


def _team(staff: Staff) -> None:
    """Requests of nobody, of somebody over their target and of somebody away; some overdue."""
    factories.authority(caseload_target=1)
    now, today = timezone.now(), timezone.localdate()
    for days in (0, 3, 9, 40, 90):
        case = factories.request(by=staff.intake, received_on=today - timedelta(days=days), at=now)
        if days:
            officer = staff.officer if days != 9 else staff.decision_maker
            assign(case_id=case.pk, by=staff.intake, at=now, officer=officer)
    Absence.objects.create(
        person=staff.decision_maker, from_on=today, to_on=today, entered_by=staff.officer, entered_at=now
    )


def _sign_in(context: Any, client: Client, live_server: Any) -> None:
    client.force_login(person(Role.MANAGER))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_are_whole_and_accessible_at_any_width(
    width: int,
    page: Page,
    client: Client,
    live_server: Any,
    staff: Staff,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    _team(staff)
    _sign_in(page.context, client, live_server)
    page.set_viewport_size({"width": width, "height": 800})
    wrong = []
    for address in (TEAM, HAND_OVER, f"{HAND_OVER}?officer=none"):
        page.goto(address)
        wrong += [f"{address}: {problem}" for problem in accessibility_problems(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{address}: scrolls sideways")
    assert wrong == []


def test_requests_are_handed_over_without_javascript(
    browser: Browser, client: Client, live_server: Any, staff: Staff
) -> None:
    _team(staff)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    _sign_in(context, client, live_server)
    page = context.new_page()
    page.goto("/")
    assert page.url.endswith(TEAM)
    page.get_by_role("link", name="Hand over what is with: No officer").click()
    page.get_by_role("checkbox", name="Hand over ").first.check()
    page.get_by_label("Hand the ticked requests to").select_option(label=staff.officer.name)
    page.get_by_role("button", name="Hand over", exact=True).click()
    assert page.get_by_text(f"1 request handed over to {staff.officer.name}.").is_visible()
    assert not FoiRequest.objects.filter(officer__isnull=True).exists()
    context.close()
