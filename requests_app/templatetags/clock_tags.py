"""What the pages of a clock load besides `foi_tags`."""

from django import template

from requests_app.models import RecordedClockEvent
from requests_app.queries.clock_history import particulars_of

register = template.Library()


@register.filter
def event_particulars(recorded: RecordedClockEvent) -> str:
    """Return what was recorded of an event besides kind and day."""
    return particulars_of(recorded)
