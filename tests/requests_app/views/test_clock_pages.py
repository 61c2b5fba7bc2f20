"""The clock of a request: its page, and the actions that show the new dates before they are recorded."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import escape

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.timeline import timeline_events
from requests_app.models import FoiRequest, LapseWarning, RecordedClockEvent
from requests_app.rules.clock.events import RecordedKind
from requests_app.rules.clock.kinds.fees import FEES_NOTICE
from requests_app.rules.clock.kinds.table import RECORDED
from requests_app.rules.clock.law import Regime
from tests import factories
from tests.factories import Staff

from .casework import Desk, confirm_value, day, text_of, with_items

pytestmark = pytest.mark.django_db

NOTICE: dict[str, Any] = {**day("on", date(2026, 3, 10)), "amount": "35.00"}
EXTENSION: dict[str, Any] = {
    **day("on", date(2026, 3, 26)),
    **day("estimate", date(2026, 4, 20)),
    "provision": "31(1)(a)",
    "reason": "",
}


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


def test_the_new_dates_are_shown_before_anything_is_recorded(desk: Desk, case: FoiRequest) -> None:
    shown = desk.post("clock/record/pit-extension/", EXTENSION)

    page = text_of(shown)
    assert shown.status_code == 200
    assert "Check the dates before you confirm" in page
    assert "Tuesday 31 March 2026" in page
    assert "Monday 20 April 2026" in page
    assert 'value="31(1)(a)"' in page
    assert not RecordedClockEvent.objects.exists()

    done = desk.post("clock/record/pit-extension/", {**EXTENSION, "confirm": confirm_value(shown)})
    assert done["Location"].endswith("/clock/")
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 20)


def test_what_is_changed_after_the_preview_is_shown_again(desk: Desk) -> None:
    first = confirm_value(desk.post("clock/record/fees-notice/", NOTICE))
    changed = {**NOTICE, **day("on", date(2026, 3, 11)), "confirm": first}

    shown = desk.post("clock/record/fees-notice/", changed)

    assert shown.status_code == 200
    assert "have changed since you looked" in text_of(shown)
    assert not RecordedClockEvent.objects.exists()
    again = desk.post("clock/record/fees-notice/", {**changed, "confirm": confirm_value(shown)})
    assert again.status_code == 302
    assert RecordedClockEvent.objects.get().on == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("page", "data", "message"),
    [
        ("pit-extension", {**EXTENSION, "provision": "21(1)"}, "which is absolute"),
        ("pit-extension", {**EXTENSION, "provision": ""}, "Name the qualified exemption"),
        ("pit-extension", {**EXTENSION, **day("estimate", date(2026, 3, 31))}, "nothing to extend"),
        ("fees-notice", {**NOTICE, "amount": "lots"}, "Enter the fee as a number"),
        ("fees-notice", {**NOTICE, "on_1": "13"}, "Enter a real date"),
        ("fee-received", day("on", date(2026, 3, 10)), "before it was notified"),
        (
            "internal-review-outcome",
            {**day("on", date(2026, 3, 10)), "finding": "upheld"},
            "Choose who reviewed",
        ),
        ("eir-extension", {**day("on", date(2026, 3, 10)), "reason": "Big."}, "exists under the EIR only"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    desk: Desk, page: str, data: dict[str, Any], message: str
) -> None:
    response = desk.post(f"clock/record/{page}/", data)
    assert response.status_code == 422
    assert message in text_of(response)
    assert not RecordedClockEvent.objects.exists()


def test_an_event_changed_by_somebody_else_is_not_recorded_twice(desk: Desk, case: FoiRequest) -> None:
    stale = case.version
    assert desk.confirm("clock/record/fees-notice/", NOTICE).status_code == 302
    response = desk.post("clock/record/fees-notice/", NOTICE, version=stale)
    assert response.status_code == 409
    assert "Fees notice or charge notified" in text_of(response)


def test_a_page_that_does_not_exist(desk: Desk) -> None:
    assert desk.get("clock/record/none-such/").status_code == 404
    assert desk.get("clock/events/1/correct/").status_code == 404
    assert desk.get("clock/clarifications/1/withdraw/").status_code == 404


def test_an_event_is_corrected_and_withdrawn_on_its_pages(desk: Desk, case: FoiRequest) -> None:
    desk.confirm("clock/record/fees-notice/", NOTICE)
    notice = RecordedClockEvent.objects.get()
    corrected = {**NOTICE, "amount": "20.00", "correction_reason": "The letter says £20."}
    assert desk.confirm(f"clock/events/{notice.pk}/correct/", corrected).status_code == 302

    page = text_of(desk.get("clock/"))
    assert "£20.00" in page
    assert "£35.00" in page
    assert "The letter says £20." in page

    assert desk.post(f"clock/events/{notice.pk}/correct/", corrected).status_code == 409
    latest = RecordedClockEvent.objects.latest("pk")
    gone = {"correction_reason": "It was not sent."}
    assert desk.confirm(f"clock/events/{latest.pk}/withdraw/", gone).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.due_on) == ("in_progress", date(2026, 3, 31))
    assert "Withdrawn" in text_of(desk.get("clock/"))


def test_a_clarification_is_corrected_and_withdrawn_on_its_pages(desk: Desk, case: FoiRequest) -> None:
    desk.confirm("clarifications/ask/", {**day("asked_on", date(2026, 3, 4)), "question": "Which?"})
    asked = case.clarifications.get()
    right = {
        **day("asked_on", date(2026, 3, 5)),
        "question": "Which?",
        "correction_reason": "Sent a day later.",
    }
    assert desk.confirm(f"clock/clarifications/{asked.pk}/correct/", right).status_code == 302
    later = case.clarifications.get()
    assert later.asked_on == date(2026, 3, 5)
    assert "Corrected" in text_of(desk.get(""))
    assert desk.get(f"clock/clarifications/{asked.pk}/correct/").status_code == 404
    reason = {"correction_reason": "It was not sent."}
    assert desk.confirm(f"clock/clarifications/{later.pk}/withdraw/", reason).status_code == 302
    assert not case.clarifications.exists()


def test_the_page_says_what_can_be_recorded_and_why_not_the_rest(desk: Desk) -> None:
    page = text_of(desk.get("clock/"))
    assert "/clock/record/fees-notice/" in page
    assert "No fees notice is recorded." in page
    assert "No review has been asked for." in page
    assert "complexity and volume" not in page


def test_a_reviewer_sees_the_clock_and_records_reviews_alone(case: FoiRequest) -> None:
    desk = Desk(factories.person(Role.REVIEWER), case)
    page = text_of(desk.get("clock/"))
    assert "/clock/record/internal-review-received/" in page
    assert "/clock/record/fees-notice/" not in page


def test_every_event_has_words_on_the_timeline(desk: Desk, case: FoiRequest) -> None:
    desk.confirm("clock/record/fees-notice/", NOTICE)
    desk.confirm("clock/record/fee-received/", day("on", date(2026, 3, 12)))
    desk.confirm("clock/record/pit-extension/", EXTENSION)
    told = timeline_events(timeline(case.reference))
    assert [event["title"] for event in told][:3] == [
        "Extended for the public interest test",
        "Fee or charge paid",
        "Fees notice or charge notified",
    ]
    assert "Exemption 31(1)(a). Decision expected by " in told[0]["text"]
    assert "£35.00." in told[2]["text"]
    assert "No day is due while the applicant is awaited" in told[2]["text"]


def test_the_officer_sees_the_warning_of_a_lapse_on_my_work(desk: Desk, case: FoiRequest) -> None:
    desk.confirm("clarifications/ask/", {**day("asked_on", date(2026, 3, 4)), "question": "Which?"})
    LapseWarning.objects.create(foi_request=case, lapses_on=date(2026, 6, 4), warned_at=timezone.now())
    page = text_of(desk.client.get("/"))
    assert "Requests that lapse soon" in page
    assert "4 June 2026" in page


def test_a_request_awaiting_its_fee_says_what_comes_next(desk: Desk) -> None:
    desk.confirm("clock/record/fees-notice/", NOTICE)
    page = text_of(desk.get(""))
    assert "Record the payment" in page
    assert "Last day to pay" in page
    assert case_in_register(desk)


def case_in_register(desk: Desk) -> bool:
    return desk.case.reference in text_of(desk.client.get("/requests/?status=awaiting_fee"))


@pytest.mark.parametrize("kind", RECORDED.values(), ids=str)
def test_the_page_of_an_event_is_made_from_its_declaration(desk: Desk, kind: RecordedKind) -> None:
    page = text_of(desk.get(f"clock/record/{kind.address}/"))
    assert f"Record: {kind.label.lower()}" in page
    for words in (*kind.about_under(Regime.FOIA), *kind.notice_has_to):
        assert escape(words) in page
    for field in kind.fields:
        assert field.label in page
        assert field.hint in page


def test_under_the_eir_the_regulations_are_explained(staff: Staff) -> None:
    case = factories.request(by=staff.intake, details={"regime": "EIR"})
    page = text_of(Desk(staff.officer, case).get("clock/record/fees-notice/"))
    assert escape(FEES_NOTICE.about_eir[0]) in page
    assert "section 10(2)" not in page
