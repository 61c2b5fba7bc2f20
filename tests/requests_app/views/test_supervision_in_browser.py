"""The pages of supervision in a real browser: wide and narrow, and as axe finds them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests import factories
from tests.factories import Staff
from tests.requests_app.overseen import Overseen, supervised

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _addresses(overseen: Overseen) -> list[str]:
    case = overseen.review.foi_request
    names = (
        "supervision", "supervision_reviews", "supervision_actions", "dip_samples", "dip_sample_draw",
        "recovery_plans", "recovery_make", "triage", "triage_sheets",
    )  # fmt: skip
    return [
        *(reverse(f"requests_app:{name}") for name in names),
        reverse("requests_app:dip_sample", args=[overseen.sampled.sample_id]),
        reverse("requests_app:case_sampled", args=[*overseen.answered, overseen.sampled.pk]),
        reverse("requests_app:recovery_plan", args=[overseen.plan.pk]),
        reverse("requests_app:recovery_text", args=[overseen.plan.pk]),
        reverse("requests_app:case_supervise", args=[case.year, case.number]),
        reverse("requests_app:case_action_done", args=[case.year, case.number, overseen.review.pk]),
        reverse("improvement:points"),
        reverse("improvement:add"),
        reverse("improvement:change", args=[overseen.point.pk]),
        reverse("improvement:close", args=[overseen.point.pk]),
        f"{case.get_absolute_url()}#supervision",
        reverse("requests_app:triage_print"),
    ]


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_are_whole_and_accessible_at_any_width(
    width: int,
    page: Page,
    client: Any,
    live_server: Any,
    staff: Staff,
    accessibility_problems: Callable[[Page], list[str]],
) -> None:
    overseen = supervised(staff, factories.request(by=staff.intake))
    now = timezone.now()
    for _ in range(3):
        factories.request(by=staff.intake, received_on=timezone.localdate(), at=now)
    client.force_login(overseen.manager)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.set_viewport_size({"width": width, "height": 800})
    wrong = []
    for address in _addresses(overseen):
        page.goto(address)
        wrong += [f"{address}: {problem}" for problem in accessibility_problems(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{address}: scrolls sideways")
    assert wrong == []
