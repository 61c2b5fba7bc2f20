"""Overdue is after the due day on any kind of day: everywhere the same, and everywhere in the same words."""

import json
import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Consultation
from requests_app.operations.intake import assign
from tests import factories
from tests.referrals import logs
from tests.referrals.operations.advised import lead

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: Received, due, a day that is no working day right after it, and what is said on that day.
DAYS = [
    (date(2026, 10, 30), date(2026, 11, 27), date(2026, 11, 29), "Overdue since Friday 27 November"),
    (date(2026, 11, 25), date(2026, 12, 24), date(2026, 12, 28), "Overdue since Thursday 24 December"),
]
IDS = ["a Sunday", "a bank holiday"]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _set_today(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setattr(timezone, "now", lambda: _at(today))


def _page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def _counted(client: Client, url: str) -> int:
    count: int = client.get(url).context["page_obj"].paginator.count
    return count


@pytest.mark.parametrize(("received", "due", "today", "words"), DAYS, ids=IDS)
def test_a_request_is_overdue_everywhere(
    client: Client, monkeypatch: pytest.MonkeyPatch, received: date, due: date, today: date, words: str
) -> None:
    officer = factories.person(Role.OFFICER)
    case = factories.request(received_on=received, at=_at(received))
    assert case.due_on == due
    assign(case_id=case.pk, by=officer, at=_at(received), officer=officer)
    register = reverse("requests_app:register")
    pages = [register, reverse("dashboard:my_work"), case.get_absolute_url()]
    pages.append(reverse("requests_app:clock", args=[case.year, case.number]))

    for day, overdue in ((due, False), (today, True)):
        _set_today(monkeypatch, day)
        client.force_login(officer)
        assert [words in _page(client, page) for page in pages] == [overdue] * len(pages)
        figure = client.get(reverse("dashboard:my_work")).context["figures"]["my_overdue"]
        assert figure.count == _counted(client, f"{register}?overdue=on") == int(overdue)
        assert _reading(received, day)["is_overdue"] is overdue
        assert (words in _command(received, day)) is overdue
        assert _measured("overdue", day) == int(overdue)


def _command(received: date, on: date, *arguments: str) -> str:
    out = StringIO()
    call_command("due_date", received.isoformat(), "--on", on.isoformat(), *arguments, stdout=out)
    return out.getvalue()


def _reading(received: date, on: date) -> dict[str, object]:
    found: dict[str, object] = json.loads(_command(received, on, "--json"))
    return found


def _measured(code: str, on: date) -> int:
    out = StringIO()
    call_command("measures", "--on", on.isoformat(), "--json", stdout=out)
    return next(int(one["count"]) for one in json.loads(out.getvalue())["measures"] if one["code"] == code)


@pytest.fixture
def adviser() -> User:
    return logs.adviser()


@pytest.mark.parametrize(("_received", "due", "today", "words"), DAYS, ids=IDS)
def test_advice_is_overdue_everywhere(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    adviser: User,
    _received: date,
    due: date,
    today: date,
    words: str,
) -> None:
    log = logs.log("Fernshire", by=adviser, adviser=adviser, status="in_hand", received_on=due, reply_by=due)
    pages = [reverse("referrals:log"), reverse("dashboard:my_work"), log.get_absolute_url()]

    for day, overdue in ((due, False), (today, True)):
        _set_today(monkeypatch, day)
        client.force_login(adviser)
        assert [words in _page(client, page) for page in pages] == [overdue] * len(pages)
        work = client.get(reverse("dashboard:my_work")).context["referral_work"]
        listed = _counted(client, f"{pages[0]}?overdue=on")
        assert work["figures"]["my_advice_overdue"].count == listed == int(overdue)
        assert _measured("advice_overdue", day) == int(overdue)


@pytest.mark.parametrize(("_received", "due", "today", "words"), DAYS, ids=IDS)
def test_so_are_a_forces_own_limit_and_a_leads_reply(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    adviser: User,
    _received: date,
    due: date,
    today: date,
    words: str,
) -> None:
    log = logs.log(by=adviser, status="in_hand", received_on=due)
    logs.refer(log, "Fernshire", stated_due_on=due)
    Consultation.objects.create(
        referral=log, lead=lead(), question="Is it published?", asked_on=due, asked_by=adviser, reply_by=due
    )

    for day, overdue in ((due, False), (today, True)):
        _set_today(monkeypatch, day)
        client.force_login(adviser)
        page = _page(client, log.get_absolute_url())
        assert [said in page for said in (words, "The reply is late.")] == [overdue, overdue]
        work = client.get(reverse("dashboard:my_work")).context["referral_work"]
        listed = _counted(client, f"{reverse('referrals:log')}?waits=lead")
        assert work["figures"]["lead_late"].count == listed == len(work["late_replies"]) == int(overdue)
