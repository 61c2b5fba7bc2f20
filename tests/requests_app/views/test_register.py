"""The register: what each filter finds, how it is ordered, counted and downloaded."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.pages.lists.paging import COUNT_CAP
from requests_app.measures import NOBODY
from requests_app.models import FoiRequest
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import Identity, assign
from requests_app.operations.response import submit_letter
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import AT, RECEIVED
from tests.queries import queries_of
from tests.requests_app.operations.part_refusal import WORKED, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("requests_app:register")
CSV_URL = reverse("requests_app:register_csv")


@pytest.fixture
def officer() -> User:
    return factories.person(Role.OFFICER)


@pytest.fixture
def client(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def _found(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return [row.case.subject for row in response.context["rows"]]


def _closed(case: FoiRequest, by: User) -> FoiRequest:
    return close_unanswered(
        case_id=case.pk, by=by, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By telephone"
    )


def test_live_requests_are_shown_unless_asked_otherwise(client: Client, officer: User) -> None:
    factories.request(subject="Live")
    _closed(factories.request(subject="Closed"), officer)
    assert _found(client) == ["Live"]
    assert _found(client, "status=closed") == ["Closed"]
    assert _found(client, "outcome=withdrawn") == ["Closed"]
    assert set(_found(client, "status=all")) == {"Live", "Closed"}


@pytest.mark.parametrize("typed", ["{n}/{y}", "{n:04}/{y}", "FOI {n} / {y}", " npcc foi {n}/{y} "])
def test_a_reference_finds_its_request_in_any_form_even_when_closed(
    client: Client, officer: User, typed: str
) -> None:
    factories.request(subject="Another")
    case = _closed(factories.request(subject="This one"), officer)
    text = typed.format(n=case.number, y=case.year)
    assert [row.case for row in client.get(URL, {"q": text}).context["rows"]] == [case]


def test_words_are_searched_in_subject_and_request(client: Client) -> None:
    factories.request(subject="Drones over prisons")
    factories.request(subject="Other", words="How many prisons have drones been seen at?")
    factories.request(subject="Unrelated")
    assert set(_found(client, "q=drone prison")) == {"Drones over prisons", "Other"}
    assert _found(client, "q=drone -seen") == ["Drones over prisons"]


@pytest.mark.parametrize("name", ["Lowmoor", "p.lowmoor@example.org", "Perpetua"])
def test_no_applicant_is_found(client: Client, name: str) -> None:
    factories.request()
    assert client.get(URL, {"q": name, "status": "all"}).context["rows"] == []


def test_filters_narrow(client: Client, officer: User) -> None:
    assigned = factories.request(subject="Mine")
    assign(case_id=assigned.pk, by=officer, at=AT, officer=officer)
    factories.request(
        subject="Nobody's", details={"regime": "EIR", "priority": "high", "priority_reason": "Court"}
    )
    factories.request(subject="New", received_on=timezone.localdate(), at=timezone.now())
    assert _found(client, f"officer={officer.pk}") == ["Mine"]
    assert set(_found(client, "officer=none")) == {"Nobody's", "New"}
    assert _found(client, "regime=EIR") == ["Nobody's"]
    assert _found(client, "priority=high") == ["Nobody's"]
    assert set(_found(client, "overdue=on")) == {"Mine", "Nobody's"}
    assert _found(client, "overdue=on&officer=none") == ["Nobody's"]
    assert _found(client, "received_from_0=3&received_from_1=3&received_from_2=2026") == ["New"]
    assert set(_found(client, "received_to_0=2&received_to_1=3&received_to_2=2026")) == {"Mine", "Nobody's"}


def test_an_approver_finds_what_waits_for_them(client: Client) -> None:
    staff = factories.staff()
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)
    client.force_login(staff.decision_maker)
    assert _found(client, "to_approve=on") == ["Patrol plans"]
    client.force_login(staff.officer)
    assert "to_approve" not in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", "Older"),
        ("due", "Older"),
        ("-due", "Newer"),
        ("-received", "Newer"),
        ("reference", "Older"),
        ("-reference", "Newer"),
        ("nonsense", "Older"),
    ],
)
def test_the_list_is_ordered(client: Client, sort: str, first: str) -> None:
    factories.request(subject="Older")
    factories.request(subject="Newer", received_on=RECEIVED + timedelta(days=7), at=AT + timedelta(days=7))
    assert _found(client, f"sort={sort}")[0] == first


def test_the_newest_first_when_closed_ones_are_shown(client: Client) -> None:
    factories.request(subject="Older")
    factories.request(subject="Newer", received_on=RECEIVED + timedelta(days=7), at=AT + timedelta(days=7))
    assert _found(client, "status=all")[0] == "Newer"


@pytest.mark.parametrize(
    "query",
    [
        "received_from_0=31&received_from_1=2&received_from_2=2026",
        "received_from_0=2&received_from_1=3&received_from_2=2026&received_to_0=1&received_to_1=3&received_to_2=2026",
        "status=nonsense",
        "officer=99999",
        "q=%00",
    ],
)
def test_a_filter_that_makes_no_sense_says_so_on_the_page_and_for_the_file(
    client: Client, query: str
) -> None:
    factories.request()
    for url in (URL, CSV_URL):
        response = client.get(f"{url}?{query}")
        assert response.status_code == 400
        assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999"])
def test_a_page_that_is_none_gives_one_that_is(client: Client, page: str) -> None:
    factories.request(subject="Only")
    assert _found(client, f"page={page}") == ["Only"]


@pytest.mark.parametrize("url", [URL, CSV_URL])
def test_a_figure_by_officer_is_for_managers(client: Client, officer: User, url: str) -> None:
    figure = {"counted": "received.2026-01-01.2026-03-31.2026-04-01"}
    of_one = {**figure, "officer": str(officer.pk)}
    refused = client.get(url, of_one)
    assert refused.status_code == 400
    assert "Only managers see a figure by officer" in refused.content.decode()
    for allowed in (figure, {**figure, "officer": NOBODY}, {"officer": str(officer.pk)}):
        assert client.get(url, allowed).status_code == 200
    client.force_login(factories.person(Role.MANAGER))
    assert client.get(url, of_one).status_code == 200


def test_the_count_stops_at_the_cap(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foitracker.pages.lists.capped_pages.COUNT_CAP", 2)
    for _ in range(2):
        factories.request()
    assert "2 requests." in client.get(URL).content.decode()
    factories.request()
    with CaptureQueriesContext(connection) as captured:
        assert "More than 2 requests" in client.get(URL).content.decode()
    assert [q["sql"] for q in captured if "COUNT(*)" in q["sql"] and "LIMIT 3" in q["sql"]]
    assert COUNT_CAP == 10_000


def test_filters_in_use_can_be_removed_one_by_one(client: Client) -> None:
    query = "q=plans&overdue=on&sort=-due&page=2&received_from_0=1&received_from_1=1&received_from_2=2026"
    factories.request()
    selected = {item["label"]: item for item in client.get(f"{URL}?{query}").context["selected"]}
    assert set(selected) == {"Reference or words", "Overdue", "Received from"}
    assert selected["Received from"]["value"] == "01/01/2026"
    assert selected["Received from"]["remove_url"] == "?q=plans&overdue=on&sort=-due"


def _rows(response: HttpResponse) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_same_requests(client: Client, officer: User) -> None:
    case = factories.request(subject="Plans, with a comma", identity=Identity(name="Q"))
    _closed(factories.request(subject="Closed"), officer)
    response = client.get(CSV_URL)
    assert response["Content-Disposition"].startswith("attachment")
    (row,) = _rows(response)
    assert (row["reference"], row["subject"], row["received"], row["due"]) == (
        case.reference,
        "Plans, with a comma",
        "2026-03-02",
        "2026-03-31",
    )
    assert int(row["working days left"]) < 0
    assert len(_rows(client.get(CSV_URL, {"status": "all"}))) == 2


@pytest.mark.parametrize("subject", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝1"])
def test_no_cell_of_the_file_is_computed(client: Client, subject: str) -> None:
    factories.request(subject=subject)
    (row,) = _rows(client.get(CSV_URL))
    assert row["subject"] == f"'{subject}"


def test_the_page_takes_as_many_queries_at_any_size(client: Client, officer: User) -> None:
    pages = [f"{URL}?{query}" for query in ("", "status=all&q=patrol", "overdue=on")]
    factories.request(by=officer)
    few = [queries_of(client, page) for page in pages]
    for _ in range(59):
        factories.request(by=officer)
    assert [client.get(page).context["page_obj"].paginator.count for page in pages] == [60, 60, 60]
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= 25


def test_a_request_asked_for_again_by_htmx_after_the_session_ended_reloads(client: Client) -> None:
    client.logout()
    response = client.get(URL, headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"


@pytest.mark.parametrize("url", [URL, CSV_URL])
def test_who_may_not_see_cases_is_refused(client: Client, url: str) -> None:
    client.force_login(factories.person(Role.ADMINISTRATOR))
    assert client.get(url).status_code == 403
    client.force_login(factories.person(Role.AUDITOR))
    assert client.get(url).status_code == 200


def test_days_left_agree_with_the_clock(client: Client, officer: User) -> None:
    for received in (timezone.localdate(), timezone.localdate() - timedelta(days=40), date(2026, 3, 2)):
        if received <= timezone.localdate():
            factories.request(received_on=received, at=timezone.now())
    rows = client.get(URL).context["rows"]
    for row in rows:
        clock = client.get(row.case.get_absolute_url()).context["found"].clock
        assert row.days_left == clock.working_days_left


@pytest.mark.parametrize(
    ("query", "said", "offered"),
    [("", "No request is open", "Log a request"), ("q=drones", "No request matches", "Clear all filters")],
)
def test_an_empty_register_says_what_that_means(client: Client, query: str, said: str, offered: str) -> None:
    page = client.get(f"{URL}?{query}").content.decode()
    assert "No requests." in page
    assert said in page
    assert offered in page
    assert "Download this list" not in page
