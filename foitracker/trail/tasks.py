"""What runs by itself. It may run twice or not at all: the next run does what is left."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from foitracker.audit.anchors import note_head
from foitracker.audit.queries import head
from foitracker.trail import sealing

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def seal_accesses() -> None:
    """Seal what was accessed since the last seal, once a minute."""
    try:
        sealing.seal_accesses(at=timezone.now())
    except sealing.StillWriting as busy:
        logger.warning("%s", busy)


@shared_task(acks_late=True, ignore_result=True)
def note_daily_head() -> None:
    """Note down the head of the trail outside the database, once for each day, where a file for it is named."""
    if settings.AUDIT_ANCHOR_FILE:
        note_head(settings.AUDIT_ANCHOR_FILE, day=timezone.localdate(), head=head(), keys=settings.AUDIT_KEYS)
