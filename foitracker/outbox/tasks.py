"""What runs by itself. It may run twice or not at all: the next run does what is left."""

from contextlib import suppress

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from foitracker.mail.bounce_mailbox import MailboxAway
from foitracker.outbox import bounces


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=240, time_limit=300)
def read_bounces() -> None:
    """Read what came to the mailbox of bounces, where one is configured. What went wrong is logged and noted."""
    if settings.BOUNCE_MAILBOX_URL:
        with suppress(MailboxAway):
            bounces.read_bounces(settings.BOUNCE_MAILBOX_URL, at=timezone.now())
