"""The Central Referral Unit's job in a real browser: from two forces' forms to a figure in a letter."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from foitracker.accounts.models import User
from foitracker.mail.models import OutboxMessage
from referrals.models import AdviceTold, Force, Referral, StatisticPlacement
from requests_app.models import Figure, FoiRequest
from tests import factories
from tests.factories import Staff
from tests.journeys.test_part_refusal import sign_in, sign_out
from tests.referrals.factories import adviser

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.services]

WORDING = """From: Leander Quill
Please tell me how often a Taser was drawn in 2025, and by how many officers."""
FORCES = ("Lancashire Police", "Durham")


def log_it(page: Page) -> Referral:
    page.get_by_role("link", name="Referrals", exact=True).click()
    page.get_by_role("button", name="Log a referral").click()
    page.get_by_label("Subject", exact=True).fill("Use of Taser in 2025")
    page.get_by_label("What is asked", exact=True).fill(WORDING)
    page.get_by_label("Several forces").check()
    received = timezone.localdate() - timedelta(days=7)
    for row, name in enumerate(FORCES):
        if row:
            page.get_by_role("button", name="Add another force").click()
        force = page.get_by_role("group", name=f"Force {row + 1}", exact=True)
        force.get_by_label("Force", exact=True).fill(name)
        force.get_by_label("Why it turned to us").select_option(label="Advice wanted")
        force.get_by_label("Its own reference").fill(f"FOI-{row}/26")
        force.get_by_label("It received the request on").fill(f"{received:%d/%m/%Y}")
    page.get_by_role("button", name="Log referral").click()
    expect(page.get_by_role("main")).to_contain_text("may identify the applicant")
    page.get_by_role("button", name="Mask what was found").click()
    expect(page.get_by_label("What is asked", exact=True)).not_to_contain_text("Leander")
    page.get_by_role("button", name="Log referral").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Use of Taser in 2025")
    return Referral.objects.get()


def triage_it(page: Page, by: User) -> None:
    page.get_by_role("link", name="Triage").first.click()
    page.get_by_role("group", name="Firearms and Taser").get_by_label("Applies", exact=True).check()
    page.get_by_label("High", exact=True).check()
    page.get_by_label("Reason for the priority").fill("Two forces answer within a fortnight.")
    page.get_by_label("Adviser").select_option(label=by.name)
    page.get_by_role("button", name="Save triage").click()
    expect(page.get_by_role("main")).to_contain_text("High priority")


def advise_and_circulate(page: Page) -> None:
    page.get_by_role("link", name="Give advice").first.click()
    page.get_by_label("Advice", exact=True).fill(
        "Give the totals. Withhold the numbers of officers in each unit."
    )
    page.get_by_label("Exemptions suggested").fill("s31(1)(a)")
    page.get_by_role("button", name="Give it and circulate").click()
    expect(page.get_by_role("main")).to_contain_text("Advice given")


def count_and_save(page: Page) -> None:
    year_end = timezone.localdate()
    page.get_by_role("link", name="Statistics", exact=True).click()
    page.get_by_label("Forces by name").fill("Lancashire Police")
    page.get_by_label("Years ending", exact=True).fill(f"{year_end:%d/%m/%Y}")
    page.get_by_label("Shared, not national").check()
    for part, number in (("Day", year_end.day), ("Month", year_end.month), ("Year", year_end.year)):
        page.get_by_role("group", name="Log complete to").get_by_label(part, exact=True).fill(str(number))
    page.get_by_role("button", name="Count", exact=True).click()
    page.get_by_label("Title").fill("Lancashire's referrals in a year")
    page.get_by_role("button", name="Save the statistic").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lancashire's referrals in a year")


def place(page: Page, case: FoiRequest) -> None:
    page.get_by_role("link", name="Statistics", exact=True).click()
    page.get_by_role("link", name="Saved", exact=True).click()
    page.get_by_role("link", name="Lancashire's referrals in a year").click()
    page.get_by_role("button", name="Place").or_(page.get_by_role("link", name="Place")).first.click()
    page.get_by_label("Request", exact=True).fill(case.reference)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("button", name="Place these figures").click()
    expect(page.get_by_role("main")).to_contain_text("Referred by the force alone")


def test_from_two_forms_to_a_figure_in_a_letter(  # type: ignore[no-untyped-def]
    page: Page, staff: Staff, accessibility_problems
) -> None:
    unit_adviser = adviser()
    Force.objects.filter(name="Lancashire Constabulary").update(email="foi.lancashire@example.org")
    case = factories.request_with_items(
        "A", officer=staff.officer, words="A. How many referrals did Lancashire make?"
    )
    sign_in(page, unit_adviser)
    log = log_it(page)
    assert {str(one.force) for one in log.forces.all()} == {"Lancashire Constabulary", "Durham Constabulary"}
    assert "Quill" not in log.wording
    assert accessibility_problems(page) == []
    triage_it(page, unit_adviser)
    advise_and_circulate(page)
    assert AdviceTold.objects.count() == 2
    assert OutboxMessage.objects.get().to == "foi.lancashire@example.org"
    assert accessibility_problems(page) == []
    count_and_save(page)
    page.locator("table a").first.click()
    expect(page.get_by_role("main")).to_contain_text(log.log_number)
    sign_out(page)

    sign_in(page, staff.officer)
    place(page, case)
    assert accessibility_problems(page) == []
    assert StatisticPlacement.objects.get().foi_request == case
    assert Figure.objects.get().value == 1
