"""Settings of referrals: who sees and changes what, forms that refuse, conflicts that lose nothing."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Criterion, Force, ForceContact, PortfolioLead
from referrals.queries.forces import find_force
from referrals.queries.unit import unit
from requests_app.models import Topic
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

READS = ("settings", "forces", "forces_csv", "criteria", "criteria_csv", "topics", "topics_csv", "leads", "leads_csv",
         "unit", "force_groups", "force_requests", "force_requests_csv")  # fmt: skip
CHANGES = ("forces_add", "criteria_add", "topic_add", "lead_add", "unit_change", "contacts", "contacts_csv",
           "force_group_add", "force_requests_add")  # fmt: skip


@pytest.fixture
def administrator(client: Client) -> User:
    user = person(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def url(name: str, *arguments: Any) -> str:
    return reverse(f"referrals:{name}", args=arguments)


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode())


def sent(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what a page sends back, with changes; None takes a field out."""
    form = client.get(address).context["form"]
    shown: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, date):
            shown |= {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
        elif value is not None and value is not False:
            shown[name] = value
    return {name: value for name, value in {**shown, **changes}.items() if value is not None}


def day(name: str, value: date) -> dict[str, int]:
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}


EXTERNAL = {Role.FORCE_CONTACT, Role.OUTSIDE_READER}


@pytest.mark.parametrize("role", list(Role))
def test_caseworkers_read_and_administrators_change(client: Client, role: Role) -> None:
    client.force_login(person(role))
    let_in = {name for name in (*READS, *CHANGES) if client.get(url(name)).status_code == 200}
    reads = set() if role in EXTERNAL else set(READS)
    assert let_in == reads | (set(CHANGES) if role == Role.ADMINISTRATOR else set())


def test_the_index_says_what_is_missing(client: Client, administrator: User) -> None:
    page = text_of(client.get(url("settings")))
    assert "78 without a mailbox" in page
    assert "only illustrative" in page
    assert "nobody has said" in page
    person(Role.FORCE_CONTACT)
    assert "1 without a force: it sees nothing yet" in text_of(client.get(url("settings")))


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ({"q": "lancashire police"}, "Lancashire Constabulary", "Kent Police"),
        ({"q": "yorkshire"}, "West Yorkshire Police", "Kent Police"),
        ({"kind": "service"}, "Royal Navy Police", "Kent Police"),
        ({"regime": "foisa"}, "Police Service of Scotland", "Kent Police"),
        ({"standing": "ended"}, "Surrey Police", "Kent Police"),
    ],
)
def test_the_register_is_narrowed(
    client: Client, administrator: User, query: dict[str, str], there: str, missing: str
) -> None:
    Force.objects.filter(name="Surrey Police").update(to_on=date(2026, 1, 1))
    page = text_of(client.get(url("forces"), query))
    assert there in page
    assert missing not in page
    rows = list(csv.DictReader(StringIO(text_of(client.get(url("forces_csv"), query)).lstrip("\ufeff"))))
    assert there in {row["official name"] for row in rows}
    assert missing not in {row["official name"] for row in rows}


def test_a_filter_that_makes_no_sense_is_refused(client: Client, administrator: User) -> None:
    for name in ("forces", "forces_csv"):
        assert client.get(url(name), {"kind": "circus"}).status_code == 400


def test_a_body_is_added_changed_renamed_merged_and_restored(client: Client, administrator: User) -> None:
    add = url("forces_add")
    data = {"name": "Fernhollow Police", "short": "Fernhollow", "kind": "territorial", "regime": "foia"}
    response = client.post(add, data, follow=True)
    force = find_force("fernhollow constabulary")
    assert "Fernhollow Police is in the register." in text_of(response)

    change = url("forces_change", force.pk)
    client.post(change, sent(client, change, email="foi@fernhollow.example.org", region="West"))
    rename = url("forces_rename", force.pk)
    client.post(
        rename, sent(client, rename, name="Fernhollow Constabulary", **day("from_on", date(2026, 2, 1)))
    )
    end = url("forces_end", force.pk)
    into = find_force("Kent")
    client.post(end, sent(client, end, into=into.pk, **day("from_on", date(2026, 6, 1))))
    force.refresh_from_db()
    assert (force.name, force.email, force.to_on, force.succeeded_by) == (
        "Fernhollow Constabulary", "foi@fernhollow.example.org", date(2026, 5, 31), into,
    )  # fmt: skip
    page = text_of(client.get(url("force", force.pk)))
    for words in (
        "Last day: 31 May 2026",
        "Kent Police",
        "Fernhollow Police is called Fernhollow Constabulary",
        "E-mail: “” became “foi@fernhollow.example.org”.",
        "31 May 2026, then part of Kent Police",
    ):
        assert words in page, words
    assert "Fernhollow Constabulary" in text_of(client.get(url("force", into.pk)))
    page = text_of(client.post(url("forces_restore", force.pk), follow=True))
    assert "Fernhollow Constabulary has not ended." in page
    page = text_of(client.post(url("forces_restore", force.pk), follow=True))
    assert "There is a problem" in page


