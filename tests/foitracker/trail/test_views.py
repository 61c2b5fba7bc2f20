import csv
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit import operations
from foitracker.audit.events import vocabularies
from foitracker.audit.models import RecordedAccess
from foitracker.trail.forms import TrailFilterForm
from tests.foitracker.accounts.factories import UserFactory
from tests.foitracker.declared import LOOKED, TRIED

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)
READERS = {Role.AUDITOR, Role.MANAGER}
TRAIL, DOWNLOAD = "/audit/", "/audit/download/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> User:
    person = UserFactory(name="An Auditor", roles=[Role.AUDITOR])
    client.force_login(person)
    return person


@pytest.fixture
def officer() -> User:
    return UserFactory(name="An Officer", roles=[Role.OFFICER])


def rows(page: str) -> int:
    return page.count('<tr class="govuk-table__row">') - 1


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("address", [TRAIL, DOWNLOAD])
def test_every_route_with_every_role(client: Client, role: Role | None, address: str) -> None:
    client.force_login(UserFactory(roles=[role] if role else []))
    response = client.get(address)
    if role in READERS:
        assert response.status_code == 200
    else:
        assert response.status_code == 403
        assert "It takes one of: Auditor, Manager" in response.content.decode()
        assert [look.event for look in RecordedAccess.objects.all()] == ["page_refused"]


@pytest.mark.parametrize("address", [TRAIL, DOWNLOAD])
def test_every_route_without_signing_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("address", [TRAIL, DOWNLOAD])
def test_nothing_can_be_posted(client: Client, auditor: User, address: str) -> None:
    assert client.post(address).status_code == 405


def test_an_entry_in_words(client: Client, auditor: User, officer: User) -> None:
    operations.record_event(
        event=TRIED,
        by=officer,
        at=AT,
        subject="2253/2025",
        detail={"number": 5, "urgent": True, "colours": ["red", "blue"], "day": "2025-04-24"},
        words={"reason": "<b>\u202ebold</b>"},
    )
    page = client.get(TRAIL).content.decode()
    for words in (
        "Something tried",
        "An Officer",
        "2253/2025",
        "25/04/2025 10:30",
        "yes",
        "Bright red, Deep blue",
    ):
        assert words in page
    assert "<b>" not in page
    assert "\u202e" not in page
    assert "recorded " in page  # well after it happened


def test_that_somebody_read_it_is_recorded(client: Client, auditor: User) -> None:
    client.get(TRAIL, {"kind": "event"})
    look = RecordedAccess.objects.get()
    assert (look.event, look.actor, look.detail) == (
        "trail_read",
        auditor,
        {"kind": "event"},
    )


def test_filters_narrow_the_list(client: Client, auditor: User, officer: User) -> None:
    operations.record_event(event=TRIED, by=officer, at=AT, subject="1/2025")
    operations.record_event(event=TRIED, by=auditor, at=AT, subject="2/2025")
    operations.record_access(event=LOOKED, by=officer, at=AT, subject="1/2025")
    for filters, expected in [
        ({"subject": "1/2025"}, 2),
        ({"subject": "1/2025", "kind": "access"}, 1),
        ({"actor": str(officer.pk)}, 2),
        ({"event": "tried"}, 2),
        ({"event": "tried", "actor": str(officer.pk)}, 1),
        ({"recorded_to": "01/01/2025"}, 0),
        ({"recorded_from": "1 January 2025", "subject": "2/2025"}, 1),
        ({"subject": "99/2025"}, 0),
    ]:
        response = client.get(TRAIL, filters)
        assert response.status_code == 200, filters
        assert len(response.context["rows"]) == expected, filters
    assert "Remove filter" in response.content.decode()


