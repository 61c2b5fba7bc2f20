import logging
from datetime import timedelta

from celery import current_app, shared_task
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from foitracker.audit.queries import subjects_since
from foitracker.queues import Queue
from foitracker.reminders.operations import sweep

logger = logging.getLogger(__name__)

LOOK_TASK = "foitracker.reminders.tasks.look_at_changes"
#: Set while such a task is queued: it will see every change made before it runs, so no second one is queued.
_WAITS = "reminders-look-waits"
#: What was changed earlier has been found by a sweep of everything.
_RECENT = timedelta(minutes=10)


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=150, time_limit=180)
def sweep_reminders() -> None:
    """Look at all cases. Called every ten minutes by beat; a run that was missed is made up for by the next."""
    sweep.sweep(at=timezone.now())


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=50, time_limit=60)
def look_at_changes() -> None:
    """Look at the cases that have just changed, as the trail names them."""
    cache.delete(_WAITS)  # before looking: what changes from now on has a look of its own
    now = timezone.now()
    if changed := subjects_since(now - _RECENT):
        sweep.sweep(at=now, only=changed)


def look_at_soon(reference: str) -> None:
    """Have a case that changes looked at once that is committed; without a broker the next sweep does."""
    transaction.on_commit(_look_soon)


def _look_soon() -> None:
    try:
        if cache.add(_WAITS, 1, timeout=60):
            current_app.send_task(LOOK_TASK, queue=Queue.SWEEPS.value, ignore_result=True, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("reminders wait for the next sweep: no broker (%s)", type(error).__name__)
