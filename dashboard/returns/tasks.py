"""Jobs of returns: printing packs, and sending those that are scheduled."""

from celery import shared_task
from django.utils import timezone

from dashboard.returns.models import Copy
from dashboard.returns.operations.packs import print_pack
from dashboard.returns.operations.schedule import send_due_returns


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=240, time_limit=300)
def print_return(return_id: int, copy: str) -> None:
    """Print one pack of a return. Run twice, it is printed once."""
    print_pack(return_id, Copy(copy), at=timezone.now())


@shared_task(acks_late=True, ignore_result=True, soft_time_limit=540, time_limit=600)
def send_scheduled_returns() -> None:
    """Send the returns that are due by their schedules. Beat calls it often; each is sent once."""
    send_due_returns(at=timezone.now(), today=timezone.localdate())