def test_names_are_added_and_ended(client: Client, administrator: User) -> None:
    force = find_force("Kent")
    add = url("forces_name_add", force.pk)
    response = client.post(add, {"name": "Essex Constabulary"})
    assert response.status_code == 422
    assert "means Essex Police" in text_of(response)
    client.post(add, {"name": "Garden of England"})
    name = force.names.get(name="Garden of England")
    end = url("forces_name_end", force.pk, name.pk)
    response = client.post(end, {})
    assert response.status_code == 422
    assert "Enter the last day, or say that it was entered in error." in text_of(response)
    client.post(end, {"in_error": "on"})
    assert not force.names.filter(name="Garden of England").exists()
    official = force.names.get(kind="official")
    assert client.get(url("forces_name_end", force.pk, official.pk)).status_code == 404
    other = find_force("Essex").names.exclude(kind="official")[0]
    assert client.get(url("forces_name_end", force.pk, other.pk)).status_code == 404


@pytest.mark.parametrize("name", ["forces_rename", "forces_end", "forces_change"])
def test_a_conflict_shows_what_was_done_and_keeps_what_was_typed(
    client: Client, administrator: User, name: str
) -> None:
    force = find_force("Kent")
    address, change = url(name, force.pk), url("forces_change", force.pk)
    typed = {
        "forces_rename": {"name": "Garden Police", **day("from_on", date(2026, 2, 1))},
        "forces_end": day("from_on", date(2026, 2, 1)),
        "forces_change": {"region": "Garden"},
    }[name]
    data = sent(client, address, **typed)
    client.post(change, sent(client, change, email="foi@kent.example.org"))
    response = client.post(address, data)
    assert response.status_code == 409
    page = text_of(response)
    assert "Entry of the register changed" in page
    for value in typed.values():
        assert f'value="{value}"' in page
    force.refresh_from_db()
    assert (force.name, force.to_on, force.region) == ("Kent Police", None, "South East")
    again = {**data, "seen_version": response.context["form"]["seen_version"].value()}
    assert client.post(address, again).status_code == 302


def test_a_criterion_gets_versions_and_the_page_shows_them_all(client: Client, administrator: User) -> None:
    page = text_of(client.get(url("criteria")))
    assert "The real list is not public" in page
    assert "Illustrative" in page
    change = url("criterion_change", "drones")
    words = "drone\r\n  quadcopter \r\ndrone\r\n\r\n"
    client.post(change, sent(client, change, title="Drones and more", words=words, is_illustrative=None))
    newest = Criterion.objects.get(code="drones", ended_at=None)
    assert (newest.version, newest.words, newest.is_illustrative) == (2, ["drone", "quadcopter"], False)
    page = text_of(client.get(url("criterion", "drones")))
    assert "Version 1" in page
    assert "shipped with the software" in page
    assert "Version 2" in page
    assert administrator.name in page
    rows = csv.DictReader(StringIO(text_of(client.get(url("criteria_csv"))).lstrip("\ufeff")))
    assert [row["title"] for row in rows if row["code"] == "drones"] == ["Drones", "Drones and more"]


def test_a_criterion_is_added_ended_and_put_in_force_again(client: Client, administrator: User) -> None:
    client.post(url("criteria_add"), {"title": "Police dogs", "words": "dog"})
    end = url("criterion_end", "police-dogs")
    client.post(end, {"seen_version": "1"})
    page = text_of(client.get(url("criterion", "police-dogs")))
    assert "Put it in force again" in page
    page = text_of(client.post(end, {"seen_version": "1"}, follow=True))
    assert "not in force any more" in page
    change = url("criterion_change", "police-dogs")
    assert client.post(change, sent(client, change)).status_code == 302
    assert Criterion.objects.get(code="police-dogs", ended_at=None).version == 2
    page = text_of(client.post(end, {"seen_version": "1"}, follow=True))
    assert "after you opened this page" in page
    assert client.get(url("criterion", "no-such")).status_code == 404


def test_a_criterion_changed_meanwhile_is_not_overwritten(client: Client, administrator: User) -> None:
    change = url("criterion_change", "drones")
    data = sent(client, change, title="Mine")
    client.post(change, sent(client, change, title="Theirs"))
    response = client.post(change, data)
    assert response.status_code == 409
    assert "“Theirs”, version 2." in text_of(response)
    assert Criterion.objects.get(code="drones", ended_at=None).title == "Theirs"


