"""The working of a request's time limit as a regulator gets it: the reference, and nothing of the applicant."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from foitracker.accounts.roles import Role
from foitracker.working_days.operations import calendar as operations
from foitracker.working_days.queries import current_calendar, forget_calendar
from requests_app.models import FoiRequest
from requests_app.operations.clock import ask_clarification
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import assign
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import AT, RECEIVED

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def case() -> FoiRequest:
    officer = factories.person(Role.OFFICER)
    factories.authority()
    case = factories.request(subject="Patrols of Perpetua Lowmoor")
    assign(case_id=case.pk, by=officer, at=AT, officer=officer)
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which plan?", today=date(2026, 3, 9)
    )
    return FoiRequest.objects.get(pk=case.pk)


def printed(client: Client, case: FoiRequest) -> str:
    client.force_login(factories.person(Role.AUDITOR))
    response: Any = client.get(f"{case.get_absolute_url()}clock/working.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        f'inline; filename="{case.reference.replace("/", "-")}-time-limit.pdf"'
    )
    assert "no-store" in response.headers["Cache-Control"]
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_names_the_request_its_facts_and_dates_and_no_applicant(client: Client, case: FoiRequest) -> None:
    words = printed(client, case)
    assert f"Request {case.reference}" in words
    assert "Council of Example Chiefs" in words
    assert "Monday 2 March 2026 Clarification asked FOIA s.1(3)" in words
    assert "Tuesday 2 June 2026 Lapses without an answer after" in words
    assert f"version {current_calendar().version}" in words
    for secret in ("Perpetua", "Lowmoor", "Patrols", "Which plan?"):
        assert secret not in words


def test_a_request_that_is_not_there(client: Client, case: FoiRequest) -> None:
    client.force_login(factories.person(Role.OFFICER))
    assert client.get("/requests/2031/9999/clock/working.pdf").status_code == 404


def test_a_closed_request_keeps_the_calendar_it_was_judged_by(client: Client) -> None:
    officer = factories.person(Role.OFFICER)
    case = factories.request(by=officer, officer=officer)
    close_unanswered(
        case_id=case.pk, by=officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By telephone"
    )
    case.refresh_from_db()
    judged_by = case.calendar_version
    manager = factories.person(Role.MANAGER)
    (proposal,) = operations.propose_by_hand(
        by=manager,
        at=AT,
        kind="addition",
        day=date(2026, 3, 10),
        divisions=["scotland"],
        title="Jubilee",
        reason="Proclaimed today.",
    )
    operations.confirm_proposals(by=manager, at=AT, ids=[proposal.pk])
    forget_calendar()
    assert current_calendar().version != judged_by
    words = printed(client, case)
    assert f"version {judged_by}" in words
    assert "Jubilee" not in words
