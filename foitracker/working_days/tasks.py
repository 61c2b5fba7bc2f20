"""What runs by itself. It may run twice or not at all: the next run does what is left."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from foitracker.working_days.operations.published_calendar import refresh_from_url


@shared_task(acks_late=True, ignore_result=True)
def refresh_bank_holidays() -> None:
    """Read the published bank holidays once a day; what differs is proposed to the managers."""
    if settings.BANK_HOLIDAYS_URL:
        refresh_from_url(settings.BANK_HOLIDAYS_URL, at=timezone.now(), today=timezone.localdate())
