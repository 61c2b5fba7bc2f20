"""What is noted when a task of a real worker ends, and when beat sends one."""

import logging
import time
from collections.abc import Callable
from typing import Any

import pytest
from celery import shared_task
from celery.contrib.testing.worker import start_worker
from django.db import Error
from django.utils import timezone

from foitracker import celery
from foitracker.celery import app
from foitracker.queues import Queue
from foitracker.status.models import BEAT, LastRun
from foitracker.status.operations import note_run
from foitracker.status.tasks import show_life

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


@shared_task(acks_late=True)
def fail() -> None:
    raise RuntimeError("as it was asked to")


def until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not done():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_what_a_worker_did_is_noted_with_its_queue_and_how_it_ended() -> None:
    began = timezone.now()
    for queue in Queue:
        show_life.apply_async(queue=queue.value)
    fail.apply_async()
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=20):
        until(lambda: LastRun.objects.count() == 4)
    noted = {(run.task.rpartition(".")[2], run.queue, run.has_failed) for run in LastRun.objects.all()}
    assert noted == {("show_life", queue.value, False) for queue in Queue} | {("fail", "sweeps", True)}
    assert all(began <= run.ended_at <= timezone.now() for run in LastRun.objects.all())


def test_one_row_is_kept_for_each() -> None:
    for has_failed in (True, False):
        note_run(task="a.task", queue="mail", at=timezone.now(), has_failed=has_failed)
    assert not LastRun.objects.get().has_failed


def test_what_cannot_be_noted_breaks_no_task(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise Error("FATAL: a.person@example.org")

    monkeypatch.setattr(type(LastRun.objects), "bulk_create", away)
    with caplog.at_level(logging.WARNING):
        note_run(task="a.task", queue="mail", at=timezone.now(), has_failed=False)
    assert "not noted that a.task ended (Error)" in caplog.text
    assert "a.person" not in caplog.text


def test_what_is_run_without_a_worker_shows_no_life_of_one() -> None:
    show_life.apply()
    assert not LastRun.objects.exists()


def test_beat_notes_that_it_sent_the_signs_of_life(tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    celery.show_sign_of_life(sender="another.task")
    assert (tmp_path / "beat").exists()
    assert not LastRun.objects.exists()
    celery.show_sign_of_life(sender=show_life.name)
    assert LastRun.objects.get().task == BEAT


def test_beat_sends_every_queue_a_sign_of_life() -> None:
    sent = [entry for entry in app.conf.beat_schedule.values() if entry["task"] == celery.SHOW_LIFE]
    assert show_life.name == celery.SHOW_LIFE
    assert [entry["options"]["queue"] for entry in sent] == [queue.value for queue in Queue]
