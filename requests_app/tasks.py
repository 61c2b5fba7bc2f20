from celery import shared_task
from django.utils import timezone

from requests_app.operations.lapse import sweep_lapses


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=240, time_limit=300)
def sweep_lapsing_requests() -> None:
    """Warn of requests about to lapse, and close lapsed ones where the settings say so. Once a day by beat."""
    sweep_lapses(at=timezone.now(), today=timezone.localdate())
