"""What is recorded of returns: made, counted again, commented on, approved, printed, scheduled and sent."""

from dashboard.returns.kinds import KINDS
from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Counts, Day, Flag, Many, Number, Reference
from foitracker.identity.traces import TRACE_LABELS

EVENTS = Vocabulary("Returns")

_KINDS = {kind.code: kind.name for kind in KINDS}
_OF = {
    "kind": Code("Kind", _KINDS),
    "from_on": Day("From"),
    "to_on": Day("To"),
    "received": Number("Received"),
    "closed": Number("Closed"),
    "balances": Flag("Opening + received − closed = closing"),
    "again_of": Number("Counted again from return"),
}
_SAYS = ("{kind}, {from_on} to {to_on}: {received} received, {closed} closed.",)

RETURN_MADE = EVENTS.event("return_made", "Return made", fields=_OF, says=_SAYS)
RETURN_COUNTED_AGAIN = EVENTS.event(
    "return_counted_again",
    "Return counted again",
    fields={**_OF, "changed": Number("Lines that changed", unit="line")},
    says=(*_SAYS, "{changed} changed since return {again_of}."),
)
RETURN_COMMENTED = EVENTS.event(
    "return_commented",
    "Commentary written on a return",
    fields={"left_in": Counts("Left in", TRACE_LABELS)},
    words={"text": "Commentary"},
    says=("Left in: {left_in}.",),
)
RETURN_APPROVED = EVENTS.event(
    "return_approved",
    "Return approved",
    fields={"own": Flag("Approved by whoever made it or commented on it")},
    says=(("own", "Approved by the person who made it or commented on it, which the settings allow."),),
)
RETURN_PRINTED = EVENTS.event(
    "return_printed",
    "Return printed",
    fields={
        "copy": Code("Copy", {"management": "Management pack", "publication": "Publication copy"}),
        "sha256": Reference("SHA-256"),
    },
    says=("{copy}.",),
)

_SCHEDULE = {"kind": Code("Kind", _KINDS), "addresses": Many("Addresses", Reference("Address"))}
_WHEN = {
    "when": Code("When", {"approved": "once it is approved", "at_once": "at once, marked as not approved"})
}
SCHEDULE_SET = EVENTS.event(
    "return_schedule_set",
    "Sending of a return set",
    fields={**_SCHEDULE, **_WHEN},
    says=("{kind}, to {addresses}.", "Sent {when}."),
)
SCHEDULE_CHANGED = EVENTS.event(
    "return_schedule_changed",
    "Sending of a return changed",
    fields={**_SCHEDULE, **_WHEN, "before": Many("Addresses before", Reference("Address"))},
    says=("{kind}, to {addresses}; before, to {before}.", "Sent {when}."),
)
SCHEDULE_STOPPED = EVENTS.event(
    "return_schedule_stopped",
    "Sending of a return stopped",
    fields={"kind": Code("Kind", _KINDS)},
    says=("{kind}.",),
)
RETURN_SENT = EVENTS.event(
    "return_sent",
    "Return sent",
    fields={**_SCHEDULE, "schedule": Number("By schedule")},
    says=("To {addresses}.",),
)
