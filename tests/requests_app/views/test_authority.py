"""Settings: the authority and its regulators, changed by administrators only, each change on the trail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from requests_app.forms.authority import AuthorityForm
from requests_app.models import Authority, Letter, Regulator
from requests_app.operations.reference_data import load_shipped
from requests_app.queries.letter_facts import with_regulator
from tests import factories
from tests.requests_app.rules.letters import complete_letters

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("requests_app:authority")
ADD = reverse("requests_app:regulator_add")


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(factories.person(Role.ADMINISTRATOR))
    return client


def _sent(client: Client, **changes: str) -> dict[str, Any]:
    """What the page sends back, with changes."""
    form = client.get(URL).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    entered = {
        "name": "Council",
        "short_name": "C",
        "office": "FOI",
        "address": "1 Road",
        "telephone": "01632 960100",
        "email": "foi@example.org",
        "website": "example.org",
        "review_address": "1 Road",
        "signature_line": "FOI Officer",
    }
    sent = {**shown, **entered, **changes}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def test_settings_are_entered_and_changed_and_the_trail_says_how(client: Client) -> None:
    assert "Nothing is entered yet" in client.get(reverse("dashboard:settings")).content.decode()
    client.post(URL, _sent(client))
    client.post(URL, _sent(client, office="Information Rights"))
    assert Authority.objects.get().office == "Information Rights"
    _, second = Entry.objects.filter(subject="authority").order_by("sequence")
    assert second.facts == [("Changed", "Office: “FOI” became “Information Rights”.")]
    assert "Office: “FOI” became “Information Rights”." in client.get(URL).content.decode()


def test_saving_without_a_change_records_nothing(client: Client) -> None:
    client.post(URL, _sent(client))
    client.post(URL, _sent(client))
    assert Entry.objects.filter(subject="authority").count() == 1


def test_a_second_administrator_sees_what_the_first_changed(client: Client) -> None:
    client.post(URL, _sent(client))
    mine = _sent(client, office="Mine")
    client.post(URL, _sent(client, office="Theirs"))
    response = client.post(URL, mine)
    assert response.status_code == 409
    (change,) = response.context["conflict"]["changes"]
    assert (change["now"], change["yours"]) == ("Theirs", "Mine")
    assert Authority.objects.get().office == "Theirs"
    again = {**mine, "seen_version": response.context["form"]["seen_version"].value()}
    assert client.post(URL, again).status_code == 302
    assert Authority.objects.get().office == "Mine"


@pytest.mark.parametrize(
    "name", [n for n, f in AuthorityForm.base_fields.items() if f.required and n != "seen_version"]
)
def test_what_letters_print_cannot_be_empty(client: Client, name: str) -> None:
    response = client.post(URL, _sent(client, **{name: " "}))
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert not Authority.objects.exists()


def _regulator(**changes: str) -> dict[str, str]:
    return {
        "from_date_0": "1",
        "from_date_1": "4",
        "from_date_2": "2027",
        "name": "Information Tribune",
        "address": "1 Example Way",
        "telephone": "",
        "website": "www.example.org",
        **changes,
    }


def test_a_regulator_takes_office_on_its_day(client: Client) -> None:
    factories.authority()
    client.post(ADD, _regulator())
    regulator = Regulator.objects.get(name="Information Tribune")
    assert Regulator.in_office(regulator.from_date) == regulator
    assert Regulator.in_office(regulator.from_date - timedelta(days=1)) != regulator
    assert "Information Tribune from 1 April 2027" in client.get(URL).content.decode()


def test_one_regulator_a_day(client: Client) -> None:
    client.post(ADD, _regulator())
    response = client.post(ADD, _regulator(name="Another"))
    assert response.status_code == 422
    assert "already recorded" in response.context["form"].errors["from_date"][0]


def test_only_a_regulator_to_come_is_removed(client: Client) -> None:
    coming = Regulator.objects.create(
        from_date=timezone.localdate() + timedelta(days=1), name="To come", address="x", website="x"
    )
    there = Regulator.objects.create(from_date=timezone.localdate(), name="There", address="x", website="x")
    assert client.post(reverse("requests_app:regulator_remove", args=[coming.pk])).status_code == 302
    response = client.post(reverse("requests_app:regulator_remove", args=[there.pk]))
    assert response.status_code == 409
    assert "Record the successor instead" in response.content.decode()
    assert there in Regulator.objects.all()
    assert coming not in Regulator.objects.all()
    assert client.get(reverse("requests_app:regulator_remove", args=[there.pk])).status_code == 405


def test_a_missing_regulator_is_warned_about(client: Client) -> None:
    assert "Nothing is recorded for today" not in client.get(URL).content.decode()
    Regulator.objects.all().delete()
    assert "Nothing is recorded for today" in client.get(URL).content.decode()


def test_the_shipped_regulators_are_there_and_stay_as_they_were_changed() -> None:
    shipped = list(Regulator.objects.values_list("from_date", "name"))
    assert shipped == [
        (date(2005, 1, 1), "Information Commissioner"),
        (date(2026, 9, 30), "Information Commission"),
    ]
    assert [Regulator.in_office(date(2026, 9, day)).name for day in (29, 30)] == [name for _, name in shipped]  # type: ignore[union-attr]
    Regulator.objects.filter(name="Information Commission").update(name="Renamed")
    load_shipped()
    assert Regulator.objects.filter(name="Renamed").exists()
    assert Regulator.objects.count() == 2


def test_an_address_is_printed_once_it_is_confirmed(client: Client) -> None:
    commission = Regulator.objects.get(name="Information Commission")
    assert (commission.printed_address, commission.website) == ("", "https://ico.org.uk")
    page = client.get(URL).content.decode()
    assert "Confirm before use" in page
    confirm = reverse("requests_app:regulator_confirm", args=[commission.pk])
    assert confirm in page
    typed = {"address": "1 New Street\nManchester", "telephone": "", "website": "www.example.org"}
    assert client.post(confirm, {**typed, "address": " "}).status_code == 422
    assert client.post(confirm, typed).status_code == 302
    commission.refresh_from_db()
    assert commission.printed_address == "1 New Street\nManchester"
    assert commission.address_confirmed_on == timezone.localdate()
    assert Entry.objects.get(subject="authority").event == "regulator_confirmed"
    page = client.get(URL).content.decode()
    assert "Confirm before use" not in page
    assert "Change the address" in page
    facts = dict(Entry.objects.get(subject="authority").facts)
    assert facts["Address"] == "1 New Street, Manchester"


def test_a_move_of_the_regulator_is_no_new_name() -> None:
    Regulator.objects.create(
        from_date=date(2026, 11, 1), name="Information Commission", website="example.org"
    )
    letter = Letter(foi_request=factories.request())
    told = with_regulator(complete_letters.DISCLOSURE, letter, date(2026, 11, 20)).regulator
    assert (told.website, told.since, told.former_names) == (
        "example.org",
        date(2026, 9, 30),
        ("Information Commissioner",),
    )


@pytest.mark.parametrize(("ticked", "printed"), [({"is_address_confirmed": "on"}, "1 Example Way"), ({}, "")])
def test_the_address_of_a_successor_is_printed_where_it_is_said_to_be_confirmed(
    client: Client, ticked: dict[str, str], printed: str
) -> None:
    client.post(ADD, _regulator() | ticked)
    assert Regulator.objects.get(name="Information Tribune").printed_address == printed


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_reads_or_changes_settings(client: Client, role: Role) -> None:
    client.force_login(factories.person(role))
    for url in (URL, ADD, reverse("dashboard:settings")):
        assert client.get(url).status_code == 403
    for url in (URL, ADD, reverse("requests_app:regulator_remove", args=[1])):
        assert client.post(url, _regulator()).status_code == 403
    confirm = reverse("requests_app:regulator_confirm", args=[Regulator.objects.earliest("from_date").pk])
    assert {client.get(confirm).status_code, client.post(confirm, _regulator()).status_code} == {403}
    assert not Authority.objects.exists()
    assert Regulator.objects.count() == 2
