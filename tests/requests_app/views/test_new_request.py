"""Logging a request through its page: what is kept, what is refused and how, and that nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from requests_app.models import Applicant, Authority, FoiRequest, SealedWords
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("requests_app:new_request")


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def _sent(**changes: str) -> dict[str, str]:
    """What the page sends for a complete request."""
    return {
        **_day("received_on", timezone.localdate()),
        "intake_key": str(uuid4()),
        "channel": "email",
        "regime": "FOIA",
        "subject": "Patrol plans",
        "words": factories.WORDS,
        "name": "Perpetua Lowmoor",
        "email": "p.lowmoor@example.org",
        "priority": "normal",
        **changes,
    }


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(factories.person(Role.INTAKE))
    return client


def _errors(response: HttpResponse) -> dict[str, list[str]]:
    assert response.status_code == 422, response.status_code
    assert not FoiRequest.objects.exists()
    errors: dict[str, list[str]] = response.context["form"].errors
    return errors


def _typed(response: HttpResponse, name: str) -> Any:
    return response.context["form"][name].value()


def test_a_complete_request_is_logged_and_its_page_says_what_comes_next(client: Client) -> None:
    response = client.post(URL, _sent(), follow=True)
    case = FoiRequest.objects.get()
    assert response.redirect_chain == [(case.get_absolute_url(), 302)]
    assert (case.words, case.subject, case.channel, case.validity_gaps) == (
        factories.WORDS,
        "Patrol plans",
        "email",
        [],
    )
    assert Applicant.objects.get(pk=case.pk).name == "Perpetua Lowmoor"
    (message,) = response.context["messages"]
    assert case.reference in str(message)
    assert f"{case.due_on:%A} {case.due_on.day} {case.due_on:%B %Y}" in str(message)
    assert "acknowledge it" in str(message)


def test_today_is_offered_as_the_day_of_receipt(client: Client) -> None:
    assert client.get(URL).context["form"].initial["received_on"] == timezone.localdate()


def test_an_officer_named_at_once_has_it_in_progress(client: Client) -> None:
    officer = factories.person(Role.OFFICER)
    client.post(URL, _sent(officer=str(officer.pk)))
    case = FoiRequest.objects.get()
    assert (case.officer, case.status) == (officer, "in_progress")
    (entry,) = Entry.objects.filter(subject=case.reference)
    assert entry.detail["officer"] == officer.name


def test_a_one_letter_name_is_logged_and_shown_as_not_valid_yet(client: Client) -> None:
    response = client.post(URL, _sent(name="Q"), follow=True)
    case = FoiRequest.objects.get()
    assert case.validity_gaps == ["name"]
    page = response.content.decode()
    assert "Not valid yet under section 8" in page
    assert "A single letter" in page
    assert "FOIA s.8(1)(b)" in page
    assert "Perpetua" not in page
    assert "lowmoor" not in page


@pytest.mark.parametrize(
    ("received", "message"),
    [
        (timezone.localdate() + timedelta(days=1), "in the future"),
        (date(2004, 12, 31), "The Act has been in force since 1 January 2005"),
    ],
)
def test_a_day_that_cannot_be_is_refused(client: Client, received: date, message: str) -> None:
    response = client.post(URL, _sent(**_day("received_on", received)))
    assert message in _errors(response)["received_on"][0]
    assert _typed(response, "words") == factories.WORDS


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "2", "2026"),
        ("9" * 40, "1", "2026"),
        ("1", "x", "2026"),
        ("-1", "1", "2026"),
        ("1\0", "1", "2026"),
    ],
)
def test_what_is_no_day_is_refused(client: Client, parts: tuple[str, str, str]) -> None:
    sent = _sent(**{f"received_on_{n}": part for n, part in enumerate(parts)})
    assert _errors(client.post(URL, sent))["received_on"] == ["Enter a real date, such as 25 4 2025."]


def test_an_empty_form_names_everything_that_is_missing(client: Client) -> None:
    errors = _errors(client.post(URL, {}))
    assert {"received_on", "channel", "regime", "subject", "words"} <= set(errors)


@pytest.mark.parametrize("words", ["", " \r\n\t "])
def test_a_request_without_words_is_refused(client: Client, words: str) -> None:
    assert (
        "Enter the request as the applicant made it."
        in _errors(client.post(URL, _sent(words=words)))["words"][0]
    )


def test_200_000_characters_are_refused_with_the_number_and_come_back(client: Client) -> None:
    response = client.post(URL, _sent(words="é" * 200_000))
    assert "has 200,000 characters; at most 100,000" in _errors(response)["words"][0]
    assert _typed(response, "words") == "é" * 200_000


def test_line_breaks_count_once(client: Client) -> None:
    line = "a" * 49
    client.post(URL, _sent(words=f"{line}\r\n" * 2_000))
    assert FoiRequest.objects.get().words == f"{line}\n" * 2_000


def test_words_are_kept_as_they_came(client: Client) -> None:
    words = "  Leading space, \u0627\u0644\u0631\u062f, \u202eright to left\u202c, <b>not bold</b>  \n\n"
    response = client.post(URL, _sent(words=words), follow=True)
    assert FoiRequest.objects.get().words == words
    page = response.content.decode()
    assert "&lt;b&gt;not bold&lt;/b&gt;" in page
    assert "[U+202E]" in page
    assert "\u202e" not in page


def test_unprintable_characters_are_removed_only_when_ticked_and_that_is_recorded(client: Client) -> None:
    sent = _sent(words="one\x00two\x07three\x0bfour")
    response = client.post(URL, sent)
    assert "contains 3 characters that cannot be stored or printed" in _errors(response)["words"][0]
    assert "Remove 3 characters that cannot be printed" in response.content.decode()
    again = {**sent, "words": _typed(response, "words"), "remove_unprintable": "on"}
    client.post(URL, again)
    case = FoiRequest.objects.get()
    assert case.words == "onetwothree\nfour"
    (entry,) = Entry.objects.filter(subject=case.reference)
    assert entry.detail["unprintable_characters_removed"] == 3


def test_the_box_to_remove_characters_is_offered_only_when_there_are_any(client: Client) -> None:
    assert "remove_unprintable" not in client.get(URL).content.decode()
    assert "remove_unprintable" not in client.post(URL, _sent(subject="")).content.decode()


@pytest.mark.parametrize(
    "name", ["subject", "name", "organisation", "other_address", "salutation", "priority_reason"]
)
@pytest.mark.parametrize("hidden", ["\u202e", "\x07", "\x00"])
def test_one_line_fields_refuse_what_turns_or_breaks_them(client: Client, name: str, hidden: str) -> None:
    assert name in _errors(client.post(URL, _sent(**{name: f"Some{hidden}thing"})))


def test_right_to_left_words_are_fine_in_one_line(client: Client) -> None:
    client.post(URL, _sent(subject="\u0627\u0644\u0631\u062f"))
    assert FoiRequest.objects.get().subject == "\u0627\u0644\u0631\u062f"


def test_a_priority_needs_its_reason(client: Client) -> None:
    assert "priority_reason" in _errors(client.post(URL, _sent(priority="high")))


def test_a_running_number_is_taken_over_and_the_next_one_follows_it(client: Client) -> None:
    year = timezone.localdate().year
    client.post(URL, _sent(existing_reference=f"FOI 2253/{year}"))
    client.post(URL, _sent(words="What follows?"))
    assert set(FoiRequest.objects.values_list("reference", flat=True)) == {f"2253/{year}", f"2254/{year}"}


def test_a_number_in_use_is_refused(client: Client) -> None:
    case = factories.request()
    response = client.post(URL, _sent(existing_reference=case.reference))
    assert response.status_code == 422
    assert "already in the register" in response.context["form"].errors["existing_reference"][0]
    assert FoiRequest.objects.count() == 1


def test_a_number_that_is_none_is_refused(client: Client) -> None:
    assert (
        "2253/2025" in _errors(client.post(URL, _sent(existing_reference="twelve")))["existing_reference"][0]
    )


def test_the_same_form_twice_logs_once(client: Client) -> None:
    sent = _sent()
    first = client.post(URL, sent)
    again = client.post(URL, sent)
    assert FoiRequest.objects.count() == 1
    assert again["Location"] == first["Location"]
    assert not Entry.objects.filter(event="request_logged").exclude(
        subject=FoiRequest.objects.get().reference
    )


def test_the_same_words_from_another_form_are_logged_again_only_when_ticked(client: Client) -> None:
    client.post(URL, _sent())
    asked = client.post(URL, _sent())
    assert asked.status_code == 409
    assert FoiRequest.objects.get().reference in asked.context["form"].errors["words"][0]
    assert "log_again" in asked.content.decode()
    assert "log_again" not in client.get(URL).content.decode()
    client.post(URL, _sent(log_again="on"))
    assert FoiRequest.objects.count() == 2


def test_other_words_from_the_same_form_are_not_lost(client: Client) -> None:
    sent = _sent()
    client.post(URL, sent)
    again = client.post(URL, {**sent, "words": "Something else altogether"})
    assert again.status_code == 409
    assert _typed(again, "words") == "Something else altogether"
    client.post(
        URL, {**sent, "words": "Something else altogether", "intake_key": _typed(again, "intake_key")}
    )
    assert FoiRequest.objects.count() == 2


def test_an_authority_covered_wholly_asks_for_no_function(client: Client) -> None:
    factories.authority(has_designated_functions=False)
    assert "designated_function" not in client.get(URL).content.decode()
    Authority.objects.update(has_designated_functions=True)
    assert "2(1)(b) Counter-terrorism policing" in client.get(URL).content.decode()


@pytest.mark.parametrize("role", [Role.CRU_ADVISER, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_log_is_told_who_may(client: Client, role: Role) -> None:
    client.force_login(factories.person(role))
    for response in (client.get(URL), client.post(URL, _sent())):
        assert response.status_code == 403
        assert "Your role does not let you log a request" in response.content.decode()
    assert not FoiRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_logs_once_and_leaves_no_gap() -> None:
    officer, barrier, sent = factories.person(Role.OFFICER), Barrier(2), _sent()

    def post(_: int) -> int:
        client = Client()
        client.force_login(officer)
        barrier.wait(timeout=60)
        try:
            return client.post(URL, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(post, range(2))) == [302, 302]
    first = FoiRequest.objects.get()
    client = Client()
    client.force_login(officer)
    client.post(URL, _sent(words="What follows?"))
    assert FoiRequest.objects.get(number=first.number + 1)


def test_who_asks_is_asked_about_sealed_and_masked(client: Client) -> None:
    asked = "How many drones are in use?\n\nRegards,\nPerpetua Lowmoor\n01632 960001"
    sent = _sent(words=asked, name="Perpetua Lowmoor")
    response = client.post(URL, sent)
    assert "2 places may identify the applicant" in _errors(response)["words"][0]
    page = response.content.decode()
    assert "Perpetua Lowmoor” (the applicant)" in page
    assert "01632 960001” (telephone number)" in page
    assert FoiRequest.objects.count() == 0

    client.post(
        URL, {**sent, "traces_seen": response.context["form"]["traces_seen"].value(), "left_in": ["1"]}
    )

    case = FoiRequest.objects.get()
    assert case.words == "How many drones are in use?\n\nRegards,\n****\n01632 960001"
    assert SealedWords.objects.get().words == asked


def test_words_changed_after_the_list_are_asked_about_anew(client: Client) -> None:
    sent = _sent(words="Ring 01632 960001.", name="Perpetua Lowmoor")
    seen = client.post(URL, sent).context["form"]["traces_seen"].value()
    changed = {**sent, "words": "Ring 01632 960002.", "traces_seen": seen, "left_in": ["0"]}
    response = client.post(URL, changed)
    assert response.status_code == 422
    assert not response.context["form"]["left_in"].value()


def test_the_subject_does_not_name_the_applicant(client: Client) -> None:
    response = client.post(URL, _sent(subject="Complaint of P Lowmoor", name="Perpetua Lowmoor"))
    assert "Write “the applicant” instead" in _errors(response)["subject"][0]
