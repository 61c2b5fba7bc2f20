"""What runs by itself for referrals. Each may run twice or not at all: the next run does what is left."""

import logging

from celery import shared_task
from django.utils import timezone

from referrals.operations.deadlines import recompute_referrals
from referrals.operations.own_request import follow_own_clocks

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def recompute_reply_dates() -> None:
    """Bring the forces' limits and the days advice is due by up to the calendar and to our own requests' clocks."""
    follow_own_clocks(at=timezone.now())
    result = recompute_referrals(at=timezone.now())
    if result.not_possible:
        logger.warning("no dates can be worked out for %s", ", ".join(result.not_possible[:20]))
