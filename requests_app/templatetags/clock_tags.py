"""What the pages of a clock load besides `foi_tags`."""

from django import template

from requests_app.models import ClockAct
from requests_app.queries.clock_history import particulars_of

register = template.Library()


@register.filter
def act_particulars(act: ClockAct) -> str:
    """What was recorded of an act besides kind and day."""
    return particulars_of(act)
