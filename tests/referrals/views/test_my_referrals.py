"""What waits for an adviser on My work: every figure opens as many logs as it counts."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.views.my_referrals import SHOWN
from tests.factories import person
from tests.queries import queries_of
from tests.referrals import logs
from tests.referrals.factories import AT, RECEIVED, entry, referral, triaged
from tests.referrals.operations.advised import TODAY, advise, lead

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:my_work")
LOG = reverse("referrals:log")


@pytest.fixture
def by() -> User:
    return logs.adviser()


def _home(client: Client, user: User) -> HttpResponse:
    client.force_login(user)
    return client.get(URL)


def _counted(client: Client, query: str) -> int:
    count: int = client.get(f"{LOG}?{query}").context["page_obj"].paginator.count
    return count


def _work(by: User, times: int) -> None:
    """Work of every kind, this often."""
    today = timezone.localdate()
    for _ in range(times):
        logs.log(
            "Fernshire", "Moorland", scope="several", reply_by=today + timedelta(days=1), received_on=today
        )
        logs.log(
            "Fernshire", adviser=by, status="in_hand", reply_by=today - timedelta(days=1), received_on=today
        )
        old = {"received_on": today - timedelta(days=60), "reply_by": today + timedelta(days=3)}
        logs.log("Fernshire", priority="low", priority_reason="So.", status="in_hand", **old)
        asked = triaged(referral(by=by, forces=[entry("Kent Police", request_received_on=RECEIVED)]), by=by)
        consult(
            referral_id=asked.pk, by=by, at=AT, today=RECEIVED, lead_id=lead(portfolio=f"Lead {asked.pk}").pk,
            question="Is it published?",
        )  # fmt: skip
        advise(triaged(referral(by=by), by=by), by)


def test_every_figure_opens_as_many_logs_as_it_counts(client: Client, by: User) -> None:
    _work(by, 2)
    told = advise(referral(by=by), by)
    circulate(advice_id=told.pk, by=by, at=AT, today=TODAY)
    work = _home(client, by).context["referral_work"]
    counts = {code: figure.count for code, figure in work["figures"].items()}
    assert counts["my_awaiting_advice"] == _counted(client, f"adviser={by.pk}") == 4
    assert counts["my_advice_overdue"] == _counted(client, f"adviser={by.pk}&overdue=on") == 4
    assert counts["to_triage"] == _counted(client, "status=logged") == 2
    assert counts["no_adviser"] == _counted(client, "adviser=none") == 4
    assert counts["ageing"] == _counted(client, "ageing=on") == 4
    assert work["all_ageing_low"].count == _counted(client, "ageing=on&priority=low") == 2
    assert counts["lead_late"] == _counted(client, "waits=lead") == 2
    assert counts["forces_untold"] == _counted(client, "status=advised&waits=telling") == 2
    manager = _home(client, person(Role.MANAGER)).context["referral_work"]["figures"]
    assert manager["advice_overdue"].count == _counted(client, "overdue=on") == 4


def test_the_addresses_of_the_figures_are_those_that_were_counted(client: Client, by: User) -> None:
    page = _home(client, by).content.decode()
    for query in (
        f"adviser={by.pk}",
        f"overdue=on&amp;adviser={by.pk}",
        "status=logged",
        "adviser=none",
        "waits=lead",
        "status=advised&amp;waits=telling",
        "ageing=on",
    ):
        assert f'href="{LOG}?{query}"' in page


def test_an_advisers_lists_are_their_own_by_the_day_advice_is_due(client: Client, by: User) -> None:
    today = timezone.localdate()
    for name, days in (("Later", 5), ("Overdue", -2), ("Soon", 1)):
        logs.log(
            "Fernshire", subject=name, adviser=by, status="in_hand", reply_by=today + timedelta(days=days)
        )
    logs.log("Fernshire", subject="Somebody's", adviser=logs.adviser(), status="in_hand")
    logs.log("Fernshire", subject="Nobody's")
    work = _home(client, by).context["referral_work"]
    assert [row.case.subject for row in work["mine"]] == ["Overdue", "Soon", "Later"]
    assert [row.case.subject for row in work["to_triage"]] == ["Nobody's"]


def test_a_manager_sees_how_much_is_overdue_and_how_much_nobody_has(client: Client, by: User) -> None:
    today = timezone.localdate()
    logs.log(
        "Fernshire", subject="Late one", adviser=by, status="in_hand", reply_by=today - timedelta(days=1)
    )
    logs.log("Fernshire", subject="New one")
    response = _home(client, person(Role.MANAGER))
    figures = response.context["referral_work"]["figures"]
    assert {code: figure.count for code, figure in figures.items()} == {
        "advice_overdue": 1,
        "to_triage": 1,
        "no_adviser": 1,
        "mail_not_delivered": 0,
    }
    page = response.content.decode()
    assert f'href="{LOG}?overdue=on"' in page
    assert "Late one" not in page  # the figures open the lists


def test_low_priority_is_not_forgotten(client: Client, by: User) -> None:
    old = {
        "received_on": timezone.localdate() - timedelta(days=60),
        "priority_reason": "So.",
        "status": "in_hand",
    }
    logs.log("Fernshire", subject="Low and old", priority="low", **old)
    logs.log("Fernshire", subject="High and old", priority="high", **old)
    logs.log(
        "Fernshire", subject="Low and new", priority="low", **{**old, "received_on": timezone.localdate()}
    )
    work = _home(client, by).context["referral_work"]
    assert [row.case.subject for row in work["ageing_low"]] == ["Low and old"]
    assert "Low priority, but ageing" in client.get(URL).content.decode()


def test_lists_are_cut_and_lead_to_the_whole(client: Client, by: User) -> None:
    for _ in range(SHOWN + 1):
        logs.log("Fernshire")
    page = _home(client, by).content.decode()
    assert f"The first {SHOWN} of {SHOWN + 1}." in page


def test_who_does_not_advise_is_shown_no_referrals(client: Client, by: User) -> None:
    logs.log("Fernshire", subject="Not theirs")
    assert "Not theirs" not in _home(client, person(Role.OFFICER)).content.decode()


def test_it_takes_as_many_queries_for_much_as_for_little(client: Client, by: User) -> None:
    client.force_login(by)
    _work(by, 1)
    client.get(URL)
    few = queries_of(client, URL)
    _work(by, 4)
    assert queries_of(client, URL) == few <= 25
