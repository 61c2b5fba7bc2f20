"""What runs by itself. It may run twice or not at all: the next run does what is left."""

import logging

from celery import shared_task
from django.utils import timezone

from foitracker.trail import sealing

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def seal_accesses() -> None:
    """Seal what was accessed since the last seal, once a minute."""
    try:
        sealing.seal_accesses(at=timezone.now())
    except sealing.StillWriting as busy:
        logger.warning("%s", busy)
