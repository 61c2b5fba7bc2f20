"""Home: each role finds its own work, and each number leads to as many requests."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import assign
from requests_app.operations.response import submit_letter
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import AT, RECEIVED, Staff
from tests.queries import queries_of
from tests.requests_app.operations.part_refusal import WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:my_work")
REGISTER = reverse("requests_app:register")
#: What everyone who works in the authority sees of the referrals, and of the figures.
REFERRALS = ["Referrals", "Statistics", "Performance", "Returns"]


def _home(client: Client, user: User) -> HttpResponse:
    client.force_login(user)
    return client.get(URL)


def _given(officer: User, number: int, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    for _ in range(number):
        case = factories.request(received_on=day, at=timezone.now())
        assign(case_id=case.pk, by=officer, at=AT, officer=officer)


def _everything(staff: Staff) -> None:
    """Work of every kind, more than a list shows."""
    for user in (staff.officer, staff.decision_maker):
        _given(user, 12)
        _given(user, 10, days_ago=100)
    for _ in range(22):
        factories.request(by=staff.officer)
    approved_part_refusal(staff)
    waiting = drafted_part_refusal(staff)
    submit_letter(letter_id=waiting.letter.pk, by=staff.officer, at=AT, today=WORKED)
    closed = factories.request(by=staff.officer, officer=staff.officer)
    close_unanswered(
        case_id=closed.pk,
        by=staff.officer,
        at=AT,
        on=RECEIVED,
        outcome=Outcome.WITHDRAWN,
        reason="By telephone",
    )


def test_every_number_leads_to_as_many_requests(client: Client, staff: Staff) -> None:
    _everything(staff)
    for user in (staff.officer, staff.decision_maker, staff.intake, factories.person(Role.MANAGER)):
        page = _home(client, user)
        figures = page.context["figures"]
        assert figures
        for figure in figures.values():
            assert f'href="{escape(figure.url)}"' in page.content.decode()
            listed = client.get(figure.url).context["page_obj"].paginator.count
            assert listed == figure.count, (user, figure)


def test_an_officer_sees_their_own_the_overdue_first(client: Client, staff: Staff) -> None:
    _everything(staff)
    page = _home(client, staff.officer)
    mine = page.context["mine"].rows
    assert len(mine) == 20
    assert all(row.case.officer == staff.officer for row in mine)
    assert [row.is_overdue for row in mine] == sorted((row.is_overdue for row in mine), reverse=True)
    assert mine[0].is_overdue
    assert f"The first 20 of {page.context['figures']['my_open'].count}." in page.content.decode()
    assert len(page.context["closed"]) == 1


def test_letters_wait_for_those_who_may_approve_and_did_not_decide(client: Client, staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)
    manager = factories.person(Role.MANAGER)
    assert list(_home(client, manager).context["to_approve"]) == [worked.letter]
    page = _home(client, staff.decision_maker)
    assert not page.context["to_approve"]
    assert "1 waits for others" in page.content.decode()
    assert "to_approve" not in _home(client, staff.officer).context


def test_approved_letters_wait_to_be_issued(client: Client, staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    assert list(_home(client, staff.intake).context["to_issue"]) == [worked.letter]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.AUDITOR, "trail:trail"),
        (Role.ADMINISTRATOR, "dashboard:settings"),
        (Role.OUTSIDE_READER, "requests_app:shown"),
    ],
)
def test_who_has_no_casework_lands_where_their_work_is(client: Client, role: Role, place: str) -> None:
    response = _home(client, factories.person(role))
    assert response["Location"] == reverse(place)
    assert client.get(reverse(place)).status_code == 200


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ([Role.MANAGER], "dashboard:team_today"),
        ([Role.MANAGER, Role.INTAKE], "dashboard:team_today"),
        ([Role.MANAGER, Role.DECISION_MAKER], None),
        ([Role.MANAGER, Role.CRU_ADVISER], None),
        ([Role.OFFICER], None),
        ([Role.AUDITOR], "trail:trail"),
    ],
)
def test_after_sign_in_comes_the_team_or_the_own_work(
    client: Client, roles: list[Role], first: str | None
) -> None:
    """Whoever works cases besides finds their own first; a manager has My work in the navigation."""
    client.force_login(factories.person(*roles))
    response = client.get(settings.LOGIN_REDIRECT_URL)
    assert response.get("Location") == (reverse(first) if first else None)
    if first is None:
        assert "My work" in [item.label for item in response.context["nav_items"] if item.current]


def test_somebody_without_a_role_is_told_so(client: Client) -> None:
    response = _home(client, factories.person())
    assert response.status_code == 403
    assert "Your role does not let you see requests" in response.content.decode()


def test_nobody_signed_in_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(URL)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.REVIEWER])
def test_roles_without_a_queue_are_led_to_the_register(client: Client, role: Role) -> None:
    assert "Nothing waits for you here" in _home(client, factories.person(role)).content.decode()


def test_the_page_takes_as_many_queries_at_any_size(client: Client, staff: Staff) -> None:
    _everything(staff)
    for user in (staff.officer, staff.decision_maker, factories.person(Role.MANAGER)):
        client.force_login(user)
        few = queries_of(client, URL)
        _given(staff.officer, 3)
        _given(staff.decision_maker, 3, days_ago=100)
        assert queries_of(client, URL) == few <= 25


def test_navigation_offers_what_the_role_may_open(client: Client) -> None:
    expected = {
        Role.OFFICER: ["My work", "Reminders", "Register", "New request", *REFERRALS, "When is it due?"],
        Role.CRU_ADVISER: ["My work", "Reminders", "Register", *REFERRALS, "When is it due?"],
        Role.MANAGER: [
            *("Team today", "My work", "Reminders", "Register", "New request", *REFERRALS, "When is it due?"),
            *("Supervision", "Outbox", "Audit trail", "Calendar"),
        ],
        Role.AUDITOR: ["Register", *REFERRALS, "When is it due?", "Audit trail"],
        Role.ADMINISTRATOR: ["When is it due?", "Settings"],
        Role.OUTSIDE_READER: ["Requests shown to you"],
    }
    for role, labels in expected.items():
        client.force_login(factories.person(role))
        items = client.get(URL, follow=True).context["nav_items"]
        assert [item.label for item in items] == labels
        assert all(client.get(item.url).status_code == 200 for item in items)
        assert len([item for item in items if item.current]) == 1
