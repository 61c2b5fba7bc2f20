"""What runs by itself. Each may run twice or not at all: the next run does what is left."""

import logging

from celery import shared_task
from django.utils import timezone

from requests_app.operations.due_dates import recompute_open_requests
from requests_app.operations.lapse import sweep_lapses

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def recompute_due_dates() -> None:
    """Bring due dates up to the calendar in force: right after it changed, and every ten minutes for the rest."""
    result = recompute_open_requests(at=timezone.now())
    if result.not_possible:
        logger.warning("no due date can be worked out for %s", ", ".join(result.not_possible[:20]))


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=240, time_limit=300)
def sweep_lapsing_requests() -> None:
    """Warn of requests about to lapse, and close lapsed ones where the settings say so. Once a day by beat."""
    sweep_lapses(at=timezone.now(), today=timezone.localdate())
