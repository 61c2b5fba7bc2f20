"""What is recorded of the clock: clarification, the dated facts beside it, and due dates that moved."""

from collections.abc import Iterable

from foitracker.audit.events import Event, Said, Vocabulary
from foitracker.audit.fields import Code, Day, Flag, Many, Number, Person, Reference
from requests_app.models import EFFECT_LABELS, ClockActKind, ReviewFinding

EVENTS = Vocabulary("Requests: clock")

_DUE_ON = Day("Due on")
_DUE = {"due_before": Day("Due before"), "due_on": _DUE_ON}


def _new_due(said: Said) -> Iterable[str]:
    before, due_on = said["due_before"], said["due_on"]
    if before == due_on:
        return
    yield f"Due on {due_on}" if due_on else "No day is due while the applicant is awaited"
    yield f"instead of {before}." if before else "now."


def _moved(said: Said) -> Iterable[str]:
    before, after = said["due_before"], said["due_after"]
    yield f"Due on {after}" if after else "No due date"
    yield f"instead of {before}." if before else "where there was none."


CLARIFICATION_ASKED = EVENTS.event(
    "clarification_asked",
    "Clarification asked",
    fields={"asked_on": Day("Asked on")},
    says=("Asked on {asked_on}. The clock stopped.",),
)
_ANSWER = {
    "answered_on": Day("Received on"),
    "effect": Code("Effect", EFFECT_LABELS),
    "excluded": Many("Excludes", Reference("Item"), noun="item"),
    "due_on": _DUE_ON,
    "reopened": Flag("Reopened"),
}
_ANSWER_SAYS = (
    "Received on {answered_on}.",
    "{effect}.",
    "Excludes {excluded}.",
    ("reopened", "The request had lapsed and is open again."),
    "Due on {due_on}.",
)
_REASON = {"reason": "Reason"}
CLARIFICATION_ANSWERED = EVENTS.event(
    "clarification_answered", "Clarification received", fields=_ANSWER, words=_REASON, says=_ANSWER_SAYS
)
#: To exclude items is to decide them.
ITEMS_EXCLUDED = EVENTS.event(
    "items_excluded",
    "Clarification received, items excluded",
    fields=_ANSWER,
    words=_REASON,
    says=_ANSWER_SAYS,
    decides=True,
)
_CLARIFICATION = {
    "asked_on": Day("Asked on"),
    "answered_on": Day("Answered on"),
    "effect": Code("Effect", EFFECT_LABELS),
    **_DUE,
}
_CLARIFICATION_SAYS = ("Asked on {asked_on}.", "Answered on {answered_on}.", _new_due)
CLARIFICATION_CORRECTED = EVENTS.event(
    "clarification_corrected",
    "Clarification corrected",
    fields=_CLARIFICATION,
    words=_REASON,
    says=_CLARIFICATION_SAYS,
)
CLARIFICATION_WITHDRAWN = EVENTS.event(
    "clarification_withdrawn",
    "Clarification taken out",
    fields=_CLARIFICATION,
    words=_REASON,
    says=_CLARIFICATION_SAYS,
)

_FACT = {
    "kind": Code("Kind", dict(ClockActKind.choices)),
    "on": Day("On"),
    "provision": Reference("Exemption"),
    "estimate": Day("Decision estimated by"),
    "comply_by": Day("To comply by"),
    "amount": Number("Amount"),
    "reference": Reference("Reference"),
    "finding": Code("Finding", dict(ReviewFinding.choices)),
    "reviewer": Person("Reviewer"),
    **_DUE,
}
_FACT_SAYS = (
    "{on}.",
    "£{amount}.",
    "Exemption {provision}.",
    "Decision estimated by {estimate}.",
    "To comply by {comply_by}.",
    "Reference {reference}.",
    "{finding}; reviewed by {reviewer}.",
    _new_due,
)
#: The recorded event of each kind of dated fact.
RECORDED: dict[ClockActKind, Event] = {
    kind: EVENTS.event(kind.value, str(kind.label), fields=_FACT, words=_REASON, says=_FACT_SAYS)
    for kind in ClockActKind
}
CLOCK_EVENT_CORRECTED = EVENTS.event(
    "clock_event_corrected",
    "Date of the clock corrected",
    fields=_FACT,
    words=_REASON,
    says=("{kind},", *_FACT_SAYS),
)
CLOCK_EVENT_WITHDRAWN = EVENTS.event(
    "clock_event_withdrawn",
    "Date of the clock taken out",
    fields=_FACT,
    words=_REASON,
    says=("{kind},", *_FACT_SAYS),
)

LAPSE_WARNED = EVENTS.event(
    "lapse_warned",
    "Warned that the request will lapse",
    fields={"lapses_on": Day("Last day")},
    says=("The last day is {lapses_on}.",),
)
DUE_DATE_MOVED = EVENTS.event(
    "due_date_moved",
    "Due date moved with the bank holidays",
    fields={
        "due_before": Day("Due before"),
        "due_after": Day("Due on"),
        "calendar_version": Reference("Calendar"),
    },
    says=(_moved, "Calendar {calendar_version}."),
)
