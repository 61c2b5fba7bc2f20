"""What is counted of the requests of a period for their cost. It is not among the figures of every period."""

from django.db.models import Exists, OuterRef, Q

from requests_app.measures.periods.declared import CLOSED
from requests_app.measures.periods.view import PeriodMeasure
from requests_app.models import TimeRecord

#: Without an anchor, so that the requests are found from the hours and not by asking of each closed one.
CLOSED_WITH_HOURS = PeriodMeasure(
    code="closed_with_hours",
    name="Closed, with hours recorded",
    definition="Requests closed in the period on which somebody recorded time spent, whenever the work was done.",
    part_of=CLOSED.code,
    condition=lambda view: (
        view.within("closed_on") & Q(Exists(TimeRecord.objects.filter(foi_request=OuterRef("pk"))))
    ),
    holds=lambda case, view: view.has_within(case.closed_on) and case.time_records.exists(),
)
