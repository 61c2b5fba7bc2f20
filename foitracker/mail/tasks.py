import time

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from foitracker.queues import Queue

from . import operations

#: One run's share. What is left is due at the next sweep, a minute later.
BATCH = 50
#: A run ends after so many seconds at the latest, however slow the mail server: well before it would be stopped in
#: the middle of a message, and soon enough for its worker to show in between that it lives.
LONGEST_RUN = 90


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=240, time_limit=300)
def send_outbox(lane: str = "") -> None:
    """Send what is due in a lane; in all of them without one. Called when a message is queued and once a minute by
    beat, on the queue of the lane; runs that overlap share the work."""
    through = get_connection()
    end = time.monotonic() + LONGEST_RUN
    of = Queue(lane) if lane else None
    try:
        for _ in range(BATCH):
            attempt = operations.send_next_due(at=timezone.now(), through=through, lane=of)
            if attempt in (None, operations.Attempt.SERVER_AWAY) or time.monotonic() > end:
                break
    finally:
        through.close()
