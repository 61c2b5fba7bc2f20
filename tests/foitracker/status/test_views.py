"""How the tracker runs, as a page and as a report: under every role, and when something is wrong."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from foitracker.accounts.roles import Role
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import queue_message
from foitracker.queues import Queue
from foitracker.status import readings as registry
from foitracker.status.models import LastRun
from foitracker.status.operations import note_beat, note_run
from foitracker.status.readings import Reading, readings, register, troubles
from foitracker.status.tasks import show_life
from tests.factories import person
from tests.foitracker.declared import BATCHED, MESSAGE

pytestmark = [pytest.mark.django_db, pytest.mark.services]

PAGE, REPORT = "/status/", "/status/report/"
TOKEN = "a-token-of-the-monitoring-0123456789"
MAY = {Role.MANAGER, Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def _running() -> None:
    """Every worker and beat has just shown itself."""
    for queue in Queue:
        note_run(task=show_life.name, queue=queue, at=timezone.now(), has_failed=False)
    note_beat(at=timezone.now())


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(registry, "_looks", dict(registry._looks))


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(person(Role.MANAGER))
    return client


def queue(key: str, **changes: Any) -> OutboxMessage:
    given: dict[str, Any] = {
        "kind": MESSAGE,
        "about": "2253/2025",
        "page": "",
        "to": "a@example.org",
        "subject": "Your request",
        "body": "",
        "attachments": [],
        "at": timezone.now(),
    }
    return queue_message(key=key, **{**given, **changes})


def asked(client: Client, token: str = TOKEN) -> Any:
    return client.get(REPORT, headers={"Authorization": f"Bearer {token}"})


def reading(code: str, at: datetime | None = None) -> Reading:
    (found,) = [one for one in readings(at or timezone.now()) if one.code == code]
    return found


def ran(task: str, queue: str = "sweeps", *, ago: timedelta, has_failed: bool = False) -> None:
    LastRun.objects.filter(task=task, queue=queue).delete()
    note_run(task=task, queue=queue, at=timezone.now() - ago, has_failed=has_failed)


# --- who is told ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_the_page_and_the_report_are_for_managers_and_administrators(role: Role, client: Client) -> None:
    client.force_login(person(role))
    expected = 200 if role in MAY else 403
    assert (client.get(PAGE).status_code, client.get(REPORT).status_code) == (expected, expected)


def test_an_administrator_is_not_led_to_the_outbox(manager: Client) -> None:
    queue("waiting")
    assert "/outbox/?state=queued" in manager.get(PAGE).content.decode()
    manager.force_login(person(Role.ADMINISTRATOR))
    page = manager.get(PAGE).content.decode()
    assert "Jobs waiting: letters to applicants" in page
    assert "/outbox/" not in page


def test_the_token_needs_no_session(client: Client, settings: Settings) -> None:
    settings.MONITORING_TOKEN = TOKEN
    answer = asked(client)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "authorization",
    [
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer ",
        "Bearer",
        "",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer é",
    ],
)
def test_a_wrong_token_is_told_nothing(authorization: str, client: Client, settings: Settings) -> None:
    settings.MONITORING_TOKEN = TOKEN
    answer = client.get(REPORT, headers={"Authorization": authorization})
    assert (answer.status_code, answer.json()) == (401, {"error": "unauthorised"})
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["", TOKEN])
def test_nobody_is_told_without_a_token(token: str, client: Client, settings: Settings) -> None:
    settings.MONITORING_TOKEN = token
    assert client.get(REPORT).status_code == 401
    assert client.get(PAGE).status_code == 302


def test_where_no_token_is_set_an_empty_one_is_wrong(client: Client, settings: Settings) -> None:
    settings.MONITORING_TOKEN = ""
    for token in ("", "None", TOKEN):
        assert asked(client, token).status_code == 401


def test_a_manager_with_a_wrong_token_is_refused(manager: Client, settings: Settings) -> None:
    settings.MONITORING_TOKEN = TOKEN
    assert asked(manager, "wrong").status_code == 401


def test_it_is_only_read(manager: Client) -> None:
    assert (manager.post(PAGE).status_code, manager.post(REPORT).status_code) == (405, 405)


# --- what is told ---------------------------------------------------------------------------------


def test_all_is_well(manager: Client) -> None:
    page = manager.get(PAGE).content.decode()
    assert "All is well" in page
    assert "Needs attention" not in page
    answer = manager.get(REPORT)
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert answer.json()["readings"]["redis"] == {"label": "Redis", "value": True, "ok": True}
    assert answer.json()["readings"]["queue_mail"]["value"] == 0
    assert troubles(timezone.now()) == []


@pytest.mark.parametrize(
    ("kind", "code"), [(MESSAGE, "unsent_mail"), (BATCHED, "unsent_letters")], ids=["mail", "letters"]
)
def test_what_has_waited_too_long_in_its_lane(kind: Any, code: str, manager: Client) -> None:
    now = timezone.now()
    queue("new", kind=kind, at=now)
    queue("younger", kind=kind, at=now - timedelta(minutes=14))
    assert not reading(code).is_in_trouble
    old = queue("old", kind=kind, at=now - timedelta(minutes=16))
    assert reading(code).value == {"waiting": 3, "oldest": old.queued_at.isoformat()}
    assert [one.code for one in troubles(now)] == [code]
    page = manager.get(PAGE).content.decode()
    assert "3 waiting, the oldest since" in page
    assert "Check the mail server" in page
    answer = manager.get(REPORT)
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
    assert [name for name, one in answer.json()["readings"].items() if not one["ok"]] == [code]


def test_how_long_is_too_long_is_a_setting(settings: Settings) -> None:
    settings.LONGEST_UNSENT_MINUTES = 60
    queue("old", at=timezone.now() - timedelta(minutes=59))
    assert not reading("unsent_mail").is_in_trouble


def test_what_did_not_arrive_is_counted_until_it_is_sent_again(manager: Client) -> None:
    now = timezone.now()
    message = queue("refused")
    OutboxMessage.objects.update(status="failed", failed_at=now, next_attempt_at=None)
    assert reading("undelivered").value == 1
    assert "1 e-mail refused or returned" in manager.get(PAGE).content.decode()
    queue("again", again_of=message)
    assert reading("undelivered").value == 0


def test_what_waits_in_each_queue() -> None:
    for name in ("letters", "letters", "sweeps"):
        show_life.apply_async(queue=name)
    assert {name: reading(f"queue_{name}").value for name in Queue} == {"letters": 2, "mail": 0, "sweeps": 1}
    assert reading("queue_letters").label == "Jobs waiting: letters to applicants"


@pytest.mark.parametrize("name", [*Queue, "beat"])
def test_a_worker_that_has_been_silent_for_three_minutes(name: str, manager: Client) -> None:
    code = name if name == "beat" else f"worker_{name}"
    mine = LastRun.objects.filter(queue="" if name == "beat" else name)
    mine.update(ended_at=timezone.now() - timedelta(seconds=170))
    assert not reading(code).is_in_trouble
    mine.update(ended_at=timezone.now() - timedelta(seconds=190))
    assert [one.code for one in troubles(timezone.now())] == [code]
    assert "Check that it is running" in manager.get(PAGE).content.decode()
    mine.delete()
    assert (reading(code).words, reading(code).is_in_trouble) == ("Not active yet", True)


def test_any_job_that_ends_shows_that_its_worker_lives() -> None:
    LastRun.objects.filter(queue="letters").update(ended_at=timezone.now() - timedelta(hours=1))
    ran("foitracker.mail.tasks.send_outbox", "letters", ago=timedelta(seconds=20))
    assert not reading("worker_letters").is_in_trouble


def test_every_scheduled_job_is_read_once_and_by_a_code_of_its_own() -> None:
    jobs = [one for one in readings(timezone.now()) if one.code.startswith("job_")]
    planned = [entry for entry in current_app.conf.beat_schedule.values() if entry["task"] != show_life.name]
    assert len({one.code for one in jobs}) == len(planned)
    assert {"job_send_outbox_letters", "job_send_outbox_mail", "job_seal_accesses"} <= {
        one.code for one in jobs
    }
    assert {one.words for one in jobs} == {"Has not run yet"}
    assert not any(one.is_in_trouble for one in jobs)


@pytest.mark.parametrize(
    ("task", "ended", "at", "is_late"),
    [
        ("trail.tasks.seal_accesses", "2026-11-30T09:00:02Z", "2026-11-30T09:15:59Z", False),
        ("trail.tasks.seal_accesses", "2026-11-30T09:00:02Z", "2026-11-30T09:16:01Z", True),
        # daily at 6:10, UTC
        ("working_days.tasks.refresh_bank_holidays", "2026-11-29T06:10:02Z", "2026-11-30T06:24:59Z", False),
        ("working_days.tasks.refresh_bank_holidays", "2026-11-29T06:10:02Z", "2026-11-30T06:25:01Z", True),
        ("working_days.tasks.refresh_bank_holidays", "2026-11-29T06:09:58Z", "2026-11-29T06:25:01Z", True),
        # the clocks went forward, and back
        ("working_days.tasks.refresh_bank_holidays", "2026-03-28T06:10:02Z", "2026-03-29T06:24:59Z", False),
        ("working_days.tasks.refresh_bank_holidays", "2026-03-28T06:10:02Z", "2026-03-29T06:25:01Z", True),
        ("trail.tasks.seal_accesses", "2026-10-25T01:00:02Z", "2026-10-25T01:15:59Z", False),
        ("trail.tasks.seal_accesses", "2026-10-25T01:00:02Z", "2026-10-25T01:16:01Z", True),
    ],
)
def test_a_job_that_is_late(task: str, ended: str, at: str, is_late: bool) -> None:
    note_run(task=f"foitracker.{task}", queue="sweeps", at=datetime.fromisoformat(ended), has_failed=False)
    found = reading(f"job_{task.rpartition('.')[2]}", datetime.fromisoformat(at))
    assert found.is_in_trouble == is_late
    assert found.words.startswith("Last run")
    assert found.words.endswith("and not since") == is_late


def test_a_job_that_failed(manager: Client) -> None:
    ran("foitracker.trail.tasks.seal_accesses", ago=timedelta(seconds=5), has_failed=True)
    found = reading("job_seal_accesses")
    assert (found.is_in_trouble, found.value["failed"]) == (True, True)
    assert "Failed " in manager.get(PAGE).content.decode()
    ran("foitracker.trail.tasks.seal_accesses", ago=timedelta())
    assert not reading("job_seal_accesses").is_in_trouble


def test_nothing_personal_is_told(client: Client, manager: Client, settings: Settings) -> None:
    settings.MONITORING_TOKEN = TOKEN
    queue("old", to="p.lowmoor@example.org", at=timezone.now() - timedelta(hours=1))
    for text in (asked(client).content.decode(), manager.get(PAGE).content.decode()):
        assert "lowmoor" not in text
        assert "2253/2025" not in text


# --- when something is away -----------------------------------------------------------------------


def test_without_redis_the_page_and_the_report_say_so(manager: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    page = manager.get(PAGE)
    assert page.status_code == 200
    assert "Does not answer" in page.content.decode()
    assert "Not known: Redis does not answer" in page.content.decode()
    answer = manager.get(REPORT)
    assert answer.status_code == 503
    assert answer.json()["readings"]["queue_letters"]["value"] is None
    assert [one.code for one in troubles(timezone.now())] == ["redis"]


def test_a_redis_that_says_nothing_is_not_waited_for(settings: Settings, silent_server: str) -> None:
    settings.REDIS_URL = silent_server
    began = timezone.now()
    assert reading("redis").is_in_trouble
    assert timezone.now() - began < timedelta(seconds=6)


def test_without_a_database_the_report_says_that_alone(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MONITORING_TOKEN = TOKEN
    monkeypatch.setattr(registry, "database_answers", lambda: False)
    answer = asked(client)
    assert answer.status_code == 503
    assert list(answer.json()["readings"]) == ["database"]


@pytest.mark.usefixtures("_registered")
def test_what_cannot_be_read_hides_nothing_else(manager: Client) -> None:
    def broken(at: Any) -> list[Reading]:
        raise DatabaseError

    register(broken, heading="Reminders")
    assert [one.code for one in troubles(timezone.now())] == ["unread_broken"]
    page = manager.get(PAGE).content.decode()
    assert "Could not be read" in page
    assert "Worker: letters to applicants" in page


@pytest.mark.usefixtures("_registered")
def test_an_app_registers_what_it_has_to_say(manager: Client) -> None:
    said = Reading("reminders", "Last sweep", "Ended at nine", "2026-11-30T09:00:00+00:00")
    register(lambda at: [said], heading="Reminders")
    assert "Ended at nine" in manager.get(PAGE).content.decode()
    assert manager.get(REPORT).json()["readings"]["reminders"]["value"] == "2026-11-30T09:00:00+00:00"


def test_it_takes_as_many_queries_at_any_size(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.MONITORING_TOKEN = TOKEN
    for number in range(20):
        queue(f"one/{number}")
        ran(f"a.tasks.task{number}", ago=timedelta())
    # The database, the last runs twice, what waits, what did not arrive, and when reminders were last looked at.
    with django_assert_num_queries(6):
        asked(client)
