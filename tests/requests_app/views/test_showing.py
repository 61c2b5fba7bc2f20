"""Showing a request to a reader outside the team, their list, and what the casefile says of both."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from requests_app.models import FoiRequest, ShownRequest
from requests_app.operations.showing import show_request
from tests import factories
from tests.factories import AT, Staff
from tests.queries import queries_of

from .casework import Desk, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LIST = reverse("requests_app:shown")


@pytest.fixture
def reader(db: None) -> User:
    return factories.person(Role.OUTSIDE_READER, name="Hester Pallister")


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


def reading(reader: User) -> Client:
    client = Client()
    client.force_login(reader)
    return client


def show(staff: Staff, case: FoiRequest, reader: User) -> ShownRequest:
    return show_request(case_id=case.pk, by=staff.intake, at=AT, reader=reader)


def test_a_request_is_shown_read_and_taken_off_again(desk: Desk, case: FoiRequest, reader: User) -> None:
    assert "shown/add/" in text_of(desk.get(""))
    assert "Hester Pallister" in text_of(desk.get("shown/add/"))
    assert desk.post("shown/add/", {"reader": reader.pk})["Location"].endswith("#showings")
    page = text_of(desk.get(""))
    assert "Hester Pallister" in page
    assert "not read yet" in page
    client = reading(reader)
    assert client.get("/", follow=True).request["PATH_INFO"] == LIST
    assert case.reference in text_of(client.get(LIST))
    assert "last read" in text_of(desk.get(""))
    showing = ShownRequest.objects.get()
    assert "Hester Pallister" in text_of(desk.get(f"shown/{showing.pk}/end/"))
    assert desk.post(f"shown/{showing.pk}/end/", {}).status_code == 302
    assert case.reference not in text_of(client.get(LIST))
    assert "not read yet" not in text_of(desk.get(""))
    assert desk.get("shown/999999/end/").status_code == 404


def test_only_readers_who_are_not_shown_it_yet_can_be_chosen(
    desk: Desk, staff: Staff, case: FoiRequest, reader: User
) -> None:
    other = factories.person(Role.OUTSIDE_READER)
    show(staff, case, reader)
    assert list(desk.get("shown/add/").context["form"].fields["reader"].queryset) == [other]
    for somebody in (reader, staff.intake):
        refused = desk.post("shown/add/", {"reader": somebody.pk})
        assert refused.status_code == 422
        assert "Choose an active reader" in text_of(refused)


def test_without_any_reader_the_page_says_who_makes_one(desk: Desk) -> None:
    assert "Settings, Users" in text_of(desk.get("shown/add/"))


def test_a_closed_request_is_not_shown_and_says_so(
    desk: Desk, staff: Staff, case: FoiRequest, reader: User
) -> None:
    show(staff, case, reader)
    FoiRequest.objects.filter(pk=case.pk).update(
        status="closed", outcome="withdrawn", closed_on=date(2026, 3, 9)
    )
    assert desk.get("shown/add/").status_code == 409
    assert desk.post("shown/add/", {"reader": reader.pk}).status_code in (409, 422)
    page = text_of(desk.get(""))
    assert "shown/add/" not in page
    assert "on nobody’s list" in page
    assert case.reference not in text_of(reading(reader).get(LIST))


def test_the_list_tells_reference_words_and_day_and_leads_nowhere(
    staff: Staff, case: FoiRequest, reader: User
) -> None:
    waiting = factories.request(by=staff.intake, officer=staff.officer, subject="Maps")
    FoiRequest.objects.filter(pk=waiting.pk).update(status="awaiting_clarification", due_on=None)
    for one in (case, waiting):
        show(staff, one, reader)
    page = text_of(reading(reader).get(LIST))
    for told in (case.reference, "Patrol plans", "the map that goes with it", "Tuesday 31 March 2026"):
        assert told in page
    assert "Paused: waiting for the applicant" in page
    for untold in (case.get_absolute_url(), "Lowmoor", staff.officer.name, staff.intake.name, "Received"):
        assert untold not in page


def test_long_words_can_be_read_on(staff: Staff, reader: User) -> None:
    show(staff, factories.request(by=staff.intake, words="Maps please. " * 60 + "The last."), reader)
    page = text_of(reading(reader).get(LIST))
    assert page.count("<details") == 1
    assert "The last." in page


def test_an_empty_list_says_what_appears_there(reader: User) -> None:
    assert "No requests are shown to you" in text_of(reading(reader).get(LIST))


def test_each_page_records_the_reading_of_the_requests_on_it(staff: Staff, reader: User) -> None:
    cases = [factories.request(by=staff.intake) for _ in range(21)]
    for one in cases:
        show(staff, one, reader)
    client = reading(reader)
    client.get(LIST)
    read = RecordedAccess.objects.filter(event="shown_request_read", actor=reader)
    assert set(read.values_list("subject", flat=True)) == {one.reference for one in cases[:20]}
    client.get(LIST, {"page": "2"})
    assert read.filter(subject=cases[20].reference).exists()
    assert read.count() == 21


@pytest.mark.django_db(transaction=True)
def test_nothing_is_shown_that_could_not_be_recorded(staff: Staff, case: FoiRequest, reader: User) -> None:
    show(staff, case, reader)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_recordedaccess ADD CONSTRAINT full_disk CHECK (id < 0) NOT VALID")
    try:
        refused = reading(reader).get(LIST)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_recordedaccess DROP CONSTRAINT full_disk")
    assert refused.status_code == 503
    assert case.reference not in text_of(refused)


def test_the_list_takes_as_many_queries_at_any_size(staff: Staff, reader: User) -> None:
    client = reading(reader)
    show(staff, factories.request(by=staff.intake), reader)
    few = queries_of(client, LIST)
    for _ in range(6):
        show(staff, factories.request(by=staff.intake), reader)
    assert queries_of(client, LIST) == few


def test_a_reader_opens_nothing_of_a_request(case: FoiRequest, reader: User, staff: Staff) -> None:
    show(staff, case, reader)
    client = reading(reader)
    for page in ("", "clock/", "words/", "note/"):
        assert client.get(case.get_absolute_url() + page).status_code == 403
    assert client.get(reverse("requests_app:register"), {"q": case.reference}).status_code == 403
