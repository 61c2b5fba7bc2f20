"""What is recorded of groups of similar forces, and of the requests that forces report."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Changes, Day, Many, Number, Reference, Words

EVENTS = Vocabulary("Referrals: similar forces")

_GROUP = {
    "name": Reference("Name"),
    "forces": Many("Forces", Reference("Force")),
}
_GROUP_WORDS = {"basis": "Basis"}
_GROUP_SAYS = ("{name}: {forces}.",)
FORCE_GROUP_ADDED = EVENTS.event(
    "force_group_added", "Group of forces added", fields=_GROUP, words=_GROUP_WORDS, says=_GROUP_SAYS
)
FORCE_GROUP_CHANGED = EVENTS.event(
    "force_group_changed",
    "Group of forces changed",
    fields={
        **_GROUP,
        "added": Many("Added", Reference("Force")),
        "removed": Many("Removed", Reference("Force")),
    },
    words=_GROUP_WORDS,
    says=("{name}.", "Added: {added}.", "Removed: {removed}."),
)
FORCE_GROUP_REMOVED = EVENTS.event(
    "force_group_removed", "Group of forces removed", fields=_GROUP, words=_GROUP_WORDS, says=_GROUP_SAYS
)

_REPORTED = {
    "force": Reference("Force"),
    "from_on": Day("From"),
    "to_on": Day("To"),
    "received": Number("Requests received"),
    "published_on": Day("Published on"),
}
_SOURCE = {"source": "Source"}
_REPORTED_SAYS = ("{force}: {received} from {from_on} to {to_on}.", "Published on {published_on}.")
FORCE_REQUESTS_ENTERED = EVENTS.event(
    "force_requests_entered",
    "Requests of a force entered",
    fields=_REPORTED,
    words=_SOURCE,
    says=_REPORTED_SAYS,
)
FORCE_REQUESTS_CORRECTED = EVENTS.event(
    "force_requests_corrected",
    "Requests of a force corrected",
    fields={
        **_REPORTED,
        "changed": Changes(
            "Changed",
            {
                "received": Number("Requests received"),
                "source": Words("Source"),
                "published_on": Day("Published on"),
            },
        ),
    },
    words=_SOURCE,
    says=("{force}, {from_on} to {to_on}.", "{changed}"),
)
FORCE_REQUESTS_REMOVED = EVENTS.event(
    "force_requests_removed",
    "Requests of a force removed",
    fields=_REPORTED,
    words=_SOURCE,
    says=_REPORTED_SAYS,
)
