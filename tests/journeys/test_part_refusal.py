"""The main job in a real browser: from sign-in to an issued part refusal, whose PDF is read back."""

from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, Letter
from requests_app.rules.casework.workflow import Outcome, Status
from tests.factories import Staff
from tests.foitracker.accounts.factories import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.services]

WORDS = """Dear team,

Please send me the following:

1. the policy on drones at football matches
2. the number of flights in 2025
3. the places where drones were flown
4. the contract with the supplier
5. the name of the chief pilot

Thank you."""


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My work")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def log_request(page: Page) -> FoiRequest:
    page.get_by_role("link", name="New request").click()
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("Subject").fill("Police drones at football matches")
    page.get_by_label("The request", exact=True).fill(WORDS)
    page.get_by_label("Name", exact=True).fill("Thaddeus Copplestone")
    page.get_by_label("E-mail address").fill("t.copplestone@example.org")
    page.get_by_role("button", name="Log request").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Police drones at football matches")
    return FoiRequest.objects.get()


def decide(page: Page, case: FoiRequest) -> None:
    base = case.get_absolute_url()
    page.goto(f"{base}items/")
    page.get_by_role("button", name="Save items").click()
    page.goto(f"{base}searches/add/")
    page.get_by_label("What was searched").fill("Shared drive of the drones portfolio")
    page.get_by_label("Who searched").fill("Portfolio office")
    page.get_by_label("Search criteria").fill("Drone, football, 2025")
    page.get_by_label("Held", exact=True).check()
    page.get_by_role("button", name="Save search").click()
    items = {item.label: item for item in case.items.all()}
    assert list(items) == ["1", "2", "3", "4", "5"]
    page.goto(f"{base}items/decide/")
    for label in ("1", "2", "4"):
        page.get_by_label(f"Item {label}", exact=True).check()
    page.get_by_label("Disclosed", exact=True).check()
    page.get_by_role("button", name="Save decision").click()
    decide_one(page, base, items["3"].pk, "Partly disclosed", "Counties are given, places are left out.")
    decide_one(page, base, items["5"].pk, "Withheld", "")


def decide_one(page: Page, base: str, pk: int, disposition: str, explanation: str) -> None:
    page.goto(f"{base}items/{pk}/decide/")
    page.get_by_label(disposition, exact=True).check()
    page.get_by_label("Answer to this item").fill(explanation)
    page.get_by_role("button", name="Save", exact=True).click()


def claim(page: Page, case: FoiRequest) -> None:
    base = case.get_absolute_url()
    page.goto(f"{base}claims/add/31/")
    page.get_by_label("31(1)(a)", exact=True).check()
    page.get_by_label("Item 3", exact=True).check()
    page.get_by_label("Why it applies").fill("The places show where drones watch and where they do not.")
    page.get_by_label("would be likely to").check()
    page.get_by_label("Evidence of harm").fill("Offenders could meet where no drone is flown.")
    page.get_by_label("Public interest factors for").fill("It shows how drones are used.")
    page.get_by_label("Public interest factors against").fill("Offences would be harder to detect.")
    page.get_by_label("Balance").fill("The harm outweighs the little that would be gained.")
    page.get_by_role("button", name="Save claim").click()
    page.goto(f"{base}claims/add/")
    page.get_by_label("Section and limb").fill("40(3)(a)(i)")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("main")).to_contain_text("40(2)+(3A)(a)")
    page.get_by_label("Section and limb").fill("s40(2)+(3A)(a)")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("40(2)+(3A)(a)", exact=True)).to_be_checked()
    page.get_by_label("Item 5", exact=True).check()
    page.get_by_label("Why it is personal data").fill("It names officers and says where they worked.")
    page.get_by_label("None of it").check()
    page.get_by_label("Article 5(1)(a)").check()
    page.get_by_label("Legitimate interest in disclosure").fill("The public may ask who decided.")
    page.get_by_label("Whether disclosure is necessary for it").fill("Their ranks are enough for that.")
    page.get_by_label("The person’s interests, and the balance").fill("Nobody named expects to be.")
    page.get_by_role("button", name="Save claim").click()


def test_from_sign_in_to_an_issued_part_refusal(  # type: ignore[no-untyped-def]
    page: Page, staff: Staff, accessibility_problems
) -> None:
    sign_in(page, staff.officer)
    case = log_request(page)
    assert accessibility_problems(page) == []
    decide(page, case)
    claim(page, case)

    page.goto(f"{case.get_absolute_url()}letters/draft/answer/")
    page.get_by_label("Answer", exact=True).fill("Most of what you asked for is enclosed.")
    page.get_by_label("Enclosures").fill("Policy on drones at football matches\nContract with the supplier")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Part refusal")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Submit for approval").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Approve: not available")
    sign_out(page)

    letter = Letter.objects.get()
    sign_in(page, staff.decision_maker)
    page.get_by_role("link", name=case.reference).first.click()
    page.goto(f"{case.get_absolute_url()}letters/{letter.pk}/")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("approved and can be issued")
    page.get_by_role("button", name="Issue").click()
    page.get_by_label("E-mail").check()
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("issued")

    pdf = page.request.get(f"{case.get_absolute_url()}letters/{letter.pk}/pdf/").body()
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(pdf)).pages)
    today = date.today()
    for needed in (
        case.reference,
        "Thaddeus Copplestone",
        f"{today.day} {today:%B %Y}",
        "Section 31(1)(a)",
        "section 40(3A)(a)",
        "section 50",
        "Offenders could meet where no drone is flown.",
        staff.decision_maker.name,
    ):
        assert needed in text
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.PARTLY_DISCLOSED)
