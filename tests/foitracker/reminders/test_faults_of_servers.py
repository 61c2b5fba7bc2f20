"""Redis and PostgreSQL that go away and come back while people are to be reminded: servers of the tests' own."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from celery import current_app
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from foitracker import embedded
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import SEND_TASK
from foitracker.reminders.models import Reminder, Sweep
from foitracker.reminders.operations.sweep import sweep
from tests import factories
from tests.conftest import Mailbox
from tests.factories import Staff
from tests.foitracker.mail.test_tasks import Environment, broker_at, statuses, wait_until, worker
from tests.ports import free_port

from . import faults
from .faults import (
    DUE,
    ROOT,
    SEVEN,
    Count,
    FaultyMailbox,
    attempts,
    count,
    send_due,
    sweep_in_a_process,
    team,
    uk,
)
from .test_faults import ONE_EACH, Serve

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that does not exist yet. Not pytest's own: other test runs close that to other accounts."""
    with tempfile.TemporaryDirectory(prefix="foitracker-test-") as made:
        yield Path(made) / "data"


# --- Redis ----------------------------------------------------------------------------------------


class OwnRedis:
    """A Redis that keeps nothing when it stops."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            [embedded.program("redis-server"), *options], stdout=subprocess.DEVNULL
        )
        wait_until(self.answers)

    def answers(self) -> bool:
        with suppress(redis.ConnectionError), self.client() as client:
            return bool(client.ping())
        return False

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)

    def jobs(self) -> int:
        """How many jobs wait in the queue of the mail."""
        prefix = current_app.conf.broker_transport_options["global_keyprefix"]
        with self.client() as client:
            return int(client.llen(f"{prefix}mail"))  # type: ignore[arg-type]

    def empty(self) -> None:
        with self.client() as client:
            client.flushall()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def own_redis(folder: Path, settings: Settings) -> Iterator[OwnRedis]:
    """A Redis of the test's own, which is also the broker and the cache of this process."""
    server = OwnRedis(folder)
    server.start()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}
    with broker_at(server.url):
        yield server
    server.stop()


def beat_ticks() -> None:
    """Send what beat sends every minute."""
    for entry in current_app.conf.beat_schedule.values():
        if entry["task"] == SEND_TASK:
            current_app.send_task(entry["task"], args=entry["args"], **entry["options"])


def test_redis_emptied_between_sweep_and_send_loses_nothing(
    staff: Staff, smtp_server: Mailbox, child_environment: Environment, own_redis: OwnRedis
) -> None:
    of = team(staff)
    sweep(at=SEVEN)
    assert own_redis.jobs() == 1
    own_redis.empty()
    with worker({**child_environment(), "REDIS_URL": own_redis.url}) as of_mail:
        wait_until(lambda: "ready" in of_mail.printed(), by=of_mail)
        assert statuses() == ["queued"] * 3
        beat_ticks()
        wait_until(lambda: statuses() == ["sent"] * 3, by=of_mail)
    assert count("Redis emptied between sweep and send", of, smtp_server) == ONE_EACH
    assert attempts() == [1, 1, 1]


def test_redis_stopped_loses_nothing_and_what_changed_meanwhile_is_found_by_the_next_sweep(
    staff: Staff,
    smtp_server: Mailbox,
    child_environment: Environment,
    own_redis: OwnRedis,
) -> None:
    of = team(staff)
    with worker({**child_environment(), "REDIS_URL": own_redis.url}) as of_mail:
        wait_until(lambda: "ready" in of_mail.printed(), by=of_mail)
        own_redis.stop()
        sweep(at=SEVEN)
        of.takes_up(of.officers[0], on=DUE)
        sweep(at=uk(DUE, 15, 10))
        assert statuses() == ["queued"] * 4
        own_redis.start()
        beat_ticks()
        wait_until(lambda: statuses() == ["sent"] * 4, by=of_mail)  # the worker has come back by itself
    counted = count("Redis stopped from before the sweep until after a change", of, smtp_server)
    assert counted == Count(sent=4, doubled=0, refused=0, lost=0)
    assert attempts() == [1, 1, 1, 1]


