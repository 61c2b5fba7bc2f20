"""The pages of a search and of what is held."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from requests_app.models import FoiRequest
from tests.factories import Staff

from .casework import Desk, day, text_of, with_items

pytestmark = pytest.mark.django_db

SEARCH: dict[str, Any] = {
    "searched": "Case management system",
    "searched_by": "Records unit",
    **day("searched_on", date(2026, 3, 5)),
    "criteria": "plan, patrol",
    "holding": "partly_held",
}


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


def test_a_search_says_what_is_held(desk: Desk, case: FoiRequest) -> None:
    response = desk.post("searches/add/", SEARCH)

    assert response["Location"].endswith("#searches")
    search = case.searches.get()
    assert (search.searched_on, search.result) == (date(2026, 3, 5), "")
    case.refresh_from_db()
    assert case.holding == "partly_held"
    assert desk.get("searches/add/").context["form"].initial["holding"] == "partly_held"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"searched": ""}, "Enter what was searched"),
        ({"searched": "x" * 201}, "Shorten this to 200 characters"),
        ({"searched": "two\nlines"}, "one line"),
        ({"criteria": ""}, "Enter the search criteria"),
        ({"holding": ""}, "Choose what is held"),
        ({"searched_on_0": "31", "searched_on_1": "2"}, "Enter a real date"),
        ({"searched_on_0": "", "searched_on_1": "", "searched_on_2": ""}, "Enter the date of the search"),
        (day("searched_on", date(2026, 3, 1)), "between 02/03/2026"),
    ],
)
def test_a_bad_search_is_explained_and_nothing_is_lost(
    desk: Desk, case: FoiRequest, change: dict[str, str], message: str
) -> None:
    response = desk.post("searches/add/", {**SEARCH, "result": "Forty pages, kept.", **change})

    assert response.status_code == 422
    assert message in text_of(response)
    assert "Forty pages, kept." in text_of(response)
    assert not case.searches.exists()


def test_a_search_is_not_in_the_future(desk: Desk, case: FoiRequest) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert desk.post("searches/add/", {**SEARCH, **day("searched_on", tomorrow)}).status_code == 422


def test_what_is_held_is_changed(desk: Desk, case: FoiRequest) -> None:
    assert desk.post("holding/", {"holding": "ncnd"}).status_code == 302
    case.refresh_from_db()
    assert case.holding == "ncnd"
    assert desk.post("holding/", {"holding": "perhaps"}).status_code == 422


@pytest.mark.parametrize(
    "page",
    [
        "items/", "items/decide/", "searches/add/", "holding/", "claims/add/", "claims/add/23/",
        "clarifications/ask/", "clarifications/answer/",
    ],
)  # fmt: skip
def test_who_does_not_work_on_cases_is_refused_with_the_reason(
    staff: Staff, case: FoiRequest, page: str
) -> None:
    desk = Desk(staff.intake, case)

    for response in (desk.get(page), desk.client.post(desk.base + page)):
        assert response.status_code == 403
        assert "FOI officer" in text_of(response)


def test_nobody_signed_in_is_asked_to_sign_in(desk: Desk) -> None:
    desk.client.logout()

    assert desk.get("holding/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize("page", ["items/", "items/decide/", "searches/add/", "holding/", "claims/add/"])
def test_a_closed_case_says_why_it_cannot_be_changed(desk: Desk, case: FoiRequest, page: str) -> None:
    FoiRequest.objects.filter(pk=case.pk).update(
        status="closed", outcome="withdrawn", closed_on=date(2026, 3, 9)
    )

    response = desk.get(page)

    assert response.status_code == 409
    assert "Correct the issued letter to reopen it" in text_of(response)
    assert case.get_absolute_url() in text_of(response)


def test_a_request_that_does_not_exist(desk: Desk) -> None:
    assert desk.client.get("/requests/2026/99999999999999/holding/").status_code == 404
    assert desk.client.get(desk.base + "items/99999999999999999999/decide/").status_code == 404
