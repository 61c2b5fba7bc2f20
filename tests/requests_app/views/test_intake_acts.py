"""The actions of intake on a request: details, applicant, officer, links, notes, closing."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry, RecordedAccess
from requests_app.models import Applicant, FoiRequest, RequestLink
from requests_app.operations.clock import ask_clarification
from requests_app.operations.intake import Identity, assign
from tests import factories
from tests.factories import AT, RECEIVED

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def officer() -> User:
    return factories.person(Role.OFFICER)


@pytest.fixture
def client(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def case() -> FoiRequest:
    return factories.request()


def _url(case: FoiRequest, name: str, *args: int) -> str:
    return reverse(f"requests_app:{name}", args=[case.year, case.number, *args])


def _details(case: FoiRequest, **changes: str) -> dict[str, Any]:
    """What the page of details sends when nothing was changed but this."""
    day = case.received_on
    return {
        "seen_version": case.version,
        "received_on_0": day.day,
        "received_on_1": day.month,
        "received_on_2": day.year,
        "channel": case.channel,
        "regime": case.regime,
        "subject": case.subject,
        "designated_function": case.designated_function,
        "interpretation": case.interpretation,
        "priority": case.priority,
        "priority_reason": case.priority_reason,
        **changes,
    }


def _field_errors(response: HttpResponse, name: str) -> list[str]:
    assert response.status_code == 422
    errors: list[str] = response.context["form"].errors[name]
    return errors


# --- details --------------------------------------------------------------------------------------


def test_changed_details_are_saved_and_the_due_date_follows(client: Client, case: FoiRequest) -> None:
    response = client.post(
        _url(case, "details"), _details(case, received_on_0="3", interpretation="Only plans")
    )
    assert response["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.received_on.day, case.due_on.isoformat(), case.interpretation) == (
        3,
        "2026-04-01",
        "Only plans",
    )


def test_the_form_shows_what_is_recorded(client: Client, case: FoiRequest) -> None:
    form = client.get(_url(case, "details")).context["form"]
    assert (form.initial["subject"], form.initial["received_on"]) == (case.subject, RECEIVED)


def test_the_second_to_save_sees_what_changed_and_keeps_what_they_typed(
    client: Client, case: FoiRequest
) -> None:
    mine = _details(case, subject="What I typed")
    colleague = Client()
    colleague.force_login(factories.person(Role.OFFICER, name="Dorothea Quillan"))
    colleague.post(_url(case, "details"), _details(case, subject="What they typed"))

    response = client.post(_url(case, "details"), mine)
    assert response.status_code == 409
    (change,) = response.context["conflict"]["changes"]
    assert change == {
        "label": "Subject",
        "before": "Patrol plans",
        "now": "What they typed",
        "yours": "What I typed",
    }
    page = response.content.decode()
    assert "Dorothea Quillan" in page
    assert 'value="What I typed"' in page
    case.refresh_from_db()
    assert case.subject == "What they typed"

    again = {**mine, "seen_version": response.context["form"]["seen_version"].value()}
    assert client.post(_url(case, "details"), again).status_code == 302
    case.refresh_from_db()
    assert case.subject == "What I typed"


def test_an_error_in_between_does_not_hide_the_conflict(
    client: Client, case: FoiRequest, officer: User
) -> None:
    seen = _details(case, subject="")
    assign(case_id=case.pk, by=officer, at=AT, officer=officer)
    refused = client.post(_url(case, "details"), seen)
    assert refused.status_code == 422
    version = refused.context["form"]["seen_version"].value()
    assert client.post(_url(case, "details"), _details(case, seen_version=version)).status_code == 409


def test_a_receipt_after_the_question_asked_is_refused(
    client: Client, case: FoiRequest, officer: User
) -> None:
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which?", today=RECEIVED
    )
    case.refresh_from_db()
    response = client.post(_url(case, "details"), _details(case, received_on_0="5"))
    assert "cannot have come after it" in _field_errors(response, "received_on")[0]


# --- the applicant --------------------------------------------------------------------------------


def test_a_look_needs_a_reason_and_leaves_a_trace(client: Client, case: FoiRequest, officer: User) -> None:
    url = _url(case, "applicant")
    assert "Perpetua" not in client.get(url).content.decode()
    assert _field_errors(client.post(url, {}), "reason")
    assert _field_errors(client.post(url, {"reason": "curiosity"}), "reason")
    assert not RecordedAccess.objects.filter(event="identity_seen").exists()

    response = client.post(url, {"reason": "write"})
    assert "Perpetua Lowmoor" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    look = RecordedAccess.objects.get(event="identity_seen")
    assert (look.event, look.subject, look.actor, look.detail) == (
        "identity_seen",
        case.reference,
        officer,
        {"reason": "write"},
    )
    assert not Entry.objects.filter(event="identity_seen").exists()


def test_completing_who_asked_makes_the_request_valid(client: Client) -> None:
    case = factories.request(identity=Identity(name="Q"))
    assert case.validity_gaps == ["name", "address"]
    page = client.post(_url(case, "applicant"), {"reason": "complete"})
    sent = {name: page.context["form"].initial[name] for name in vars(Identity())}
    sent |= {"name": "Quentin Example", "email": "q@example.org", "seen_version": case.version}
    response = client.post(_url(case, "applicant_change"), sent, follow=True)
    case.refresh_from_db()
    assert (case.validity_gaps, Applicant.objects.get(pk=case.pk).name) == ([], "Quentin Example")
    text = response.content.decode()
    assert "Quentin" not in text
    assert "Changed: name, email. The request is valid." in text


def test_the_form_of_who_asked_is_not_shown_without_a_look(client: Client, case: FoiRequest) -> None:
    assert client.get(_url(case, "applicant_change"))["Location"] == _url(case, "applicant")


def test_a_mistake_in_who_asked_comes_back_unkept_by_the_browser(client: Client, case: FoiRequest) -> None:
    response = client.post(_url(case, "applicant_change"), {"email": "nowhere", "seen_version": case.version})
    assert "name@example.org" in _field_errors(response, "email")[0]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("role", [Role.CRU_ADVISER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["applicant", "applicant_change"])
def test_roles_that_need_no_identity_never_see_it(
    client: Client, case: FoiRequest, role: Role, name: str
) -> None:
    client.force_login(factories.person(role))
    for response in (client.get(_url(case, name)), client.post(_url(case, name), {"reason": "write"})):
        assert response.status_code == 403
        assert "Lowmoor" not in response.content.decode()
    assert not RecordedAccess.objects.filter(event="identity_seen").exists()


# --- officer, links, notes ------------------------------------------------------------------------


def test_assigning_gives_the_case_to_an_officer(client: Client, case: FoiRequest, officer: User) -> None:
    client.post(_url(case, "assign"), {"officer": officer.pk, "seen_version": case.version})
    case.refresh_from_db()
    assert (case.officer, case.status) == (officer, "in_progress")


def test_only_people_who_can_work_a_case_are_offered(client: Client, case: FoiRequest, officer: User) -> None:
    factories.person(Role.MANAGER)
    factories.person(Role.OFFICER, is_active=False)
    maker = factories.person(Role.DECISION_MAKER)
    form = client.get(_url(case, "assign")).context["form"]
    assert set(form.fields["officer"].queryset) == {officer, maker}
    assert _field_errors(client.post(_url(case, "assign"), {"officer": 99999}), "officer")


def test_who_takes_a_case_is_chosen_already(client: Client, case: FoiRequest, officer: User) -> None:
    client.force_login(officer)
    assert client.get(_url(case, "assign")).context["form"]["officer"].value() == officer.pk
    client.force_login(factories.person(Role.INTAKE))
    assert client.get(_url(case, "assign")).context["form"]["officer"].value() is None


def _link(client: Client, case: FoiRequest, other: str, **sent: str) -> HttpResponse:
    return client.post(
        _url(case, "link"), {"other": other, "kind": "follow_up_to", "seen_version": case.version, **sent}
    )


def test_a_link_is_made_and_removed(client: Client, case: FoiRequest) -> None:
    other = factories.request(subject="Earlier")
    assert _link(client, case, f"foi {other.number}/{other.year}", quote_words="on").status_code == 302
    link = RequestLink.objects.get()
    assert (link.from_request, link.to_request, link.quote_words) == (case, other, True)
    page = client.get(_url(case, "unlink", link.pk)).content.decode()
    assert f"Follow-up to {other.reference}" in page
    case.refresh_from_db()
    client.post(_url(case, "unlink", link.pk), {"seen_version": case.version})
    assert not RequestLink.objects.exists()


def test_a_link_cannot_be_removed_through_another_request(client: Client, case: FoiRequest) -> None:
    other = factories.request()
    _link(client, case, other.reference)
    link = RequestLink.objects.get()
    for method in (client.get, client.post):
        assert method(_url(other, "unlink", link.pk)).status_code == 404
    assert RequestLink.objects.exists()


@pytest.mark.parametrize(
    ("other", "message"),
    [("9999/2026", "no request with this reference"), ("nonsense", "2253/2025"), ("", "Enter the reference")],
)
def test_a_link_needs_a_request_that_exists(
    client: Client, case: FoiRequest, other: str, message: str
) -> None:
    assert message in _field_errors(_link(client, case, other), "other")[0]


def test_a_request_is_not_linked_to_itself(client: Client, case: FoiRequest) -> None:
    assert "to itself" in _field_errors(_link(client, case, case.reference), "other")[0]


def test_a_note_is_shown_escaped_with_who_wrote_it(client: Client, case: FoiRequest, officer: User) -> None:
    response = client.post(_url(case, "note"), {"text": "Rang <i>records</i>.\r\nThey look."}, follow=True)
    page = response.content.decode()
    assert "Rang &lt;i&gt;records&lt;/i&gt;.\nThey look." in page
    assert officer.name in page


@pytest.mark.parametrize("text", ["", "  ", "bell\x07", "x" * 20_001])
def test_a_note_that_cannot_be_kept_is_refused(client: Client, case: FoiRequest, text: str) -> None:
    assert _field_errors(client.post(_url(case, "note"), {"text": text}), "text")
    assert not case.notes.exists()


# --- closing --------------------------------------------------------------------------------------


def _outcomes(client: Client, case: FoiRequest) -> list[str]:
    return [code for code, _ in client.get(_url(case, "close")).context["form"].fields["outcome"].choices]


def test_only_endings_that_the_facts_allow_are_offered(
    client: Client, case: FoiRequest, officer: User
) -> None:
    assert _outcomes(client, case) == ["withdrawn"]
    assert _outcomes(client, factories.request(identity=Identity())) == ["withdrawn", "invalid"]
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which?", today=RECEIVED
    )
    assert _outcomes(client, case) == ["withdrawn", "lapsed"]


def test_a_withdrawn_request_is_closed_with_its_reason(client: Client, case: FoiRequest) -> None:
    sent = {"outcome": "withdrawn", "reason": "Withdrawn by e-mail on 4 March.", "seen_version": case.version}
    response = client.post(_url(case, "close"), sent, follow=True)
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("closed", "withdrawn")
    assert "Withdrawn by e-mail on 4 March." in response.content.decode()


def test_a_closed_request_is_not_changed(client: Client, case: FoiRequest) -> None:
    sent = {"outcome": "withdrawn", "reason": "Withdrawn.", "seen_version": case.version}
    client.post(_url(case, "close"), sent)
    case.refresh_from_db()
    for name, data in (
        ("details", _details(case, subject="Other")),
        ("close", {**sent, "seen_version": case.version}),
        (
            "link",
            {"other": factories.request().reference, "kind": "related_to", "seen_version": case.version},
        ),
    ):
        response = client.post(_url(case, name), data)
        assert response.status_code == 409, name
        assert "Closed" in response.content.decode()
    assert FoiRequest.objects.get(pk=case.pk).subject == "Patrol plans"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("details", Role.REVIEWER),
        ("assign", Role.REVIEWER),
        ("link", Role.CRU_ADVISER),
        ("note", Role.AUDITOR),
        ("close", Role.INTAKE),
        ("close", Role.MANAGER),
    ],
)
def test_who_may_not_is_refused(client: Client, case: FoiRequest, name: str, role: Role) -> None:
    client.force_login(factories.person(role))
    assert client.get(_url(case, name)).status_code == 403
    assert client.post(_url(case, name), {}).status_code == 403
