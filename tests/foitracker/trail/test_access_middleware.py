"""Whatever is opened or refused leaves one row; what is guarded is not given out without it."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry, RecordedAccess
from requests_app.models import FoiRequest
from tests import factories
from tests.foitracker.accounts.factories import UserFactory
from tests.requests_app.operations.part_refusal import drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def officer(client: Client) -> User:
    person = UserFactory(name="An Officer", roles=[Role.OFFICER])
    client.force_login(person)
    return person


def looks() -> list[tuple[str, str, dict[str, Any]]]:
    return list(RecordedAccess.objects.order_by("id").values_list("event", "subject", "detail"))


def address(case: FoiRequest, rest: str = "") -> str:
    return f"/requests/{case.year}/{case.number}/{rest}"


def test_an_opened_casefile_is_one_row_and_no_entry(client: Client, officer: User) -> None:
    case = factories.request()
    entries = Entry.objects.count()
    client.get(address(case), REMOTE_ADDR="192.0.2.7")
    client.get(address(case, "items/"), REMOTE_ADDR="2001:db8::7")
    assert looks() == [
        ("page_opened", case.reference, {"page": "requests_app:casefile"}),
        ("page_opened", case.reference, {"page": "requests_app:items"}),
    ]
    assert [(look.actor, look.address) for look in RecordedAccess.objects.order_by("id")] == [
        (officer, "192.0.2.7"),
        (officer, "2001:db8::7"),
    ]
    assert Entry.objects.count() == entries


def test_what_has_an_access_of_its_own_is_not_recorded_twice(client: Client, officer: User) -> None:
    case = factories.request()
    client.post(address(case, "applicant/"), {"reason": "write"})
    assert looks() == [("identity_seen", case.reference, {"reason": "write"})]


def test_of_a_search_the_filters_and_hits_are_kept_and_never_the_words(client: Client, officer: User) -> None:
    case = factories.request(subject="Badgers near the canary")
    client.get("/requests/", {"q": "canary", "status": "received"})
    client.get("/requests/register.csv", {"q": "canary"})
    assert looks() == [
        (
            "list_opened",
            "",
            {"page": "requests_app:register", "filters": ["status=received"], "searched": True, "hits": 1},
        ),
        (
            "list_downloaded",
            "",
            {"page": "requests_app:register_csv", "filters": [], "searched": True, "hits": None},
        ),
    ]
    assert "canary" not in str(list(RecordedAccess.objects.values()))
    assert case.reference not in str(list(RecordedAccess.objects.values()))


def test_a_refusal_says_of_what_and_where_from(client: Client, officer: User) -> None:
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    case = factories.request()
    assert client.get(address(case, "applicant/")).status_code == 403
    assert client.get("/settings/users/").status_code == 403
    assert looks() == [
        ("page_refused", case.reference, {"page": "requests_app:applicant", "status": 403}),
        ("page_refused", "", {"page": "accounts:users", "status": 403}),
    ]
    assert set(RecordedAccess.objects.values_list("address", flat=True)) == {"127.0.0.1"}


def test_what_showed_nothing_leaves_nothing(client: Client, officer: User) -> None:
    assert client.get("/requests/2025/9999/").status_code == 404
    assert client.get("/requests/999999/9999/").status_code == 404
    assert client.get("/due-dates/seen/").status_code == 405
    client.logout()
    assert client.get("/account/login/").status_code == 200
    assert client.get("/requests/").status_code == 302
    assert client.get("/health/").status_code == 200
    assert looks() == []


def test_a_stranger_cannot_fill_the_table(client: Client) -> None:
    for _ in range(40):
        response = client.post("/account/login/", {"login": "a@example.org", "password": "guess"})
    assert response.status_code == 429
    assert [look for look in looks() if look[0] == "page_refused"] == [
        ("page_refused", "", {"page": "account_login", "status": 429})
    ]


@pytest.fixture
def _no_access_can_be_written() -> Any:
    """As when the disk is full: the table takes no row."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_recordedaccess ADD CONSTRAINT full_disk CHECK (id < 0) NOT VALID")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_recordedaccess DROP CONSTRAINT full_disk")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_access_can_be_written")
def test_what_is_guarded_is_not_given_out_without_its_row(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    staff = factories.staff()
    worked = drafted_part_refusal(staff)
    client.force_login(staff.officer)
    letter = f"letters/{worked.letter.pk}"
    with caplog.at_level(logging.ERROR, logger="foitracker.trail.access_middleware"):
        for refused in (
            client.post(address(worked.case, "applicant/"), {"reason": "write"}),
            client.get(address(worked.case, f"{letter}/html/")),
            client.get(address(worked.case, f"{letter}/pdf/")),
            client.get(address(worked.case, "clock/working.pdf")),
            client.get("/requests/register.csv"),
        ):
            assert refused.status_code == 503
            page = refused.content.decode()
            assert "Access to this page must be recorded" in page
            assert "Lowmoor" not in page
    assert len([one for one in caplog.records if one.name.startswith("foitracker")]) == 5
    assert not RecordedAccess.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_access_can_be_written")
def test_a_plain_page_is_shown_and_the_failure_logged(
    client: Client, officer: User, caplog: pytest.LogCaptureFixture
) -> None:
    case = factories.request()
    with caplog.at_level(logging.ERROR, logger="foitracker.trail.access_middleware"):
        assert client.get(address(case)).status_code == 200
    assert f"not recorded: page_opened by user {officer.pk}" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_an_access_costs_one_statement(client: Client) -> None:
    client.force_login(UserFactory(roles=[Role.OFFICER]))
    with CaptureQueriesContext(connection) as captured:
        client.get("/account/calendar/")
    of_it = [query["sql"] for query in captured.captured_queries if "audit_recordedaccess" in query["sql"]]
    assert len(of_it) == 1
    assert not any(query["sql"].startswith(("BEGIN", "SAVEPOINT")) for query in captured.captured_queries)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('synchronous_commit') = reset_val FROM pg_settings"
            " WHERE name = 'synchronous_commit'"
        )
        assert cursor.fetchone() == (True,)  # what comes after waits for the disk as ever


@pytest.mark.django_db(transaction=True)
def test_only_what_is_guarded_waits_for_the_disk(client: Client) -> None:
    staff = factories.staff()
    case = factories.request(by=staff.intake)
    client.force_login(staff.officer)
    waits = {}
    for name, ask in (
        ("plain", lambda: client.get(address(case))),
        ("guarded", lambda: client.post(address(case, "applicant/"), {"reason": "write"})),
    ):
        with CaptureQueriesContext(connection) as captured:
            assert ask().status_code == 200
        asked = [q["sql"] for q in captured.captured_queries]
        (insert,) = [sql for sql in asked if "INSERT INTO" in sql and "audit_recordedaccess" in sql]
        waits[name] = "synchronous_commit" not in insert
    assert waits == {"plain": False, "guarded": True}
    assert [look[0] for look in looks()] == ["page_opened", "identity_seen"]