def test_words_that_are_too_long_are_refused(client: Client, administrator: User) -> None:
    response = client.post(url("criteria_add"), {"title": "Long", "words": "x" * 61})
    assert response.status_code == 422
    assert "to 60 characters" in text_of(response)


def test_topics_and_leads_are_kept(client: Client, administrator: User) -> None:
    client.post(url("topic_add"), {"name": "Horses", "is_in_use": "on"})
    topic = Topic.objects.get(name="Horses")
    client.post(url("topic_change", topic.pk), {"name": "Mounted police"})
    topic.refresh_from_db()
    assert (topic.name, topic.is_in_use) == ("Mounted police", False)
    assert client.post(url("topic_add"), {"name": "MOUNTED police"}).status_code == 422
    lead = {"portfolio": "Horses", "post": "Desk officer", "email": "nobody", "is_in_use": "on"}
    assert client.post(url("lead_add"), lead).status_code == 422
    client.post(url("lead_add"), {**lead, "email": "horses@example.org"})
    made = PortfolioLead.objects.get(portfolio="Horses")
    client.post(url("lead_change", made.pk), {**lead, "email": "mounted@example.org"})
    page = text_of(client.get(url("leads")))
    assert "mounted@example.org" in page
    assert "Horses. E-mail: “horses@example.org” became “mounted@example.org”." in page
    assert "mounted@example.org" in text_of(client.get(url("leads_csv")))
    assert "Mounted police,no" in text_of(client.get(url("topics_csv")))


def test_the_units_rules_are_changed(client: Client, administrator: User) -> None:
    change = url("unit_change")
    response = client.post(change, sent(client, change, reply_days_before="99"))
    assert response.status_code == 422
    assert "enter a whole number from 0 to 15" in text_of(response)
    client.post(change, sent(client, change, reply_days_before="3", own_force=find_force("Kent").pk))
    assert (unit().reply_days_before, unit().own_force) == (3, find_force("Kent"))
    page = text_of(client.get(url("unit")))
    assert "3 working days before" in page
    assert "The authority itself: “National Police Chiefs&#x27; Council” became “Kent Police”." in page


@pytest.mark.parametrize("role", list(Role))
def test_completeness_is_said_by_advisers_managers_and_administrators(client: Client, role: Role) -> None:
    client.force_login(person(role))
    response = client.post(url("unit_complete"), day("data_complete_to", date(2025, 10, 31)))
    may = role in {Role.CRU_ADVISER, Role.MANAGER, Role.ADMINISTRATOR}
    assert response.status_code == (302 if may else 403)
    assert unit().data_complete_to == (date(2025, 10, 31) if may else None)
    if may:
        page = text_of(client.get(url("unit")))
        assert "Friday 31 October 2025." in page
        assert client.post(url("unit_complete"), day("data_complete_to", date(2199, 1, 1))).status_code == 422


def test_a_contact_is_tied_to_a_force_and_let_go(client: Client, administrator: User) -> None:
    contact, ours = person(Role.FORCE_CONTACT), person(Role.CRU_ADVISER)
    assert "No force yet" in text_of(client.get(url("contacts")))
    assert client.post(url("contact", contact.pk), {"force": ""}).status_code == 422
    client.post(url("contact", contact.pk), {"force": find_force("Kent").pk})
    assert ForceContact.objects.get().force == find_force("Kent")
    assert contact.name in text_of(client.get(url("force", find_force("Kent").pk)))
    assert "Kent Police" in text_of(client.get(url("contacts_csv")))
    assert client.get(url("contact", ours.pk)).status_code == 404
    page = text_of(client.post(url("contact_end", contact.pk), follow=True))
    assert "sees no referral" in page
    assert not ForceContact.objects.exists()


def test_an_adviser_reads_without_being_offered_changes(client: Client) -> None:
    client.force_login(person(Role.CRU_ADVISER))
    for name in ("forces", "criteria", "topics", "leads"):
        page = text_of(client.get(url(name)))
        assert "/add/" not in page
        assert ">Change<" not in page
    page = text_of(client.get(url("force", find_force("Kent").pk)))
    assert "Rename" not in page
    assert "Who acts for it" not in page


def test_an_empty_register_of_forces_says_what_that_means(client: Client, administrator: User) -> None:
    page = text_of(client.get(url("forces"), {"q": "Ruritania"}))
    assert "No entries." in page
    assert "No entry matches" in page
    assert "Clear all filters" in page