def test_the_filter_names_every_declared_event_as_the_list_does(client: Client, auditor: User) -> None:
    operations.record_event(event=TRIED, by=None, at=AT)
    page = client.get(TRAIL, {"event": "tried"}).content.decode()
    assert '<optgroup label="Tests">' in page
    assert '<option value="tried" selected>Something tried</option>' in page
    assert "What: <bdi>Something tried</bdi>" in page
    groups = dict(TrailFilterForm().fields["event"].choices[1:])  # type: ignore[attr-defined]
    assert ("signed_in", "Signed in") in groups["Users"]
    named = [choice for choices in groups.values() for choice in choices]
    assert len(named) == sum(len(words.events) for words in vocabularies()) > 100


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"subject": "Jane Smith"}, "Enter one reference"),
        ({"subject": "Smith"}, "Enter one reference"),
        ({"event": "never done"}, "Select a valid choice"),
        ({"recorded_from": "31/02/2025"}, "enter a real date"),
        ({"recorded_from": "02/01/2025", "recorded_to": "01/01/2025"}, "before the first one"),
        ({"actor": "999999"}, "Select a valid choice"),
        ({"kind": "glance"}, "Select a valid choice"),
    ],
)
@pytest.mark.parametrize("address", [TRAIL, DOWNLOAD])
def test_a_filter_that_makes_no_sense_is_explained_and_not_recorded(
    client: Client, auditor: User, address: str, filters: dict[str, str], message: str
) -> None:
    response = client.get(address, filters)
    assert response.status_code == 400
    assert message in response.content.decode()
    assert [look.event for look in RecordedAccess.objects.all()] == ["page_opened"]


@pytest.mark.parametrize(
    "before", ["x", "-1", "0", "7", "1.-1", f"{'9' * 30}.1", f"{'9' * 18}.{'9' * 18}", "²"]
)
def test_a_page_that_makes_no_sense_is_no_error(client: Client, auditor: User, before: str) -> None:
    assert client.get(TRAIL, {"before": before}).status_code == 200


def test_pages_follow_one_another_without_loss(client: Client, auditor: User) -> None:
    for number in range(120):
        operations.record_event(event=TRIED, by=None, at=AT, subject="1/2025", detail={"number": number})
        if number % 3 == 0:
            operations.record_access(event=LOOKED, by=None, at=AT, subject="1/2025")
    seen: list[tuple[str, int]] = []
    before: str | None = ""
    while before is not None:
        response = client.get(TRAIL, {"subject": "1/2025", "before": before})
        seen += [(row.kind, row.number) for row in response.context["rows"]]
        before = response.context["older_before"]
    events, looks = ([n for kind, n in seen if kind == one] for one in ("event", "access"))
    assert events == list(range(events[0], events[0] - 120, -1))
    assert (len(looks), looks) == (40, sorted(looks, reverse=True))
    assert [kind for kind, _ in seen[:4]] == ["event", "event", "access", "event"]


def test_a_page_takes_few_queries(
    client: Client, auditor: User, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(50):
        operations.record_event(event=TRIED, by=officer, at=AT, words={"reason": "Why"})
    with django_assert_max_num_queries(12):
        client.get(TRAIL)


def test_the_download_is_the_whole_list_and_is_recorded(client: Client, auditor: User, officer: User) -> None:
    for number in range(60):
        operations.record_event(event=TRIED, by=officer, at=AT, subject="1/2025", detail={"number": number})
    response = client.get(DOWNLOAD, {"subject": "1/2025"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    table = list(csv.DictReader(text.splitlines()))
    assert [row["facts"] for row in table] == [f'{{"number": {number}}}' for number in range(60)]
    first = table[0]
    assert (first["who"], first["what"], first["in words"], first["event"]) == (
        "An Officer",
        "Something tried",
        "Number: 0",
        "tried",
    )
    look = RecordedAccess.objects.get()
    assert (look.event, look.actor, look.detail) == ("trail_downloaded", auditor, {"subject": "1/2025"})


def test_the_file_tells_accesses_too_and_where_they_came_from(client: Client, auditor: User) -> None:
    operations.record_event(event=TRIED, by=None, at=AT, subject="1/2025")
    look = RecordedAccess(event="looked", actor=auditor, at=AT, subject="1/2025", address="192.0.2.7")
    operations.write_accesses([look])
    operations.record_event(event=TRIED, by=None, at=AT, subject="1/2025")
    response = client.get(DOWNLOAD, {"subject": "1/2025"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert [(row["kind"], row["where from"]) for row in csv.DictReader(text.splitlines())] == [
        ("event", ""),
        ("access", "192.0.2.7"),
        ("event", ""),
    ]
    page = client.get(TRAIL, {"subject": "1/2025", "kind": "access"})
    assert [row.number for row in page.context["rows"]] == [look.pk]
    assert "192.0.2.7" in page.content.decode()
