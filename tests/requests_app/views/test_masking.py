"""Pages on who asks, in the texts of a request."""

import pytest
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from requests_app.models import FoiRequest, Note
from requests_app.operations.intake import Identity, complete_identity
from tests.factories import AT, authority, person, request, request_with_items

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NAME = "Perpetua Quill"


@pytest.fixture
def officer(db: None) -> User:
    authority()
    return person(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> FoiRequest:
    return request_with_items("1", officer=officer, words="How many herons?", identity=Identity(name=NAME))


@pytest.fixture
def client(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def url(name: str, case: FoiRequest, *more: object) -> str:
    return reverse(f"requests_app:{name}", args=[case.year, case.number, *more])


def test_a_note_that_names_the_applicant_is_pointed_out_and_masked_by_a_button(
    client: Client, case: FoiRequest
) -> None:
    typed = {"text": f"{NAME} rang about the herons."}
    response = client.post(url("note", case), typed)
    assert response.status_code == 422
    assert "Write “the applicant” instead" in response.content.decode()
    assert not Note.objects.exists()
    masked = client.post(url("note", case), {**typed, "mask": "yes"})
    assert masked.context["form"]["text"].value() == "**** rang about the herons."
    client.post(url("note", case), {"text": masked.context["form"]["text"].value()})
    assert Note.objects.get().text == "**** rang about the herons."


def test_a_bare_surname_may_be_somebody_else_s(client: Client, case: FoiRequest) -> None:
    typed = {"text": "Inspector Quill holds the file."}
    response = client.post(url("note", case), typed)
    assert response.status_code == 422
    client.post(url("note", case), {**typed, "not_the_applicant": "on"})
    assert Note.objects.get().text == typed["text"]


def test_a_certain_trace_stays_nowhere_but_in_a_letter(client: Client, case: FoiRequest) -> None:
    said = {"not_the_applicant": "on"}
    assert client.post(url("note", case), {"text": f"{NAME} rang.", **said}).status_code == 422
    letter = {"kind": "acknowledgement", "advice": f"We spoke to {NAME}.", **said}
    assert client.post(url("letter_draft", case, "acknowledgement"), letter).status_code == 302


def test_the_row_that_names_the_applicant_is_pointed_out(client: Client, case: FoiRequest) -> None:
    rows = {
        "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0", "rows-MIN_NUM_FORMS": "0", "rows-MAX_NUM_FORMS": "500",
        "rows-0-label": "1", "rows-0-text": "How many herons?",
        "rows-1-label": "2", "rows-1-text": f"Did {NAME} see them?",
    }  # fmt: skip
    response = client.post(url("items", case), rows)
    assert response.status_code == 422
    assert case.items.count() == 1


def test_the_words_are_read_as_they_came_only_with_a_reason_on_the_trail(
    client: Client, case: FoiRequest
) -> None:
    page = url("sealed_words", case)
    assert "How many herons?" not in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    response = client.post(page, {"reason": "validity"})
    assert "How many herons?" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert RecordedAccess.objects.filter(event="sealed_words_read", subject=case.reference).count() == 1


def test_what_is_masked_by_hand_can_be_shown_again_by_who_may_see_who_asks(
    client: Client, case: FoiRequest
) -> None:
    client.post(url("words_mask", case), {"phrases": "herons"})
    case.refresh_from_db()
    assert case.words == "How many ****?"
    page = client.post(url("sealed_words", case), {"reason": "validity"})
    ((masking, label),) = page.context["form"].fields["maskings"].choices
    assert label == "herons"
    response = client.post(url("maskings_lift", case), {"maskings": [masking]}, follow=True)
    assert "1 place unmasked" in response.content.decode()
    case.refresh_from_db()
    assert case.words == "How many herons?"


def test_what_is_not_there_is_said_and_what_was_typed_stays(client: Client, case: FoiRequest) -> None:
    response = client.post(url("words_mask", case), {"phrases": "cormorants"})
    assert response.status_code == 422
    assert "cormorants" in response.content.decode()


def test_the_casefile_offers_to_mask_an_applicant_who_is_known_since(client: Client, officer: User) -> None:
    case = request(words=f"Did {NAME} write?", identity=Identity(email="x@example.org"))
    assert "Mask them" not in client.get(case.get_absolute_url()).content.decode()
    complete_identity(case_id=case.pk, by=officer, at=AT, identity=Identity(name=NAME))
    assert "appear in: words (1)" in client.get(case.get_absolute_url()).content.decode()
    client.post(url("applicant_mask", case))
    page = client.get(case.get_absolute_url()).content.decode()
    assert NAME not in page
    assert "appear in:" not in page


def test_they_are_left_in_for_a_reason(client: Client, officer: User) -> None:
    case = request(words=f"Did {NAME} write?", identity=Identity(email="x@example.org"))
    complete_identity(case_id=case.pk, by=officer, at=AT, identity=Identity(name=NAME))
    assert client.post(url("applicant_leave_in", case), {"reason": ""}).status_code == 422
    client.post(url("applicant_leave_in", case), {"reason": "It asks about its own letters."})
    page = client.get(case.get_absolute_url()).content.decode()
    assert "appear in:" not in page
    assert "It asks about its own letters." in page
