from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from . import operations

#: One run's share. What is left is due at the next sweep, a minute later.
BATCH = 50


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=240, time_limit=300)
def send_outbox() -> None:
    """Send what is due. Called when a message is queued and once a minute by beat; runs that
    overlap share the work."""
    through = get_connection()
    try:
        for _ in range(BATCH):
            attempt = operations.send_next_due(at=timezone.now(), through=through)
            if attempt is None or attempt is operations.Attempt.SERVER_AWAY:
                break
    finally:
        through.close()
