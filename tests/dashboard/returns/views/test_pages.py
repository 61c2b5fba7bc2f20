"""Pages of returns: each number opens what it counts, what changed is explained, and many rows cost no more queries."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dashboard.returns.kinds import BY_CODE
from dashboard.returns.models import Return
from dashboard.returns.operations.approval import approve_return
from dashboard.returns.operations.making import count_again, make_return
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.statistics.periods import quarter
from requests_app.models import FoiRequest
from requests_app.operations.intake import write_note
from tests import factories
from tests.dashboard.returns import population
from tests.dashboard.returns.population import AT
from tests.factories import Staff, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def staff() -> Staff:
    return factories.staff()


@pytest.fixture
def manager(client: Client) -> User:
    manager = person(Role.MANAGER)
    client.force_login(manager)
    return manager


def made(by: User, *, kind: str = "s45", first_month: int = 7, at: datetime = AT) -> Return:
    return make_return(by=by, at=at, kind=BY_CODE[kind], period=quarter(2026, first_month))


@pytest.mark.parametrize("kind", ["s45", "cabinet-office"])
def test_each_number_opens_the_requests_it_counts(
    client: Client, staff: Staff, manager: User, kind: str
) -> None:
    population.quarter(staff)
    of = made(manager, kind=kind)
    page = client.get(of.get_absolute_url()).content.decode()
    links = re.findall(r'href="(/returns/\d+/lines/[^"]+/)" aria-label="[^"]*: (\d+)"', page)
    opens = {row.opens for row in of.statement.rows() if row.opens}
    assert {address.split("/")[4] for address, _ in links} == opens
    assert "/requests/?counted=" not in page  # the register as it is now is not what was counted then
    for address, number in set(links):
        assert client.get(address).context["page_obj"].paginator.count == int(number), address


def test_the_list_of_a_line_stays_what_was_counted(client: Client, staff: Staff, manager: User) -> None:
    cases = population.quarter(staff)
    of = made(manager)
    FoiRequest.objects.filter(pk=cases[1].pk).update(
        received_on=date(2026, 6, 1), responded_on=date(2026, 6, 9)
    )
    text = b"".join(client.get(f"/returns/{of.pk}/lines/received/requests.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["reference"] for row in rows] == [case.reference for case in cases[1:]]
    assert rows[0]["received"] == "2026-06-01"


def test_what_changed_names_each_request_and_what_was_recorded(
    client: Client, staff: Staff, manager: User
) -> None:
    cases = population.quarter(staff)
    first = made(manager)
    FoiRequest.objects.filter(pk=cases[7].pk).update(responded_on=date(2026, 9, 20), answer_days=57)
    write_note(case_id=cases[7].pk, by=staff.officer, at=datetime.now(UTC), text="Sent on 20 September.")
    again = count_again(by=manager, at=datetime.now(UTC) + timedelta(days=1), return_id=first.pk)
    page = client.get(again.get_absolute_url()).content.decode()
    assert "What changed since" in page
    changes = client.get(f"/returns/{again.pk}/changes/").content.decode()
    assert cases[7].reference in changes
    assert "Note written" in changes
    assert cases[1].reference not in changes
    assert client.get(f"/returns/{first.pk}/changes/").status_code == 404


def test_an_opening_that_is_not_the_closing_before_is_explained(
    client: Client, staff: Staff, manager: User
) -> None:
    cases = population.quarter(staff)
    before = made(manager)
    late, known = cases[7], before.statement.balance.closing
    FoiRequest.objects.filter(pk=late.pk).update(received_on=date(2026, 10, 1))
    after = make_return(
        by=manager, at=datetime(2027, 1, 4, 9, 0, tzinfo=UTC), kind=BY_CODE["s45"], period=quarter(2026, 10)
    )
    carried = client.get(after.get_absolute_url()).context["carried"]
    assert (carried.before, carried.closing, carried.opening) == (before, known, known - 1)
    assert [(change.case, change.has_entered) for change in carried.cases] == [(late, False)]


def test_readers_see_approved_returns_alone(client: Client, staff: Staff, manager: User) -> None:
    first, second = made(manager), made(manager)
    approve_return(by=person(Role.MANAGER), at=AT, return_id=second.pk, seen_commentary=0)
    client.force_login(person(Role.AUDITOR))
    assert [row.pk for row in client.get("/returns/").context["rows"]] == [second.pk]
    for page in ("", "return.csv", "return.xlsx", "lines/received/", "packs/publication/"):
        assert client.get(f"/returns/{first.pk}/{page}").status_code == 404
    assert client.get(f"/returns/{second.pk}/packs/management/").status_code == 403


def test_readers_see_no_figures_of_an_unapproved_return_counted_before(
    client: Client, staff: Staff, manager: User
) -> None:
    cases = population.quarter(staff)
    first = made(manager)
    FoiRequest.objects.filter(pk=cases[7].pk).update(responded_on=date(2026, 9, 20), answer_days=57)
    again = count_again(by=manager, at=AT + timedelta(days=1), return_id=first.pk)
    approve_return(by=person(Role.MANAGER), at=AT, return_id=again.pk, seen_commentary=0)
    client.force_login(person(Role.AUDITOR))
    page = client.get(again.get_absolute_url())
    assert page.context["changes"] is None
    assert "What changed since" not in page.content.decode()
    for file in ("", "changes.csv"):
        assert client.get(f"{again.get_absolute_url()}changes/{file}").status_code == 404
    approve_return(by=person(Role.MANAGER), at=AT, return_id=first.pk, seen_commentary=0)
    assert client.get(again.get_absolute_url()).context["changes"]
    assert client.get(f"{again.get_absolute_url()}changes/").status_code == 200


def test_as_many_queries_for_many_returns_and_requests(
    client: Client, staff: Staff, manager: User, django_assert_max_num_queries: Any
) -> None:
    taken = []
    for _ in range(2):
        for _ in range(5):
            population.quarter(staff)
            of = made(manager)
        for address in ("/returns/", of.get_absolute_url(), f"/returns/{of.pk}/lines/received/"):
            client.get(address)
            with django_assert_max_num_queries(25) as counted:
                assert client.get(address).status_code == 200
            taken.append(len(counted))
    assert taken[:3] == taken[3:]


def test_of_two_returns_for_the_same_days_the_list_tells_which_is_in_force(
    client: Client, staff: Staff, manager: User
) -> None:
    population.quarter(staff)
    first, second = made(manager), made(manager)
    for of in (first, second):
        approve_return(by=person(Role.MANAGER), at=AT, return_id=of.pk, seen_commentary=0)
    text = b"".join(client.get(reverse("returns:returns_csv"))).decode("utf-8-sig")
    rows = {row["number"]: row["replaced by"] for row in csv.DictReader(io.StringIO(text))}
    assert rows == {str(first.pk): str(second.pk), str(second.pk): ""}
    page = client.get("/returns/").content.decode()
    assert f"Replaced by return {second.pk}" in page
    assert f"Replaced by return {first.pk}" not in page
