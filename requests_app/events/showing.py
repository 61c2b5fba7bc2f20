"""What is recorded of a request that is shown to a reader outside the team, and of their reading it."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Person

EVENTS = Vocabulary("Requests: readers outside the team")

_READER = {"reader": Person("Reader")}

REQUEST_SHOWN = EVENTS.event(
    "request_shown", "Shown outside the team", fields=_READER, says=("Shown to {reader}.",)
)
SHOWING_ENDED = EVENTS.event(
    "showing_ended",
    "No longer shown outside the team",
    fields=_READER,
    says=("Shown to {reader} until now.",),
)
SHOWN_REQUEST_READ = EVENTS.access("shown_request_read", "Read by a reader outside the team", is_guarded=True)
