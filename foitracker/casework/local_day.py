"""The authority's time: the day and the hour a moment has in Europe/London, in summer and in winter."""

from datetime import datetime

from django.utils.timezone import get_default_timezone


def local(at: datetime) -> datetime:
    """Return a moment, which names its time zone, in the authority's time."""
    return at.astimezone(get_default_timezone())
