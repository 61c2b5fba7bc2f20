"""What is recorded of statistics: saved, counted again, placed in a letter."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Many, Number, Reference
from referrals.events.common import FORCES

EVENTS = Vocabulary("Referrals: statistics")

_COUNTED = {
    "forces": FORCES,
    "periods": Many("Periods", Reference("Period")),
    "together": Many("Logs in each period", Number("Logs")),
    "again_of": Number("Counted again from statistic"),
}
STATISTIC_SAVED = EVENTS.event("statistic_saved", "Statistic saved", fields=_COUNTED)
STATISTIC_COUNTED_AGAIN = EVENTS.event("statistic_counted_again", "Statistic counted again", fields=_COUNTED)
STATISTIC_PLACED = EVENTS.event(
    "statistic_placed",
    "Statistic placed in a letter",
    fields={
        "request": Reference("Request"),
        "items": Many("Items", Reference("Item"), noun="item"),
        "tables": Number("Tables"),
    },
    says=("Request {request}, {items}.",),
)
