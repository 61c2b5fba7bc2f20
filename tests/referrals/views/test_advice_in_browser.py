"""Advice in a real browser: written, corrected, given and circulated; each page checked by axe, also on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from referrals.models import Advice, AdviceTold
from tests.referrals.factories import adviser
from tests.referrals.operations.advised import lead, mailbox, national_log

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_advice_is_given_and_circulated(
    page: Page, client: Any, live_server: Any, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    by = adviser()
    log = national_log(mailbox("Larch"), mailbox("Hazel", email=""), by=by)
    lead()
    client.force_login(by)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    base = log.get_absolute_url()
    page.goto(f"{base}advise/")
    expect(page.get_by_text("2 forces to be told")).to_be_visible()
    page.get_by_label("Advice", exact=True).fill("Weigh the public interest.\n\nAsk p.lowmoor@somewhere.org.")
    page.get_by_label("Exemptions suggested").fill("40(3)(a)(i)")
    page.get_by_label("OFFICIAL-SENSITIVE").check()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Give it, and circulate later").click()
    expect(page.get_by_role("button", name="Mask what was found")).to_be_visible()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Mask what was found").click()
    expect(page.get_by_label("Advice", exact=True)).to_have_value("Weigh the public interest.\n\nAsk ****.")
    page.get_by_role("button", name="Give it, and circulate later").click()
    expect(page.get_by_text("The current reference is 40(3A)(a)").first).to_be_visible()
    page.get_by_label("Exemptions suggested").fill("40(2)+(3A)(a)")
    page.get_by_role("button", name="Give it, and circulate later").click()
    expect(page.get_by_text("No force has been told of it yet")).to_be_visible()
    advice = Advice.objects.get()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{base}advice/{advice.pk}/circulate/")
    assert accessibility_problems(page) == []
    page.get_by_label("Hazel Constabulary").uncheck()
    page.get_by_role("button", name="Tell these forces").click()
    expect(page.get_by_text("1 force is told, 1 by e-mail.")).to_be_visible()
    told = AdviceTold.objects.get()
    pages = ("consult/", "chase/", "correspondence/add/", "pack.pdf", f"told/{told.pk}/uptake/")
    for address in (*pages, f"forces/{told.told_to_id}/outcome/", f"advice/{advice.pk}/circulate/"):
        page.goto(base + address)
        assert accessibility_problems(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
