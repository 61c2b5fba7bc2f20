"""Refusals as pages: the reason, the status, and nothing lost or leaked."""

import pytest
from django.test import Client
from django.urls import reverse

from foitracker.accounts.roles import Role
from requests_app.operations.intake import assign
from tests import factories
from tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_more_than_can_be_read_is_told_the_limit(client: Client) -> None:
    client.force_login(factories.person(Role.INTAKE))
    response = client.post(reverse("requests_app:new_request"), {"words": "x" * 6_000_000})
    assert response.status_code == 413
    assert "At most 100,000 characters" in response.content.decode()


def test_what_is_not_a_request_of_a_browser_is_told_so(client: Client) -> None:
    response = client.get("/", headers={"host": "nowhere.example.org:notaport"})
    assert response.status_code == 400
    assert "That could not be understood" in response.content.decode()


def test_a_refusal_names_the_roles_that_may(client: Client) -> None:
    client.force_login(factories.person(Role.AUDITOR))
    response = client.get(reverse("requests_app:new_request"))
    assert response.status_code == 403
    page = response.content.decode()
    for role in ("Intake", "FOI officer", "Decision maker", "Manager"):
        assert role in page


def test_a_case_changed_meanwhile_outside_a_form_says_what_was_done(client: Client) -> None:
    """A button without a form of its own meets the same conflict on a page of its own."""
    from django.test import RequestFactory

    from foitracker.casework.refusal_pages import RefusalMiddleware
    from foitracker.casework.refusals import CaseChanged

    officer = factories.person(Role.OFFICER)
    case = factories.request()
    assign(case_id=case.pk, by=officer, at=AT, officer=officer)
    case.refresh_from_db()
    request = RequestFactory().post("/")
    request.user = officer
    response = RefusalMiddleware(lambda _: None).process_exception(request, CaseChanged(case, seen_version=1))
    assert response is not None
    assert response.status_code == 409
    page = response.content.decode()
    assert "was changed after you opened this page" in page
    assert "Officer assigned" in page
    assert case.get_absolute_url() in page
