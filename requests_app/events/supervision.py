"""What is recorded of supervision: reviews and their actions, dip samples, recovery plans and triage sheets."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Counts, Day, Number, Person, Reference
from foitracker.identity.traces import TRACE_LABELS
from requests_app.models import Soundness

EVENTS = Vocabulary("Requests: supervision")

SUPERVISION_REVIEWED = EVENTS.event(
    "supervision_reviewed",
    "Supervision review",
    fields={
        "reviewed_on": Day("Reviewed on"),
        "action_due_on": Day("Action due on"),
        "action_by": Person("Action for"),
    },
    words={"direction": "Direction", "action": "Action"},
    says=("Reviewed on {reviewed_on}.", "Action for {action_by}.", "Action due on {action_due_on}."),
)
SUPERVISION_ACTION_DONE = EVENTS.event(
    "supervision_action_done",
    "Supervision action closed",
    fields={"done_on": Day("Done on"), "action_due_on": Day("Due on")},
    words={"done": "What was done"},
    says=("Done on {done_on}; due on {action_due_on}.",),
)

_SAMPLE = {
    "from": Day("From"),
    "to": Day("To"),
    "population": Number("Issued", unit="letter"),
    "sampled": Number("Sampled", unit="letter"),
    "seed": Reference("Seed"),
}
DIP_SAMPLE_DRAWN = EVENTS.event(
    "dip_sample_drawn",
    "Dip sample drawn",
    fields=_SAMPLE,
    says=("Issued from {from} to {to}.", "{sampled} of {population}.", "Seed {seed}."),
)
SAMPLED_LETTER_ASSESSED = EVENTS.event(
    "sampled_letter_assessed",
    "Sampled letter assessed",
    fields={
        "request": Reference("Request"),
        "letter": Number("Letter"),
        "result": Code("Result", dict(Soundness.choices)),
    },
    says=("Request {request}: {result}.",),
)

RECOVERY_PLAN_MADE = EVENTS.event(
    "recovery_plan_made",
    "Recovery plan made",
    fields={
        "made_on": Day("Made on"),
        "clear_by": Day("Clear by"),
        "requests": Number("Requests", unit="request"),
    },
    says=("{requests} to be answered by {clear_by}.",),
)
RECOVERY_TEXT_CHANGED = EVENTS.event(
    "recovery_text_changed",
    "Text of a recovery plan changed",
    fields={"left_in": Counts("Left in", TRACE_LABELS)},
    words={"text": "Text"},
    says=("Left in: {left_in}.",),
)

TRIAGE_SHEET_KEPT = EVENTS.event(
    "triage_sheet_kept",
    "Triage sheet kept",
    fields={"held_on": Day("Meeting on"), "requests": Number("New requests", unit="request")},
    says=("Meeting on {held_on}.", "{requests}."),
)
