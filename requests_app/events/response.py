"""What is recorded of letters: drafted, submitted, returned, approved, issued, read, corrected."""

from collections.abc import Iterable

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Day, Flag, Number, Reference
from foitracker.audit.models import Entry
from requests_app.letters.frozen import HASHES
from requests_app.letters.kinds import KIND_LABELS
from requests_app.models import Despatch, DespatchFailure, ReturnReason
from requests_app.rules.casework.lateness import LATE_REASON_LABELS, LATE_STEP_LABELS
from requests_app.rules.casework.workflow import OUTCOME_LABELS

EVENTS = Vocabulary("Requests: response")

_KIND = Code("Letter", KIND_LABELS)
_SAYS = ("{kind}.",)

#: To write the words of an answer is part of deciding; an acknowledgement decides nothing.
ANSWER_DRAFTED = EVENTS.event(
    "answer_drafted", "Answer drafted", fields={"kind": _KIND}, says=_SAYS, decides=True
)
ANSWER_CHANGED = EVENTS.event(
    "answer_changed", "Draft answer changed", fields={"kind": _KIND}, says=_SAYS, decides=True
)
LETTER_DRAFTED = EVENTS.event("letter_drafted", "Letter drafted", fields={"kind": _KIND}, says=_SAYS)
LETTER_CHANGED = EVENTS.event("letter_changed", "Draft letter changed", fields={"kind": _KIND}, says=_SAYS)

LETTER_SUBMITTED = EVENTS.event(
    "letter_submitted", "Submitted for approval", fields={"kind": _KIND}, says=_SAYS, decides=True
)
LETTER_RETURNED = EVENTS.event(
    "letter_returned", "Returned for more work", words={"reason": "What has to change"}
)
LETTER_APPROVED = EVENTS.event(
    "letter_approved",
    "Letter approved",
    fields={
        "kind": _KIND,
        "own_approval": Flag("Approved by somebody who took part"),
        "digest": Reference("SHA-256 of what was approved"),
    },
    says=(
        *_SAYS,
        ("own_approval", "Approved by somebody who took part in the decision; the settings allow it."),
    ),
    approves=True,
)
LETTER_ISSUED = EVENTS.event(
    "letter_issued",
    "Letter issued",
    fields={
        "kind": _KIND,
        "despatch": Code("Sent by", dict(Despatch.choices)),
        "outcome": Code("Outcome", OUTCOME_LABELS),
        "late_reason": Code("Why it was late", LATE_REASON_LABELS),
        "late_step": Code("Step at which the time was lost", LATE_STEP_LABELS),
        "letter": Number("Letter number"),
        **{name: Reference(f"SHA-256 of the {part}") for name, part in HASHES.items()},
        "supersedes": Reference("SHA-256 of the letter it supersedes"),
    },
    says=(
        *_SAYS,
        "Sent by: {despatch}.",
        "Outcome: {outcome}.",
        "Late: {late_reason}. Time lost at: {late_step}.",
        ("supersedes", "Takes the place of the letter issued before."),
    ),
)
_DELIVERY = {
    "kind": _KIND,
    "despatch": Code("Sent by", dict(Despatch.choices)),
    "sent_on": Day("Sent on"),
    "reopened": Flag("The request is open again"),
    "closed": Flag("The request is closed again"),
}
_WHAT_FOLLOWS = (
    ("reopened", "The answer was not delivered, so the request is open again and the time limit is running."),
    ("closed", "This answers the request."),
)
LETTER_NOT_DELIVERED = EVENTS.event(
    "letter_not_delivered",
    "Letter did not arrive",
    fields={
        **_DELIVERY,
        "failure": Code("What happened", dict(DespatchFailure.choices)),
        "reason": Code("Reason", dict(ReturnReason.choices)),
        "error": Reference("The mail server's answer"),
    },
    says=(*_SAYS, "Sent by: {despatch}, on {sent_on}.", "{failure}.", "{reason}.", *_WHAT_FOLLOWS),
)
LETTER_SENT_AGAIN = EVENTS.event(
    "letter_sent_again",
    "Letter sent again",
    fields=_DELIVERY,
    says=(*_SAYS, "Sent by: {despatch}.", *_WHAT_FOLLOWS),
)
ADDRESS_AT_FAULT = EVENTS.event(
    "address_at_fault",
    "Address given was wrong",
    fields=_DELIVERY,
    says=(
        *_SAYS,
        "The applicant gave the wrong address, so it counts as sent on {sent_on}.",
        *_WHAT_FOLLOWS,
    ),
)
LETTER_SEEN = EVENTS.access(
    "letter_seen",
    "Letter seen",
    fields={"letter": Number("Letter"), "kind": _KIND, "by_command": Flag("By a command")},
    says=_SAYS,
    is_guarded=True,
)

ALTERED_LETTER_REFUSED = EVENTS.access(
    "altered_letter_refused",
    "Altered letter refused",
    fields={"letter": Number("Letter"), "by_command": Flag("By a command")},
)

CORRECTION_OPENED = EVENTS.event(
    "correction_opened",
    "Reopened to correct the issued letter",
    words={"correction": "What was wrong"},
    decides=True,
)
CORRECTION_ABANDONED = EVENTS.event(
    "correction_abandoned", "Correction abandoned; the issued letter stands", words={"reason": "Reason"}
)


def last_return(events: Iterable[Entry]) -> Entry | None:
    """Return the event that returned the answer for more work, unless it was resubmitted; `events` newest first."""
    returned, submitted = LETTER_RETURNED.code, LETTER_SUBMITTED.code
    latest = next((entry for entry in events if entry.event in (returned, submitted)), None)
    return latest if latest and latest.event == returned else None
