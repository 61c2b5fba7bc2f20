"""What is recorded at intake: a request logged, its details, who asked, who works on it, what it is linked to."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Changes, Code, Counts, Day, Flag, Many, Number, Person, Reference, Words
from foitracker.identity.traces import TRACE_LABELS
from requests_app.models import AccessReason, Channel, Level, LinkKind, Priority, Regime
from requests_app.rules.casework.validity import Element

EVENTS = Vocabulary("Requests: intake")

_GAPS = Many("Lacks", Code("Lacks", {element.value: element.value for element in Element}))
_IDENTITY = ("name", "organisation", "email", "postal_address", "other_address", "salutation")


def _received(said: Said) -> Iterable[str]:
    due = f", due on {said['due_on']}" if said["due_on"] else ""
    yield f"Received on {said['received_on']}{due}."


def _validity(said: Said) -> Iterable[str]:
    gaps = said["validity_gaps"]
    yield f"Still missing: {gaps}." if gaps else "The request is valid."


REQUEST_LOGGED = EVENTS.event(
    "request_logged",
    "Request logged",
    fields={
        "received_on": Day("Received on"),
        "due_on": Day("Due on"),
        "officer": Person("Officer"),
        "validity_gaps": _GAPS,
        "brought_over": Flag("Brought over"),
        "unprintable_characters_removed": Number("Removed", unit="unprintable character"),
        "masked": Counts("Masked", TRACE_LABELS),
        "left_in": Counts("Left in", TRACE_LABELS),
    },
    says=(
        _received,
        "Given to {officer}.",
        "Not valid yet: no sufficient {validity_gaps}.",
        ("brought_over", "Brought over with its number from another register."),
        "{unprintable_characters_removed} removed from the text.",
        "Masked in the copy: {masked}.",
        "Left in: {left_in}.",
    ),
)
DETAILS_CHANGED = EVENTS.event(
    "details_changed",
    "Details changed",
    fields={
        "changed": Changes(
            "Changed",
            {
                "received_on": Day("Date received"),
                "channel": Code("How it arrived", dict(Channel.choices)),
                "subject": Words("Subject"),
                "regime": Code("Regime", dict(Regime.choices)),
                "topic": Reference("Topic"),
                "designated_function": Reference("Designated function"),
                "interpretation": Words("How we read the request"),
                "priority": Code("Priority", dict(Priority.choices)),
                "priority_reason": Words("Reason for the priority"),
                "risk": Code("Risk", dict(Level.choices)),
                "complexity": Code("Complexity", dict(Level.choices)),
            },
        )
    },
    says=("{changed}",),
)
IDENTITY_CHANGED = EVENTS.event(
    "identity_changed",
    "Applicant's details changed",
    fields={
        "fields": Many("Changed", Code("Changed", {name: name.replace("_", " ") for name in _IDENTITY})),
        "validity_gaps": _GAPS,
    },
    says=("Changed: {fields}.", _validity),
)
IDENTITY_SEEN = EVENTS.access(
    "identity_seen",
    "Applicant's identity seen",
    fields={"reason": Code("Reason", dict(AccessReason.choices))},
    says=("{reason}.",),
    is_guarded=True,
)
ASSIGNED = EVENTS.event(
    "assigned", "Officer assigned", fields={"officer": Person("Officer")}, says=("Given to {officer}.",)
)

_LINK = {
    "kind": Code("Link", dict(LinkKind.choices)),
    "other": Reference("Other request"),
    "quote_words": Flag("Quotes its words"),
}
_LINK_SAYS = ("{kind} {other}.",)
LINKED = EVENTS.event("linked", "Request linked", fields=_LINK, says=_LINK_SAYS)
LINK_CHANGED = EVENTS.event("link_changed", "Link changed", fields=_LINK, says=_LINK_SAYS)
UNLINKED = EVENTS.event("unlinked", "Link removed", fields=_LINK, says=_LINK_SAYS)

NOTE_WRITTEN = EVENTS.event("note_written", "Note written", fields={"note": Number("Note")})