@contextmanager
def beat(environment: dict[str, str], folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "celery", "--app", "foitracker", "beat", "--loglevel", "WARNING"]
    environment = {**environment, "FOITRACKER_DATA_DIR": str(folder)}
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_two_beats_and_a_redis_that_is_restarted_send_each_once(
    staff: Staff, smtp_server: Mailbox, child_environment: Environment, own_redis: OwnRedis
) -> None:
    of = team(staff)
    environment = {**child_environment(), "REDIS_URL": own_redis.url}
    with (
        worker(environment) as of_mail,
        beat(environment, own_redis.folder / "one") as one,
        beat(environment, own_redis.folder / "two") as other,
    ):
        wait_until(lambda: "ready" in of_mail.printed(), by=of_mail)
        own_redis.stop()
        sweep(at=SEVEN)
        own_redis.start()
        wait_until(lambda: statuses() == ["sent"] * 3, seconds=180, by=of_mail)
        assert (one.poll(), other.poll()) == (None, None)
    assert count("two beats, Redis restarted under them", of, smtp_server) == ONE_EACH
    assert attempts() == [1, 1, 1]


# --- PostgreSQL -----------------------------------------------------------------------------------


class OwnDatabase:
    """A PostgreSQL that can be stopped as by a crash."""

    def __init__(self, folder: Path) -> None:
        self.place = embedded.prepare(folder)
        self.url = self.place.database_url(embedded.SUPERUSER)

    def start(self) -> None:
        embedded.start_postgresql(self.place, ())

    def crash(self) -> None:
        """Stop it as `pg_ctl stop -m immediate` does; this process lets go of its connection first."""
        connection.close()
        pid = int((self.place.postgresql / "postmaster.pid").read_text().splitlines()[0])
        server = psutil.Process(pid)
        server.send_signal(signal.SIGQUIT)
        psutil.wait_procs([server], timeout=embedded.PATIENCE)


@pytest.fixture
def own_database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnDatabase]:
    """A database of the test's own, with all tables, which this process is connected to."""
    server = OwnDatabase(folder)
    server.start()
    connection.close()
    with monkeypatch.context() as patch:
        for name, value in {
            "HOST": str(server.place.sockets),
            "USER": embedded.SUPERUSER,
            "NAME": embedded.DATABASE,
            "PORT": "",
        }.items():
            patch.setitem(connection.settings_dict, name, value)
        call_command("migrate", interactive=False, verbosity=0)
        yield server
        connection.close()
    embedded.stop_postgresql(server.place)


@pytest.mark.slow
def test_a_database_restarted_during_a_sweep_leaves_nothing_behind_and_the_next_sends_all(
    own_database: OwnDatabase, smtp_server: Mailbox, child_environment: Environment
) -> None:
    of = team(factories.staff())
    environment = {**child_environment(), "DATABASE_URL": own_database.url}
    with psycopg.connect(own_database.url) as holder:
        holder.execute("LOCK TABLE reminders_sweep IN SHARE MODE")
        sweeper = sweep_in_a_process(environment, SEVEN)
        wait_until(faults.waiting)
        own_database.crash()
        holder.close()
    assert sweeper.wait(timeout=60) != 0
    own_database.start()
    assert not any(model.objects.exists() for model in (Reminder, OutboxMessage, Sweep))
    sweep(at=uk(DUE, 7, 10))
    own_database.crash()  # and between sweep and send
    own_database.start()
    send_due(uk(DUE, 7, 11))
    assert count("database restarted during the sweep, and before the sending", of, smtp_server) == ONE_EACH
    assert attempts() == [1, 1, 1]


@pytest.mark.slow
def test_a_database_restarted_while_a_worker_sends_loses_nothing_and_the_worker_goes_on(
    own_database: OwnDatabase, serve: Serve, child_environment: Environment
) -> None:
    of = team(factories.staff())
    mailbox = FaultyMailbox(faults.keeps_and_holds)
    serve(mailbox)
    with worker({**child_environment(), "DATABASE_URL": own_database.url}) as of_mail:
        sweep(at=SEVEN)
        wait_until(mailbox.reached.is_set, by=of_mail)
        own_database.crash()
        mailbox.go_on.set()
        wait_until(lambda: "raised unexpected" in of_mail.printed(), by=of_mail)
        own_database.start()
        beat_ticks()
        wait_until(lambda: statuses().count("sent") == 2, by=of_mail)
    send_due(timezone.now() + timedelta(minutes=2))
    counted = count("database restarted after the server took the message", of, mailbox)
    assert counted == Count(sent=3, doubled=1, refused=0, lost=0)
    assert attempts() == [1, 1, 2]
