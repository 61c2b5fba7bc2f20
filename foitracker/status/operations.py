"""What workers and beat note down of themselves. No event: nobody decides anything, and it is done every minute."""

import logging
from datetime import datetime

from django.db import Error

from foitracker.status.models import BEAT, LastRun

logger = logging.getLogger(__name__)


def note_run(*, task: str, queue: str, at: datetime, has_failed: bool) -> None:
    """Note that a task ended at `at`. What cannot be noted is logged: the task itself is done."""
    run = LastRun(task=task, queue=queue, ended_at=at, has_failed=has_failed)
    try:
        LastRun.objects.bulk_create(
            [run],
            update_conflicts=True,
            unique_fields=["task", "queue"],
            update_fields=["ended_at", "has_failed"],
        )
    except Error as error:
        logger.warning("not noted that %s ended (%s)", task, type(error).__name__)


def note_beat(*, at: datetime) -> None:
    """Note that beat sent something at `at`."""
    note_run(task=BEAT, queue="", at=at, has_failed=False)
