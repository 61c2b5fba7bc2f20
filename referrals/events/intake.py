"""What is recorded at intake: a log, its details, and the forces on it."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import (
    Changes,
    Code,
    Day,
    Flag,
    Group,
    Many,
    Number,
    Reference,
    Words,
)
from referrals.events.common import FORCES, UNMASKED, UNMASKED_SAYS
from referrals.models import MarkKind
from referrals.rules.vocabulary import FLAG_LABELS, FORCE_ROLE_LABELS, SCOPE_LABELS, TRIGGER_LABELS

EVENTS = Vocabulary("Referrals: intake")

_SCOPE = Code("Scope", SCOPE_LABELS)
_FORCE = {
    "force": Reference("Force"),
    "role": Code("Role", FORCE_ROLE_LABELS),
    "trigger": Code("Why it turned to us", TRIGGER_LABELS),
}

REFERRAL_LOGGED = EVENTS.event(
    "referral_logged",
    "Referral logged",
    fields={
        "scope": _SCOPE,
        "received_on": Day("Received on"),
        "forces": FORCES,
        "own_request": Reference("Our own request"),
        "brought_over": Flag("Brought over"),
        "reply_by": Day("Advice due by"),
        "marks": Many("Applicant marked by", Code("Applicant marked by", dict(MarkKind.choices))),
        **UNMASKED,
    },
    says=(
        "{scope}, received on {received_on}.",
        "{forces}.",
        "Our own request {own_request}.",
        ("brought_over", "Brought over with its number from another log."),
        "Advice is due by {reply_by}.",
        *UNMASKED_SAYS,
    ),
)
REFERRAL_CHANGED = EVENTS.event(
    "referral_changed",
    "Details of the log changed",
    fields={
        "changed": Changes(
            "Changed",
            {
                "subject": Words("Subject"),
                "wording": Words("Wording"),
                "scope": _SCOPE,
                "received_on": Day("Date received"),
                "topic_id": Reference("Topic"),
                "flags": Many("What else is known", Code("What else is known", FLAG_LABELS)),
            },
        ),
        **UNMASKED,
    },
    says=("{changed}", *UNMASKED_SAYS),
)
REFERRAL_REFUSED = EVENTS.access(
    "referral_refused", "Log of another force asked for", fields={"force": Number("Key of their force")}
)


_FORCE_FACTS = {
    **_FORCE,
    "scope": _SCOPE,
    "due_on": Day("Its answer is due on"),
    "reply_by": Day("Advice due by"),
    "first_contact_on": Day("First contact"),
    "before": Group("Before", _FORCE),
    **UNMASKED,
}
_FORCE_SAYS = (
    "{role} {force}.",
    "{trigger}.",
    "Before: {before}.",
    "Its answer is due on {due_on}.",
    *UNMASKED_SAYS,
)
FORCE_ADDED = EVENTS.event("force_added", "Force added", fields=_FORCE_FACTS, says=_FORCE_SAYS)
FORCE_CHANGED = EVENTS.event("force_changed", "Force changed", fields=_FORCE_FACTS, says=_FORCE_SAYS)


def _moved(said: Said) -> Iterable[str]:
    before, after = said["reply_by_before"], said["reply_by_after"]
    if before != after:
        yield f"Advice is due by {after or 'no day'} instead of {before or 'no day'}."


def _limits(said: Said) -> Iterable[str]:
    for limit in said.detail.get("deadlines") or ():
        due, was = (_DAY.in_words(limit[name]) or "no day" for name in ("after", "before"))
        yield f"{limit['force']}: due on {due} instead of {was}."


_DAY = Day("Due on")
REPLY_DATE_MOVED = EVENTS.event(
    "reply_date_moved",
    "Day advice is due by moved with the calendar",
    fields={
        "reply_by_before": Day("Advice due before"),
        "reply_by_after": Day("Advice due by"),
        "deadlines": Many(
            "Limits",
            Group("Limit", {"force": Reference("Force"), "before": Day("Due before"), "after": _DAY}),
            separator="; ",
        ),
        "calendar_version": Reference("Calendar"),
    },
    says=(_moved, _limits, "Calendar {calendar_version}."),
)
