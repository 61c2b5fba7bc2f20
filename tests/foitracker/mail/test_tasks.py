"""The sending as it runs: a worker of its own, a real Redis, and what can go wrong between them."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from aiosmtpd.controller import Controller
from celery import current_app
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from foitracker.mail import operations, tasks
from foitracker.mail.kinds import MessageKind, register
from foitracker.mail.models import OutboxMessage
from foitracker.mail.tasks import BATCH, send_outbox
from foitracker.queues import LANES, Queue
from foitracker.run import worker_options
from tests.conftest import Mailbox
from tests.foitracker.declared import BATCHED, MESSAGE
from tests.ports import free_port

from .conftest import HeldLetters, SlowMailbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

ROOT = Path(__file__).resolve().parents[3]
Environment = Callable[[], dict[str, str]]


def queue(key: str = "letter/1", kind: MessageKind = MESSAGE) -> None:
    with transaction.atomic():
        operations.queue_message(
            kind=kind,
            about="",
            page="",
            key=key,
            to="a@example.org",
            subject="Your request",
            body="",
            attachments=[],
            at=timezone.now(),
        )


def wait_until(done: Callable[[], object], seconds: float = 90, by: "Worker | None" = None) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert by is None or by.process.poll() is None, f"the worker has ended:\n{by.printed()}"
        assert time.monotonic() < end, f"waited in vain; the worker said:\n{by.printed() if by else ''}"
        time.sleep(0.05)


@dataclass
class Worker:
    """A worker as the product starts it (`foitracker.run`), but in one process, which can be ended at once."""

    process: "subprocess.Popen[bytes]"
    output: Path

    def printed(self) -> str:
        return self.output.read_text(errors="replace")


@contextmanager
def worker(environment: dict[str, str], queue: Queue = Queue.MAIL) -> Iterator[Worker]:
    command = [sys.executable, "-m", "celery", "--app", "foitracker", *worker_options(queue)]
    command += ["--pool", "solo", "--loglevel", "INFO"]
    with tempfile.NamedTemporaryFile() as output:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield Worker(process, Path(output.name))
        finally:
            process.kill()
            process.wait()


def send_in_a_process_of_its_own(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    code = "import django; django.setup(); from foitracker.mail.tasks import send_outbox; send_outbox()"
    return subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=ROOT)


def statuses() -> list[str]:
    return list(OutboxMessage.objects.values_list("status", flat=True))


def test_a_run_sends_what_is_due_and_leaves_the_rest(smtp_server: Mailbox) -> None:
    for number in range(3):
        queue(f"letter/{number}")
    OutboxMessage.objects.filter(key="letter/1").update(next_attempt_at=timezone.now() + timedelta(hours=1))
    send_outbox()
    assert len(smtp_server.messages) == 2
    assert OutboxMessage.objects.get(status="queued").key == "letter/1"


def test_a_run_has_an_end(smtp_server: Mailbox) -> None:
    for number in range(BATCH + 1):
        queue(f"letter/{number}")
    send_outbox()
    assert len(smtp_server.messages) == BATCH
    send_outbox()
    assert len(smtp_server.messages) == BATCH + 1


def test_when_the_server_is_away_one_message_finds_out_for_all(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    for number in range(3):
        queue(f"letter/{number}")
    send_outbox()
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_worker_sends_what_was_queued_as_soon_as_it_is_committed(
    smtp_server: Mailbox, child_environment: Environment
) -> None:
    with worker(child_environment()) as started:
        queue()
        wait_until(lambda: statuses() == ["sent"], by=started)
    assert len(smtp_server.messages) == 1


def test_letters_that_wait_delay_nothing_else(
    serve: Callable[[Any], Controller], child_environment: Environment
) -> None:
    mailbox = HeldLetters()
    serve(mailbox)
    letters = [
        operations.Message(BATCHED, "", "", f"letter/{number}", "applicant@example.org", "Your request", "")
        for number in range(300)
    ]
    with transaction.atomic():
        operations.queue_messages(messages=letters, at=timezone.now())
    with worker(child_environment(), Queue.LETTERS) as of_letters, worker(child_environment()) as of_mail:
        wait_until(mailbox.reached.is_set, by=of_letters)
        queue("reminder/1")
        wait_until(lambda: mailbox.recipients == [["a@example.org"]], by=of_mail)
        wait_until(lambda: statuses().count("queued") == 300, by=of_mail)  # sent and said so, the letters not
        mailbox.go_on.set()
        wait_until(lambda: len(mailbox.recipients) > 50, by=of_letters)  # and the letters go on


def test_a_run_sends_what_is_due_in_its_lane(smtp_server: Mailbox) -> None:
    queue("letter/1", BATCHED)
    queue("reminder/1")
    for lane, left in ((Queue.MAIL, ["letters"]), (Queue.LETTERS, [])):
        send_outbox(lane.value)
        assert list(OutboxMessage.objects.filter(status="queued").values_list("lane", flat=True)) == left


def test_a_run_ends_in_time_however_slow_the_server(
    smtp_server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "LONGEST_RUN", 0)
    for number in range(3):
        queue(f"letter/{number}")
    send_outbox()
    assert len(smtp_server.messages) == 1


def test_what_is_queued_wakes_the_worker_of_its_lane() -> None:
    def waiting() -> dict[str, int]:
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
            prefix = current_app.conf.broker_transport_options["global_keyprefix"]
            return {queue.value: int(client.llen(f"{prefix}{queue}")) for queue in Queue}

    queue("letter/1", BATCHED)
    assert waiting() == {"letters": 1, "mail": 0, "sweeps": 0}
    queue("reminder/1")
    assert waiting() == {"letters": 1, "mail": 1, "sweeps": 0}
    current_app.send_task("requests_app.tasks.recompute_due_dates")
    assert waiting() == {"letters": 1, "mail": 1, "sweeps": 1}


def test_a_kind_is_of_a_lane_that_is_sent() -> None:
    with pytest.raises(ValueError, match="is no lane"):
        register(MessageKind("swept", "Swept", resent_by="", lane=Queue.SWEEPS))
    queue()
    with pytest.raises(IntegrityError, match="message_lane_known"):
        OutboxMessage.objects.update(lane="sweeps")


def test_a_task_delivered_again_and_again_sends_once(
    smtp_server: Mailbox, child_environment: Environment
) -> None:
    queue()
    for _ in range(3):
        current_app.send_task(operations.SEND_TASK, args=["mail"], queue="mail")
    with worker(child_environment()) as started:
        wait_until(lambda: statuses() == ["sent"], by=started)
        queue("letter/2")  # once it is sent, every task before it has run
        wait_until(lambda: statuses() == ["sent", "sent"], by=started)
    assert len(smtp_server.messages) == 2


def test_what_a_killed_sender_was_sending_is_sent_once_by_the_next_and_both_are_counted(
    slow_mailbox: SlowMailbox, child_environment: Environment
) -> None:
    queue()
    queue("letter/2")
    sender = send_in_a_process_of_its_own(child_environment())
    assert slow_mailbox.reached.wait(timeout=30)
    sender.kill()
    sender.wait()
    slow_mailbox.go_on.set()
    wait_until(lambda: _is_free())
    assert OutboxMessage.objects.get(key="letter/1").error_in_words == "No answer yet"
    send_outbox()
    assert statuses() == ["queued", "sent"]  # what it was sending waits for a minute, and holds nothing up
    OutboxMessage.objects.filter(status="queued").update(next_attempt_at=timezone.now())
    send_outbox()
    assert list(OutboxMessage.objects.values_list("key", "status", "attempts")) == [
        ("letter/1", "sent", 2),
        ("letter/2", "sent", 1),
    ]
    assert slow_mailbox.arrivals == 3
    assert len(slow_mailbox.messages) == 2


def _is_free() -> bool:
    """True when the database has noticed that the killed sender is gone, and let go of its row."""
    with transaction.atomic():
        begun = OutboxMessage.objects.filter(attempts=1)
        return begun.select_for_update(skip_locked=True).exists()


def test_a_message_queued_while_redis_is_away_is_committed_soon_and_sent_by_the_sweep(
    smtp_server: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    with no_broker():
        began = time.monotonic()
        queue()
        assert time.monotonic() - began < 5
    assert statuses() == ["queued"]
    assert "mail waits for the next sweep" in caplog.text
    send_outbox()
    assert len(smtp_server.messages) == 1


@contextmanager
def no_broker() -> Iterator[None]:
    """Yield the application as it is when nothing answers at the broker's address."""
    with broker_at(f"redis://127.0.0.1:{free_port()}/0"):
        yield


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """Yield the application with its broker at another address."""
    before = current_app.conf.broker_url
    current_app.conf.broker_url = url
    _forget_connections()
    try:
        yield
    finally:
        current_app.conf.broker_url = before
        _forget_connections()


def _forget_connections() -> None:
    current_app._pool = None
    current_app.amqp._producer_pool = None


def test_beat_sweeps_each_lane_every_minute() -> None:
    sweeps = [
        entry for entry in current_app.conf.beat_schedule.values() if entry["task"] == operations.SEND_TASK
    ]
    assert [(sweep["args"], sweep["options"]["queue"]) for sweep in sweeps] == [
        ([lane.value], lane.value) for lane in LANES
    ]
    assert all(sweep["schedule"].is_due(timezone.now() - timedelta(minutes=2)).is_due for sweep in sweeps)
    assert send_outbox.name == operations.SEND_TASK


def test_the_broker_is_the_redis_of_the_settings() -> None:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        queue()
        keys = [key.decode() for key in client.scan_iter(f"{django_settings.REDIS_KEY_PREFIX}*")]
    assert any(key.endswith("jobs-mail") for key in keys)
