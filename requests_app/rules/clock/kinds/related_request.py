"""A related request, which may be costed together with this one: Fees Regulations 2004 (SI 2004/3244), reg 5.

It moves no limit; whether it falls inside the 60 working days is worked out in `related_requests`.
"""

from foitracker.accounts.permission_names import Permission
from requests_app.rules.clock.events import RecordedKind
from requests_app.rules.clock.kinds.fields import happened_on, reference
from requests_app.rules.clock.law import Law

RELATED_REQUEST = RecordedKind(
    code="related_request_received",
    label="Related request received",
    law=Law(foia=("Fees Regulations 2004, reg 5",)),
    fields=(
        happened_on("Date the related request was received"),
        reference("Of the related request, if it has one."),
    ),
    recorded_by=Permission.WORK_CASE,
    about=(
        "Requests for the same or similar information, by one person or people acting together, can be costed together "
        "when they come within 60 consecutive working days (Fees Regulations 2004, regulation 5).",
    ),
)
