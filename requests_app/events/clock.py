"""What is recorded of the clock: clarification, the dated events beside it, and due dates that moved."""

from collections.abc import Callable, Iterable, Sequence

from foitracker.audit.events import Event, Said, Sentence, Vocabulary
from foitracker.audit.fields import Code, Counts, Day, Field, Flag, Many, Number, Person, Reference
from foitracker.identity.traces import TRACE_LABELS
from requests_app.models import EFFECT_LABELS
from requests_app.rules.clock.events import Field as Declared
from requests_app.rules.clock.events import FieldType, RecordedKind
from requests_app.rules.clock.kinds.clarification import CLARIFICATION_RECEIVED, CLARIFICATION_REQUESTED
from requests_app.rules.clock.kinds.table import RECORDED

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
    CLARIFICATION_REQUESTED.label,
    fields={"asked_on": Day("Asked on")},
    says=("Asked on {asked_on}. The clock stopped.",),
)
_ANSWER = {
    "answered_on": Day("Received on"),
    "effect": Code("Effect", EFFECT_LABELS),
    "excluded": Many("Excludes", Reference("Item"), noun="item"),
    "due_on": _DUE_ON,
    "reopened": Flag("Reopened"),
    "masked": Counts("Masked", TRACE_LABELS),
}
_ANSWER_SAYS = (
    "Received on {answered_on}.",
    "{effect}.",
    "Excludes {excluded}.",
    ("reopened", "The request had lapsed and is open again."),
    "Due on {due_on}.",
    "Masked in the copy: {masked}.",
)
_REASON = {"reason": "Reason"}
CLARIFICATION_ANSWERED = EVENTS.event(
    "clarification_answered", CLARIFICATION_RECEIVED.label, fields=_ANSWER, words=_REASON, says=_ANSWER_SAYS
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
    "Clarification withdrawn",
    fields=_CLARIFICATION,
    words=_REASON,
    says=_CLARIFICATION_SAYS,
)

_KEPT_AS: dict[FieldType, Callable[[Declared], Field]] = {
    FieldType.DAY: lambda field: Day(field.label),
    FieldType.MONEY: lambda field: Number(field.label),
    FieldType.EXEMPTION: lambda field: Reference(field.label),
    FieldType.REFERENCE: lambda field: Reference(field.label),
    FieldType.CODE: lambda field: Code(field.label, field.choices),
    FieldType.PERSON: lambda field: Person(field.label),
}


def _recorded(code: str, title: str, kinds: Sequence[RecordedKind], says: Sequence[Sentence] = ()) -> Event:
    """Declare an event on events of these kinds: its fields are theirs, but prose, which stands beside the trail."""
    declared = {
        field.name: field for kind in kinds for field in kind.fields if field.type is not FieldType.PROSE
    }
    kept = {name: _KEPT_AS[field.type](field) for name, field in declared.items()}
    phrases = [field.phrase.format(f"{{{name}}}") for name, field in declared.items()]
    return EVENTS.event(
        code,
        title,
        fields={"kind": Code("Kind", _LABELS), **kept, "on": Day("Date"), **_DUE},
        words=_REASON,
        says=(*says, *(f"{phrase[0].upper()}{phrase[1:]}." for phrase in phrases), _new_due),
    )


_LABELS = {kind.code: kind.label for kind in RECORDED.values()}
#: The event of recording each kind of clock event, by its code.
RECORDING = {code: _recorded(code, kind.label, [kind]) for code, kind in RECORDED.items()}
CLOCK_EVENT_CORRECTED = _recorded(
    "clock_event_corrected", "Clock event corrected", [*RECORDED.values()], says=("{kind},",)
)
CLOCK_EVENT_WITHDRAWN = _recorded(
    "clock_event_withdrawn", "Clock event withdrawn", [*RECORDED.values()], says=("{kind},",)
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
