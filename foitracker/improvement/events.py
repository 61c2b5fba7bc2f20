"""What is recorded of the improvement log."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Changes, Counts, Day, Person, Words
from foitracker.identity.traces import TRACE_LABELS

EVENTS = Vocabulary("Improvement log")

_LEFT_IN = {"left_in": Counts("Left in", TRACE_LABELS)}
_SAYS_LEFT_IN = "Left in: {left_in}."

IMPROVEMENT_ADDED = EVENTS.event(
    "improvement_added",
    "Improvement point added",
    fields={"owner": Person("Owner"), "due_on": Day("Due on"), **_LEFT_IN},
    words={"text": "Point", "source": "Source", "evidence": "Evidence"},
    says=("For {owner}, by {due_on}.", _SAYS_LEFT_IN),
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
        **_LEFT_IN,
    },
    says=("{changed}", "Now owned by {owner}.", _SAYS_LEFT_IN),
)
IMPROVEMENT_CLOSED = EVENTS.event(
    "improvement_closed",
    "Improvement point closed",
    fields={"closed_on": Day("Done on"), "due_on": Day("Due on"), **_LEFT_IN},
    words={"done": "What was done", "evidence": "Evidence"},
    says=("Done on {closed_on}; due on {due_on}.", _SAYS_LEFT_IN),
)
