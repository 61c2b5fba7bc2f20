"""What the health page says of the trail."""

from datetime import date

from django.utils import timezone

from foitracker.trail.sealing import sealing_warnings


def health_warnings(today: date) -> list[str]:
    """Return what keeps running and yet wants seeing to."""
    now = timezone.now()  # noqa: TID251 (health is asked at a moment, and accesses are sealed by the minute)
    return sealing_warnings(now)
