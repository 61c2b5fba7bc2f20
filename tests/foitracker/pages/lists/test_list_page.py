"""A list as a page and as a file, tried on users."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.pages.lists.capped_pages import CappedPaginator
from foitracker.pages.lists.columns import Column
from foitracker.pages.lists.views import EmptyState, ListPage, counted_words
from tests.foitracker.accounts.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


class PeopleFilter(forms.Form):
    q = forms.CharField(label="Name", required=False)
    added_to = forms.DateField(label="Added to", required=False)


class People(ListPage[User]):
    """A list with everything: a filter, orders, pages, a file with more columns than the page."""

    address, file_address, file_name = "accounts:users", "accounts:download_users", "people-{today}.csv"
    heading, noun = "People", ("person", "people")
    nothing = EmptyState("Nobody is here", "People appear when they are added.", "Add one", "/add/")
    nothing_matches = EmptyState("Nobody matches", "Remove a filter.", "Clear all filters")
    columns = (
        Column("name", "Name", lambda person: person.name, is_row_header=True),
        Column("email", "E-mail address", lambda person: person.email, first="descending"),
        Column("last_login", "Last sign-in", lambda person: person.last_login),
        Column("active", "State", lambda person: person.is_active, header="can sign in"),
        Column("roles", "Roles", lambda person: person.roles),
    )
    on_page = ("email", "name", "last_login", "active")
    in_file = ("name", "email", "active", "last_login", "roles")
    orders = ("name", "-name", "email", "-email")
    default_order = "name"
    page_size = 3

    def check(self) -> None:
        if not self.request.user.is_authenticated:
            raise PermissionDenied

    def filter_form(self) -> PeopleFilter:
        return PeopleFilter(self.request.GET)

    def find(self) -> QuerySet[User]:
        found = User.objects.filter(name__contains=self.form.cleaned_data["q"])
        return found.order_by(self.order(), "pk")


class NoPeople(People):
    """A list whose query finds nothing, whatever is asked."""

    def find(self) -> QuerySet[User]:
        return User.objects.none()


class Bare(ListPage[User]):
    """A list with nothing but what every list needs."""

    address = "accounts:users"
    heading, noun = "Bare", ("person", "people")
    nothing = EmptyState("Nobody is here")
    columns = (Column("name", "Name", lambda person: person.name),)

    def check(self) -> None:
        pass

    def find(self) -> list[User]:
        return []


@pytest.fixture
def user() -> User:
    return UserFactory(name="Ada", email="z@example.org")


def _answer(
    view: type[ListPage[Any]], user: User | AnonymousUser, address: str = "/", **arguments: Any
) -> HttpResponseBase:
    request = RequestFactory().get(address)
    request.user = user
    return view.as_view(**arguments)(request)


def _page(view: type[ListPage[Any]], user: User, address: str = "/") -> str:
    response = _answer(view, user, address)
    assert isinstance(response, HttpResponse)
    return response.content.decode().partition("<main")[2]  # the header names the user, too


def _file(user: User, address: str = "/") -> list[list[str]]:
    response: Any = _answer(People, user, address, as_file=True)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def _order(page: str, *parts: str) -> list[str]:
    """The parts in the order in which they stand on the page; those that are missing are left out."""
    return sorted((part for part in parts if part in page), key=page.index)


def test_the_page_shows_its_columns_in_its_own_order_and_plain_values_plainly(user: User) -> None:
    page = _page(People, user)
    assert "1 person." in page
    heads = re.findall('<th scope="col"[^>]*>(?:\\s*<a[^>]*>)?([^<\n]+)', page)
    assert heads == ["E-mail address", "Name", "Last sign-in", "State"]
    assert '<th scope="row" class="govuk-table__header"><bdi>Ada</bdi></th>' in page
    assert ">Yes</td>" in page
    assert ">–</td>" in page  # has never signed in
    User.objects.update(last_login=datetime(2025, 4, 25, 14, tzinfo=UTC))
    assert ">25/04/2025</td>" in _page(People, user)


def test_an_empty_list_says_what_that_means(user: User) -> None:
    page = _page(People, user, "/?q=zzz")
    assert "No people." in page
    assert "Nobody matches" in page
    assert f'<a class="govuk-link" href="{reverse("accounts:users")}">Clear all filters</a>' in page
    assert "<table" not in page
    assert "Download" not in page
    page = _page(NoPeople, user)
    assert "Nobody is here" in page
    assert '<a class="govuk-link" href="/add/">Add one</a>' in page
    assert "Nobody is here" in _page(Bare, user)


def test_an_action_that_cannot_be_done_is_not_offered() -> None:
    assert EmptyState("Nothing").action_url("/all/") == ""
    assert EmptyState("Nothing", action="See all").action_url("/all/") == "/all/"
    assert EmptyState("Nothing", action="Add", url="/add/").action_url("/all/") == "/add/"


@pytest.mark.parametrize(
    ("asked", "first", "sorted_by"),
    [
        ("", "Ada", "name ascending"),
        ("-name", "Bea", "name descending"),
        ("email", "Bea", "email ascending"),
        ("-email", "Ada", "email descending"),
        ("password", "Ada", "name ascending"),
        ("active", "Ada", "name ascending"),
    ],
)
def test_the_list_is_sorted_only_as_it_says(user: User, asked: str, first: str, sorted_by: str) -> None:
    UserFactory(name="Bea", email="a@example.org")
    page = _page(People, user, f"/?sort={asked}")
    assert _order(page, "<bdi>Ada</bdi>", "<bdi>Bea</bdi>")[0] == f"<bdi>{first}</bdi>"
    name, direction = sorted_by.split()
    heads = dict(zip(("email", "name"), re.findall('aria-sort="([a-z]+)"', page), strict=True))
    assert heads == {"email": "none", "name": "none"} | {name: direction}


def test_a_head_says_what_a_click_does_and_a_column_without_an_order_is_no_link(user: User) -> None:
    page = _page(People, user, "/?q=a&page=2")
    assert 'href="?q=a&amp;sort=-email"' in page  # this column begins with the last
    assert 'href="?q=a&amp;sort=-name"' in page  # in force, so it turns round
    assert page.count("app-sort") == 2
    assert "app-sort" not in _page(Bare, user)


@pytest.mark.parametrize("number", ["2", "9999"])
def test_a_long_list_is_shown_page_by_page(user: User, number: str) -> None:
    for name in ("Bea", "Cyd", "Dot"):
        UserFactory(name=name)
    page = _page(People, user)
    assert "4 people, showing 1 to 3." in page
    assert "<bdi>Dot</bdi>" not in page
    assert 'rel="next"' in page
    page = _page(People, user, f"/?page={number}")
    assert "4 people, showing 4 to 4." in page
    assert "<bdi>Dot</bdi>" in page


def test_filters_narrow_the_page_and_the_file_and_can_be_taken_away(user: User) -> None:
    UserFactory(name="Bea")
    page = _page(People, user, "/?q=B&sort=-name&page=3")
    assert "1 person." in page
    assert "<bdi>Ada</bdi>" not in page
    assert 'href="?sort=-name"><span><span class="govuk-visually-hidden">Remove filter: </span>Name' in page
    address = re.search('href="([^"]*)" hx-boost="false">Download', page)
    assert address is not None
    assert unescape(address[1]) == f"{reverse('accounts:download_users')}?q=B&sort=-name"
    assert [line[0] for line in _file(user, "/?q=B")] == ["name", "Bea"]


def test_a_filter_that_makes_no_sense_says_why_on_the_page_and_for_the_file(user: User) -> None:
    for arguments in ({}, {"as_file": True}):
        response: Any = _answer(People, user, "/?added_to=never", **arguments)
        assert response.status_code == 400
        page = response.content.decode()
        assert "Added to: enter a valid date." in page
        assert "<table" not in page
        assert "Nobody" not in page


def test_the_file_is_the_whole_list_with_columns_of_its_own(user: User) -> None:
    User.objects.update(roles=[Role.OFFICER, Role.REVIEWER], last_login=datetime(2025, 4, 25, 14, tzinfo=UTC))
    for name in ("=Bea", "Cyd", "Dot"):
        UserFactory(name=name, is_active=False)
    lines = _file(user, "/?sort=-name&page=2")
    assert lines[0] == ["name", "e-mail address", "can sign in", "last sign-in", "roles"]
    assert [line[0] for line in lines[1:]] == ["Dot", "Cyd", "Ada", "'=Bea"]
    assert lines[3] == ["Ada", "z@example.org", "yes", "2025-04-25T14:00:00+00:00", "officer; reviewer"]
    assert lines[1][2:] == ["no", "", ""]
    response = _answer(People, user, as_file=True)
    assert f"people-{timezone.localdate().isoformat()}.csv" in response["Content-Disposition"]


def test_the_file_is_made_chunk_by_chunk(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    chunks: list[int] = []

    class Counted(People):
        def rows(self, found: Sequence[User]) -> Sequence[User]:
            chunks.append(len(found))
            return found

    monkeypatch.setattr("foitracker.pages.lists.views.CHUNK", 2)
    for _ in range(4):
        UserFactory()
    response: Any = _answer(Counted, user, as_file=True)
    lines = iter(response.streaming_content)
    for _ in range(3):  # the byte order mark, the header and the first row
        next(lines)
    assert chunks == [2]
    assert len(list(lines)) == 4
    assert chunks == [2, 2, 1]


@pytest.mark.parametrize("arguments", [{}, {"as_file": True}])
def test_who_may_not_see_the_list_gets_neither_page_nor_file(arguments: dict[str, bool]) -> None:
    class Unchecked(Bare):
        check = ListPage.check

    with pytest.raises(PermissionDenied):
        _answer(People, AnonymousUser(), **arguments)
    with pytest.raises(NotImplementedError):  # a list that does not say who may see it is seen by nobody
        _answer(Unchecked, AnonymousUser(), **arguments)


def test_a_list_is_only_read(user: User) -> None:
    request = RequestFactory().post("/")
    request.user = user
    assert People.as_view()(request).status_code == 405


def test_a_page_takes_as_many_queries_for_many_rows_as_for_one(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(People, "page_size", 50)
    with CaptureQueriesContext(connection) as few:
        _page(People, user)
    for _ in range(40):
        UserFactory()
    with CaptureQueriesContext(connection) as many:
        _page(People, user)
    assert len(few) == len(many) > 0


@pytest.mark.parametrize(
    ("htmx", "focus"), [(False, 'role="status">'), (True, 'role="status" tabindex="-1" autofocus>')]
)
def test_a_list_that_changed_in_place_takes_the_focus(user: User, htmx: bool, focus: str) -> None:
    request = RequestFactory().get("/")
    request.user, request.htmx = user, htmx
    response: Any = People.as_view()(request)
    assert focus in response.content.decode()


@pytest.mark.parametrize(
    ("many", "cap", "words"),
    [
        (0, 5, "No logs"),
        (1, 5, "1 log"),
        (2, 5, "2 logs"),
        (5, 5, "5 logs, showing 1 to 2"),
        (6, 5, "More than 5 logs, showing 1 to 2"),
    ],
)
def test_how_much_there_is_is_counted_to_the_cap(
    monkeypatch: pytest.MonkeyPatch, many: int, cap: int, words: str
) -> None:
    monkeypatch.setattr("foitracker.pages.lists.capped_pages.COUNT_CAP", cap)
    for _ in range(many):
        UserFactory()
    pages = CappedPaginator(User.objects.order_by("pk"), 2)
    assert counted_words(pages.get_page(1), ("log", "logs")) == words


def test_thousands_are_written_with_a_comma() -> None:
    page = Paginator(range(12_345), 50).get_page(100)
    assert counted_words(page, ("log", "logs")) == "12,345 logs, showing 4,951 to 5,000"
