"""The sign of life of each queue, and what is noted when a task ends."""

from typing import Any

from celery import shared_task
from celery.signals import task_failure, task_postrun
from django.db import connection
from django.utils import timezone

from foitracker.status.operations import note_run


@shared_task(ignore_result=True)
def show_life() -> None:
    """Do nothing: that it ended is noted, as of every task, and proves that its queue is being worked off."""


@task_postrun.connect
def note_end(task: Any = None, state: str | None = None, **_: Any) -> None:
    """Note how a task ended; one that is to be tried again has not."""
    if state != "RETRY":
        _note(task, has_failed=state != "SUCCESS")


@task_failure.connect
def note_failure(sender: Any = None, **_: Any) -> None:
    """Note a task whose process was killed, too: nothing runs after it. Then it is the worker itself that notes it,
    which keeps no connection."""
    _note(sender, has_failed=True)
    if not connection.in_atomic_block:
        connection.close()


def _note(task: Any, *, has_failed: bool) -> None:
    """What is run without a worker says nothing of one."""
    queue = (task.request.delivery_info or {}).get("routing_key")
    if queue and not task.request.is_eager:
        note_run(task=task.name, queue=queue, at=timezone.now(), has_failed=has_failed)
