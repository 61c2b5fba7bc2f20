"""The button that masks, on pages of every kind: nothing is saved by it, and what it shows can be saved."""

from typing import Any

import pytest
from django.test import Client

from foitracker.audit.models import Entry, RecordedAccess
from referrals.models import Correspondence, Criterion, Referral, ReferralUnit
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import Scope
from tests import factories
from tests.referrals.logs import adviser, log
from tests.requests_app.views.casework import day, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TELLING = "Mr Lowmoor rang from 01632 960123 about 636/18."
BUTTON = 'name="mask" value="yes"'
BOX = 'name="not_the_applicant"'


@pytest.fixture
def case() -> Referral:
    return log("Larkspur", scope=Scope.SINGLE)


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(adviser())
    return client


def letter(case: Referral, **fields: Any) -> dict[str, Any]:
    usual = {"seen_version": case.version, "direction": "in", "text": TELLING}
    return {**usual, **day("dated_on", case.received_on), **fields}


def test_nothing_is_offered_before_something_is_found(desk: Client, case: Referral) -> None:
    page = text_of(desk.get(f"{case.get_absolute_url()}correspondence/add/"))
    assert BUTTON not in page
    assert BOX not in page


def test_found_is_listed_and_can_be_masked_or_confirmed(desk: Client, case: Referral) -> None:
    address = f"{case.get_absolute_url()}correspondence/add/"
    response = desk.post(address, letter(case))
    page = text_of(response)
    assert response.status_code == 422
    assert "line 1, name “Mr Lowmoor”; line 1, telephone number “01632 960123”" in page
    assert TELLING in page
    assert BUTTON in page
    assert BOX in page

    response = desk.post(address, letter(case, mask="yes"))
    page = text_of(response)
    assert response.status_code == 200
    assert "**** rang from **** about 636/18." in page
    assert "Lowmoor" not in page
    assert "Nothing has been saved yet" in page
    assert 'value="2026"' in page, "the day stays as it was typed"
    assert "There is a problem" not in page
    assert not Correspondence.objects.exists()

    response = desk.post(address, letter(case, text="**** rang from **** about 636/18."))
    assert response.status_code == 302
    assert Correspondence.objects.get().text == "**** rang from **** about 636/18."


def test_button_and_box_stand_under_the_words_and_enter_still_saves(desk: Client, case: Referral) -> None:
    page = text_of(desk.post(f"{case.get_absolute_url()}details/", {"wording": TELLING}))
    words, box, button, after = (page.index(one) for one in ('name="wording"', BOX, BUTTON, 'name="scope"'))
    assert words < box < button < after
    assert page.count(BOX) == page.count(BUTTON) == 1
    form = page[page.index('<form method="post" class="app-form"') :]
    assert 'aria-hidden="true">Save<' in form[: form.index(BUTTON)], (
        "the first button is the one Enter presses"
    )
    assert page.index("None of these tells") < page.index("The record will say how many"), "the hint is below"


def test_confirmed_it_is_saved_and_the_trail_counts_kinds(desk: Client, case: Referral) -> None:
    address = f"{case.get_absolute_url()}correspondence/add/"
    assert desk.post(address, letter(case, not_the_applicant="on")).status_code == 302
    assert Correspondence.objects.get().text == TELLING
    detail = Entry.objects.get(event="correspondence_recorded").detail
    assert detail["unmasked"] == {"name": 1, "telephone": 1}
    assert "Lowmoor" not in str(detail)


def test_an_unfinished_form_is_masked_without_complaints(desk: Client, case: Referral) -> None:
    response = desk.post(
        f"{case.get_absolute_url()}correspondence/add/", {"text": TELLING, "mask": "yes", "dated_on_0": "3"}
    )
    assert response.status_code == 200
    assert "There is a problem" not in text_of(response)
    assert 'value="3"' in text_of(response)


def test_masking_what_is_clean_says_so(desk: Client, case: Referral) -> None:
    sent = letter(case, text="Two lines\r\nof 636/18", mask="yes")
    page = text_of(desk.post(f"{case.get_absolute_url()}correspondence/add/", sent))
    assert "Nothing was found that needs masking" in page


def test_on_our_own_request_the_applicant_is_masked_by_what_we_hold() -> None:
    staff = factories.staff()
    ReferralUnit.objects.update(own_force=find_force("National Police Chiefs' Council"))
    case = factories.request_with_items("1", officer=staff.officer)
    client = Client()
    client.force_login(staff.officer)
    address = f"/referrals/refer/{case.year}/{case.number}/"
    sent = {"seen_version": case.version, "subject": "Plans", "trigger": "advice"}
    sent["wording"] = "as lowmoor, perpetua said"
    refused = client.post(address, sent)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "This tells who our own applicant is: line 1, who our own applicant is" in page
    assert BOX not in page
    assert BUTTON in page
    page = text_of(client.post(address, {**sent, "mask": "yes"}))
    assert "as **** said" in page
    assert "lowmoor" not in page
    assert not Referral.objects.exists()
    looks = RecordedAccess.objects.filter(
        event="applicant_recognised", actor_id=staff.officer.pk, subject=case.reference
    )
    assert [look.detail for look in looks] == [{"recognised": 1}] * 2


@pytest.mark.parametrize(
    ("page", "field"), [("correspondence/add/", "text"), ("details/", "wording"), ("close/", "reason")]
)
def test_every_page_of_a_log_about_our_own_request_knows_its_applicant(
    desk: Client, case: Referral, page: str, field: str
) -> None:
    case.own_request = factories.request()
    case.save()
    sent = {"seen_version": case.version, field: "what perpetua lowmoor said"}
    refused = text_of(desk.post(case.get_absolute_url() + page, sent))
    assert "This tells who our own applicant is" in refused
    masked = text_of(desk.post(case.get_absolute_url() + page, {**sent, "mask": "yes"}))
    assert "what **** said" in masked
    assert "lowmoor" not in masked


def test_why_a_criterion_was_set_aside_is_masked_with_the_rest(desk: Client, case: Referral) -> None:
    one = Criterion.objects.create(
        code="officers", title="Officers", words=["officer"], made_at=case.logged_at
    )
    sent = {"seen_version": case.version, f"why_{one.pk}": "Mr Lowmoor said so", "reason": "Mr Lowmoor"}
    page = text_of(desk.post(f"{case.get_absolute_url()}triage/", {**sent, "mask": "yes"}))
    assert 'value="**** said so"' in page
    assert "Lowmoor" not in page
