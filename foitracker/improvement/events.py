"""What is recorded of the improvement log."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Changes, Day, Person, Words

EVENTS = Vocabulary("Improvement log")

IMPROVEMENT_ADDED = EVENTS.event(
    "improvement_added",
    "Improvement point added",
    fields={"owner": Person("Owner"), "due_on": Day("Due on")},
    words={"text": "Point", "source": "Source", "evidence": "Evidence"},
    says=("For {owner}, by {due_on}.",),
)
IMPROVEMENT_CHANGED = EVENTS.event(
    "improvement_changed",
    "Improvement point changed",
    fields={
        "changed": Changes(
            "Changed",
            {
                "text": Words("Point"),
                "source": Words("Source"),
                "due_on": Day("Due on"),
                "evidence": Words("Evidence"),
            },
        ),
        "owner": Person("Now owned by"),
    },
    says=("{changed}", "Now owned by {owner}."),
)
IMPROVEMENT_CLOSED = EVENTS.event(
    "improvement_closed",
    "Improvement point closed",
    fields={"closed_on": Day("Done on"), "due_on": Day("Due on")},
    words={"done": "What was done", "evidence": "Evidence"},
    says=("Done on {closed_on}; due on {due_on}.",),
)
