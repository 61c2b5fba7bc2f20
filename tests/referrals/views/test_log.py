"""The list of logs: what each filter finds, how it is ordered, counted and downloaded."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.casework.measures import Mark
from referrals.models import Criterion, Referral
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.operations.grouping import group
from referrals.queries import log as queries
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import Trigger
from requests_app.models import Topic
from tests import factories
from tests.queries import queries_of
from tests.referrals import logs
from tests.referrals.factories import AT, RECEIVED, entry, referral, triaged
from tests.referrals.operations.advised import TODAY, advise, lead

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("referrals:log")
CSV_URL = reverse("referrals:log_csv")


@pytest.fixture
def adviser() -> User:
    return logs.adviser(name="Rowena Askrigg")


@pytest.fixture
def client(client: Client, adviser: User) -> Client:
    client.force_login(adviser)
    return client


def _found(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return [row.case.subject for row in response.context["rows"]]


def _closed(**fields: Any) -> Referral:
    return logs.log("Fernshire", status="closed", closed_on=logs.RECEIVED, closing="withdrawn", **fields)


def test_what_awaits_advice_is_shown_unless_asked_otherwise(client: Client) -> None:
    logs.log("Fernshire", subject="Logged")
    logs.log("Fernshire", subject="In hand", status="in_hand")
    logs.log("Fernshire", subject="Advised", status="advised", advised_on=logs.RECEIVED)
    _closed(subject="Closed")
    assert set(_found(client)) == {"Logged", "In hand"}
    assert set(_found(client, "status=open")) == {"Logged", "In hand", "Advised"}
    assert set(_found(client, "status=all")) == {"Logged", "In hand", "Advised", "Closed"}
    for status, subject in (("logged", "Logged"), ("in_hand", "In hand"), ("advised", "Advised")):
        assert _found(client, f"status={status}") == [subject]
    assert _found(client, "status=closed") == ["Closed"]


@pytest.mark.parametrize(
    "typed", ["636/18", "000636/18", "CRU Ref: 636/18", " 636 / 2018 ", "cru case no. 636/18"]
)
def test_a_number_finds_its_log_in_any_form_even_when_closed(client: Client, typed: str) -> None:
    _closed(subject="This one", number=636, year=2018)
    logs.log("Fernshire", subject="Another", number=636, year=2019)
    assert [row.case.subject for row in client.get(URL, {"q": typed}).context["rows"]] == ["This one"]


@pytest.mark.parametrize("typed", ["FOI/2026/00123", "foi/2026/00123 "])
def test_a_forces_own_reference_finds_its_logs_in_any_case(client: Client, typed: str) -> None:
    for subject in ("One", "Other"):
        logs.refer(_closed(subject=subject), "Moorland", reference="FOI/2026/00123")
    logs.log("Fernshire", subject="Neither")
    found = client.get(URL, {"q": typed}).context["rows"]
    assert {row.case.subject for row in found} == {"One", "Other"}


def test_a_forces_reference_that_looks_like_a_log_number_finds_both(client: Client) -> None:
    logs.log("Fernshire", subject="The log", number=12, year=2026)
    logs.refer(logs.log(subject="The force's"), "Moorland", reference="12/26")
    assert set(_found(client, "q=12/26")) == {"The log", "The force's"}


@pytest.mark.parametrize("common", [0, 5000])
def test_words_are_searched_in_the_log_and_in_a_forces_own_wording(
    client: Client, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(queries, "COMMON", common)
    logs.log("Fernshire", subject="Drones over prisons", wording="What is known?")
    logs.log("Fernshire", subject="In the wording", wording="How many prisons had drones?")
    own = logs.log("Fernshire", subject="In a force's", wording="What is known?")
    logs.refer(own, "Moorland", wording="Drones near your prison, please.")
    logs.log("Fernshire", subject="Only half", wording="Drones")
    expected = {"Drones over prisons", "In the wording", "In a force's"}
    assert set(_found(client, "q=drone prison")) == expected
    assert set(_found(client, "q=drone prison&status=all")) == expected
    assert _found(client, "q=drone -prison&status=all") == ["Only half"]
    assert _found(client, "q=drone prison&status=closed") == []


@pytest.fixture
def varied(adviser: User) -> dict[str, Any]:
    """Logs that differ in everything a filter asks about, and a criterion and a topic one of them has."""
    criterion = Criterion.objects.filter(ended_at__isnull=True).first()
    topic = Topic.objects.create(name="Larks")
    must = referral(
        by=adviser,
        forces=[entry("Kent Police", trigger=Trigger.MANDATORY)],
        subject="Mandatory",
        criteria=[criterion],
        topic_id=topic.pk,
    )
    triaged(must, by=adviser, priority="high", applies=[criterion.pk])
    referral(by=adviser, forces=["Kent Police", "Essex Police"], subject="Several")
    today = timezone.localdate()
    referral(by=adviser, forces=[entry("Kent Police", came=today)], subject="New", received_on=today)
    return {"criterion": criterion, "topic": topic}


def test_filters_narrow(client: Client, adviser: User, varied: dict[str, Any]) -> None:
    kent, essex = find_force("Kent Police").pk, find_force("Essex Police").pk
    assert _found(client, f"adviser={adviser.pk}") == ["Mandatory"]
    assert set(_found(client, "adviser=none")) == {"Several", "New"}
    assert set(_found(client, f"force={kent}")) == {"Mandatory", "Several", "New"}
    assert _found(client, f"force={essex}") == ["Several"]
    assert _found(client, "trigger=mandatory") == ["Mandatory"]
    assert _found(client, f"trigger=mandatory&force={essex}") == []
    assert _found(client, "scope=several") == ["Several"]
    assert _found(client, f"criterion={varied['criterion'].code}") == ["Mandatory"]
    assert _found(client, f"topic={varied['topic'].pk}") == ["Mandatory"]
    assert _found(client, "priority=high") == ["Mandatory"]
    assert set(_found(client, "overdue=on")) == {"Mandatory", "Several"}
    assert set(_found(client, "ageing=on")) == {"Mandatory", "Several"}
    assert _found(client, "received_from_0=3&received_from_1=3&received_from_2=2026") == ["New"]
    assert set(_found(client, "received_to_0=2&received_to_1=3&received_to_2=2026")) == {
        "Mandatory",
        "Several",
    }


def test_a_log_ages_after_the_days_the_unit_has_chosen_whatever_its_priority(client: Client) -> None:
    logs.log("Fernshire", subject="Old", received_on=timezone.localdate() - timedelta(days=40), priority="low",
             priority_reason="Nothing presses.")  # fmt: skip
    _closed(subject="Old and closed", received_on=timezone.localdate() - timedelta(days=40))
    logs.log("Fernshire", subject="New", received_on=timezone.localdate())
    response = client.get(URL, {"ageing": "on"})
    (row,) = response.context["rows"]
    assert row.case.subject == "Old"
    assert Mark("Ageing", "wait", "triangle") in row.marks
    assert _found(client, "ageing=on&priority=low&status=all") == ["Old"]


def test_a_late_reply_of_a_lead_is_found(client: Client, adviser: User) -> None:
    asked = {"by": adviser, "at": AT, "today": RECEIVED, "lead_id": lead().pk, "question": "Is it published?"}
    consult(referral_id=referral(by=adviser, subject="Late").pk, **asked)
    consult(
        referral_id=referral(by=adviser, subject="Awaited").pk,
        **asked,
        reply_by=timezone.localdate() + timedelta(days=7),
    )
    assert _found(client, "waits=lead") == ["Late"]


def test_advice_that_a_force_has_not_been_told_of_is_found(client: Client, adviser: User) -> None:
    told, untold, draft = (referral(by=adviser, subject=name) for name in ("Told", "Untold", "Draft"))
    national, member = (referral(by=adviser, subject=name) for name in ("National", "Member"))
    first = advise(told, adviser)
    circulate(advice_id=first.pk, by=adviser, at=AT, today=TODAY)
    advise(untold, adviser)
    triaged(draft, by=adviser)
    theirs = advise(national, adviser)
    circulate(advice_id=theirs.pk, by=adviser, at=AT, today=TODAY)
    assert _found(client, "status=advised&waits=telling") == ["Untold"]
    group(referral_id=national.pk, member_ids=[member.pk], by=adviser, at=AT)
    assert set(_found(client, "status=advised&waits=telling")) == {"Untold", "National"}
    advise(told, adviser)  # newer advice replaces what it was told
    assert set(_found(client, "status=advised&waits=telling")) == {"Untold", "National", "Told"}


@pytest.fixture
def in_turn() -> None:
    """Logs whose order differs by every sort there is."""
    today, day = timezone.localdate(), timedelta(days=1)
    for subject, priority, due_in, came in (
        ("Low", "low", 1, 3),
        ("High", "high", 9, 2),
        ("Unset", "", 5, 1),
        ("Overdue", "low", -1, 0),
    ):
        logs.log(
            "Fernshire",
            subject=subject,
            priority=priority,
            priority_reason="So." if priority else "",
            reply_by=today + due_in * day,
            received_on=today - came * day,
        )


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Overdue", "Low", "Unset", "High"]),
        ("reply", ["Overdue", "Low", "Unset", "High"]),
        ("-reply", ["High", "Unset", "Low", "Overdue"]),
        ("received", ["Low", "High", "Unset", "Overdue"]),
        ("-received", ["Overdue", "Unset", "High", "Low"]),
        ("number", ["Low", "High", "Unset", "Overdue"]),
        ("-number", ["Overdue", "Unset", "High", "Low"]),
        ("priority", ["Overdue", "High", "Unset", "Low"]),
        ("-priority", ["Low", "Unset", "High", "Overdue"]),
        ("nonsense", ["Overdue", "Low", "Unset", "High"]),
    ],
)
def test_the_list_is_ordered(client: Client, in_turn: None, sort: str, order: list[str]) -> None:
    assert _found(client, f"sort={sort}") == order


def test_lists_that_reach_back_begin_with_the_newest_and_are_not_ordered_by_urgency(
    client: Client, in_turn: None
) -> None:
    newest_first = ["Overdue", "Unset", "High", "Low"]
    assert _found(client, "status=all") == newest_first
    assert _found(client, "status=all&sort=priority") == newest_first
    page = client.get(URL, {"status": "all"}).content.decode()
    assert "sort=-received" in page
    assert "sort=priority" not in page
    assert "sort=-reply" not in page


@pytest.mark.parametrize("query", ["status=nonsense", "adviser=99999", "force=x", "q=%00",
    "received_from_0=31&received_from_1=2&received_from_2=2026",
    "received_from_0=2&received_from_1=3&received_from_2=2026&received_to_0=1&received_to_1=3&received_to_2=2026",
])  # fmt: skip
def test_a_filter_that_makes_no_sense_says_so_on_the_page_and_for_the_file(
    client: Client, query: str
) -> None:
    logs.log("Fernshire")
    for url in (URL, CSV_URL):
        response = client.get(f"{url}?{query}")
        assert response.status_code == 400
        assert "There is a problem" in response.content.decode()


def test_a_row_names_two_forces_and_counts_the_others(client: Client) -> None:
    logs.log("Fernshire", "Moorland", "Saltmarsh", "Larkshire", scope="national")
    (row,) = client.get(URL).context["rows"]
    assert (row.forces_named, row.more_forces) == ("Fernshire, Moorland", 2)


def test_filters_in_use_can_be_removed_one_by_one(client: Client) -> None:
    logs.log("Fernshire")
    query = "q=drones&overdue=on&sort=-reply&page=2&received_from_0=1&received_from_1=1&received_from_2=2026"
    selected = {item["label"]: item for item in client.get(f"{URL}?{query}").context["selected"]}
    assert set(selected) == {"Log number or words", "Overdue", "Received from"}
    assert selected["Received from"]["value"] == "01/01/2026"
    assert selected["Received from"]["remove_url"] == "?q=drones&overdue=on&sort=-reply"


def _rows(response: HttpResponse) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_same_logs(client: Client, adviser: User) -> None:
    logs.log(
        "Fernshire", "Moorland", trigger=Trigger.MANDATORY, scope="several", subject="=cmd, drones", number=636,
        year=2018, received_on=date(2018, 6, 1), reply_by=date(2018, 6, 11), adviser=adviser, status="in_hand",
    )  # fmt: skip
    _closed(subject="Closed")
    response = client.get(CSV_URL)
    assert response["Content-Disposition"].startswith('attachment; filename="cru-logs-')
    (row,) = _rows(response)
    assert row["log number"] == "636/18"
    assert row["subject"] == "'=cmd, drones"
    assert row["forces"] == "Fernshire Constabulary; Moorland Constabulary"
    assert (row["mandatory"], row["received"], row["reply by"]) == ("yes", "2018-06-01", "2018-06-11")
    assert (row["adviser"], row["status"], row["scope"]) == ("Rowena Askrigg", "In hand", "Several forces")
    assert int(row["working days left"]) < -1000
    assert len(_rows(client.get(f"{CSV_URL}?status=all"))) == 2


def test_it_takes_as_many_queries_for_a_page_as_for_one_log(client: Client) -> None:
    def many(number: int) -> None:
        for place in range(number):
            logs.log("Fernshire", "Moorland", adviser=logs.adviser(name=f"Adviser {place}"))
            _closed()

    many(1)
    client.get(URL)
    pages = (URL, f"{URL}?status=all&q=drones")
    few = [queries_of(client, page) for page in pages]
    many(25)
    client.get(URL)  # every five seconds a page asks whether the calendar has changed
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= 25


def test_the_file_is_read_in_chunks(client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        logs.log("Fernshire", "Moorland")
    with django_assert_max_num_queries(12):
        assert len(_rows(client.get(CSV_URL))) == 20


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR])
def test_who_has_nothing_to_do_with_referrals_is_told_so(client: Client, role: Role) -> None:
    client.force_login(factories.person(role))
    for url in (URL, CSV_URL):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR])
def test_who_only_reads_is_offered_no_act(client: Client, role: Role) -> None:
    logs.log("Fernshire")
    client.force_login(factories.person(role))
    response = client.get(URL)
    assert response.status_code == 200
    assert "Log a referral" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "said", "offered"),
    [("", "No log awaits advice", "See all logs"), ("q=drones", "No log matches", "Clear all filters")],
)
def test_an_empty_log_says_what_that_means(client: Client, query: str, said: str, offered: str) -> None:
    page = client.get(f"{URL}?{query}").content.decode()
    assert "No logs awaiting advice." in page
    assert said in page
    assert offered in page
    assert "Download this list" not in page
