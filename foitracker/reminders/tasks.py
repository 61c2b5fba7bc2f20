import logging

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from foitracker.reminders.operations import sweep

logger = logging.getLogger(__name__)

LOOK_TASK = "foitracker.reminders.tasks.look_at_case"


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=150, time_limit=180)
def sweep_reminders() -> None:
    """Look at all cases. Called every ten minutes by beat; a run that was missed is made up for by the next."""
    sweep.sweep(at=timezone.now())


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=50, time_limit=60)
def look_at_case(reference: str) -> None:
    """Look at one case that has just changed."""
    sweep.sweep(at=timezone.now(), only=[reference])


def look_at_soon(reference: str) -> None:
    """Have a case looked at once what changed it is committed; without a broker the next sweep does."""
    transaction.on_commit(lambda: _look_at_soon(reference))


def _look_at_soon(reference: str) -> None:
    try:
        current_app.send_task(LOOK_TASK, args=[reference], ignore_result=True, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("reminders wait for the next sweep: no broker (%s)", type(error).__name__)
