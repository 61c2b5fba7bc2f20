"""What is recorded of those who read the trail."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Day, Person, Reference
from foitracker.audit.models import Entry

EVENTS = Vocabulary("Audit trail")

_FILTERS = {
    "subject": Reference("About"),
    "actor": Person("Who"),
    "event": Reference("What"),
    "kind": Code("Events or accesses", dict(Entry.Kind.choices)),
    "recorded_from": Day("Recorded from"),
    "recorded_to": Day("Recorded to"),
}

TRAIL_READ = EVENTS.access("trail_read", "Audit trail read", fields=_FILTERS)
TRAIL_DOWNLOADED = EVENTS.access("trail_downloaded", "Audit trail downloaded", fields=_FILTERS)
