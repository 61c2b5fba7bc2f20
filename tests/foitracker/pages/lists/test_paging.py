"""Pages of long lists: the same rows however they are read, and read as the count advises."""

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.pages.lists.paging import counted_along, gathered, is_usual, read_page, read_rows
from requests_app.models import FoiRequest
from requests_app.queries.register import ORDERS, RegisterFilter, register
from tests import factories
from tests.requests_app.many_requests import archived_requests

pytestmark = [pytest.mark.django_db, pytest.mark.services]


READER = User(roles=[Role.AUDITOR])


@pytest.fixture
def archive() -> None:
    """600 requests, 30 of them open, of which PostgreSQL knows what it knows of any table after a while."""
    officers = [factories.person(Role.OFFICER) for _ in range(10)]
    archived_requests(600, still_open=30, by=factories.person(Role.INTAKE), officers=officers)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {FoiRequest._meta.db_table}")


def found(**chosen: object) -> QuerySet[FoiRequest]:
    return register(RegisterFilter(**{"live": False, **chosen}), user=READER)  # type: ignore[arg-type]


def plan_of(page: QuerySet[FoiRequest], *, are_many: bool) -> str:
    """Return how PostgreSQL would read a page while the advice for it holds."""
    with transaction.atomic():
        read_page(page, are_many=are_many)
        return page.explain()


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("chosen", [{}, {"text": "information"}, {"outcome": "refused"}, {"regime": "EIR"}])
def test_gathered_or_walked_the_page_is_the_same(
    archive: None, order: str, chosen: dict[str, object]
) -> None:
    page = found(order=order, **chosen)[10:35]
    as_found = [case.pk for case in page.all()]

    assert len(as_found) == 25
    assert [case.pk for case in read_page(page, are_many=False)] == as_found
    assert [case.pk for case in read_page(page, are_many=True)] == as_found
    keys = gathered(found(order=order, **chosen), 1000)[10:35]
    assert [case.pk for case in read_rows(found(order=order, **chosen), keys)] == as_found


def test_the_count_stops_one_past_the_cap(archive: None) -> None:
    everything = found()

    for cap, number in [(1000, 600), (600, 600), (599, 600), (100, 101)]:
        assert counted_along(everything, cap) == number
        assert len(gathered(everything, cap)) == number


def test_nothing_found_is_an_empty_page(archive: None) -> None:
    nothing = found(text="zzyzx")

    assert counted_along(nothing, 10) == 0
    assert gathered(nothing, 10) == []
    assert gathered(found(officer_id=0).none(), 10) == []
    assert read_page(nothing[:50], are_many=False) == []


def test_what_most_of_the_newest_rows_are_is_usual(archive: None) -> None:
    assert is_usual(found())
    assert is_usual(found(text="information"))
    assert not is_usual(found(text="zzyzx"))
    assert not is_usual(found(regime="EIR"))


def test_no_more_of_the_rows_is_gathered_than_orders_them(archive: None) -> None:
    day = FoiRequest.objects.latest("received_on").received_on
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        gathered(found(received_from=day, received_to=day, order="-received"), 1000)
    asked = captured.captured_queries[-2]["sql"]  # before the end of the transaction
    assert '"received_on"' in asked
    assert '"subject"' not in asked


def test_few_are_fetched_by_what_was_asked_and_sorted(archive: None) -> None:
    plan = plan_of(found(text="information", order="due")[:50], are_many=False)

    assert "Bitmap Index Scan on request_search" in plan
    assert "Sort" in plan


def test_many_are_met_along_the_index_of_the_order(archive: None) -> None:
    # A page shorter than the matches PostgreSQL expects among 600, as fifty are shorter than those among a million.
    plan = plan_of(found(text="zzyzx", order="due")[:1], are_many=True)

    assert "Index Scan using request_by_due" in plan
    assert "request_search" not in plan


def test_the_advice_ends_with_the_transaction(archive: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        read_page(found()[:50], are_many=True)

    advice = [query["sql"] for query in captured if query["sql"].startswith("SET")]
    assert len(advice) == 1
    assert all(setting.strip().startswith("SET LOCAL") for setting in advice[0].split(";"))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("text", "is_common"), [("information", True), ("zzyzx", False)])
def test_words_that_most_requests_have_are_looked_for_in_those_of_the_other_filter(
    archive: None, order: str, text: str, is_common: bool
) -> None:
    chosen = found(text=text, outcome="refused", order=order)
    wanted = [case.pk for case in found(outcome="refused", order=order) if text in case.words]
    with transaction.atomic():
        assert gathered(chosen, 1000) == wanted
        assert ("COALESCE" in str(chosen.query)) == is_common
        assert not is_common or "request_search" not in chosen.explain()
