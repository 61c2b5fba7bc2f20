"""What the health page says of the trail."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from foitracker.audit.anchors import AnchorsUnreadable, read_anchors
from foitracker.trail.sealing import sealing_warnings

#: The head is noted down every day; a day may be missed when the machine was off.
_LATE = timedelta(days=2)


def health_warnings(today: date) -> list[str]:
    """Return what keeps running and yet wants seeing to."""
    now = timezone.now()  # noqa: TID251 (health is asked at a moment, and accesses are sealed by the minute)
    return [*sealing_warnings(now), *anchor_warnings(today)]


def anchor_warnings(today: date) -> list[str]:
    """Return what is to be seen to about the heads noted down outside the database."""
    if settings.AUDIT_ANCHOR_FILE is None:
        if not settings.IN_PRODUCTION:
            return []
        return ["AUDIT_ANCHOR_FILE is not set: a trail cut off at its end would not be found."]
    try:
        anchors = read_anchors(settings.AUDIT_ANCHOR_FILE)
    except AnchorsUnreadable:
        return ["The file of AUDIT_ANCHOR_FILE cannot be read, or is no file of anchors."]
    if not anchors or anchors[-1].day < today - _LATE:
        return ["The head of the trail was not noted down for two days: is beat running, and the worker?"]
    return []
