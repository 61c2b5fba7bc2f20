"""What is recorded of a log between intake and advice: triage, adviser, groups, closing."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Code, Day, Many, Person, Reference
from referrals.events.common import UNMASKED, UNMASKED_SAYS
from referrals.rules.vocabulary import PRIORITY_LABELS, SCOPE_LABELS
from referrals.rules.workflow import CLOSING_LABELS

EVENTS = Vocabulary("Referrals: triage")


def _criteria(said: Said) -> Iterable[str]:
    for name, label in (("applies", "Applies"), ("set_aside", "Set aside")):
        if said[name]:
            yield f"{label}: {said[name].replace('-', ' ')}."


_ADVISER = Person("Adviser")
TRIAGED = EVENTS.event(
    "triaged",
    "Triaged",
    fields={
        "priority": Code("Priority", PRIORITY_LABELS),
        "applies": Many("Applies", Reference("Criterion")),
        "set_aside": Many("Set aside", Reference("Criterion")),
        "adviser": _ADVISER,
        **UNMASKED,
    },
    says=("{priority} priority.", _criteria, "Given to {adviser}.", *UNMASKED_SAYS),
)
REFERRAL_ASSIGNED = EVENTS.event(
    "referral_assigned", "Adviser assigned", fields={"adviser": _ADVISER}, says=("Given to {adviser}.",)
)

_SCOPE = Code("Scope", SCOPE_LABELS)
_NATIONAL = {"national_log": Reference("National log")}
_NATIONAL_SAYS = ("National log {national_log}.",)
_MEMBERS = {"members": Many("Logs", Reference("Log"))}
_MEMBERS_SAYS = ("Logs {members}.",)
REFERRAL_GROUPED = EVENTS.event(
    "referral_grouped",
    "Grouped under a national log",
    fields={**_NATIONAL, "scope_before": _SCOPE},
    says=_NATIONAL_SAYS,
)
REFERRALS_GROUPED = EVENTS.event(
    "referrals_grouped",
    "Logs grouped under this one",
    fields={**_MEMBERS, "scope_before": _SCOPE},
    says=_MEMBERS_SAYS,
)
REFERRAL_UNGROUPED = EVENTS.event(
    "referral_ungrouped",
    "Taken out of the national log",
    fields={**_NATIONAL, "scope": _SCOPE},
    says=_NATIONAL_SAYS,
)
REFERRALS_UNGROUPED = EVENTS.event(
    "referrals_ungrouped", "Logs taken out of the group", fields=_MEMBERS, says=_MEMBERS_SAYS
)

_CLOSING = Code("Closed because", CLOSING_LABELS)
_CLOSING_SAYS = ("{closing}.", *UNMASKED_SAYS)
_REASON = {"reason": "Reason"}
REFERRAL_CLOSED = EVENTS.event(
    "referral_closed",
    "Log closed",
    fields={"closing": _CLOSING, **UNMASKED},
    words=_REASON,
    says=_CLOSING_SAYS,
)
REFERRAL_REOPENED = EVENTS.event(
    "referral_reopened",
    "Log reopened",
    fields={"closing": _CLOSING, "closed_on": Day("Closed on"), **UNMASKED},
    words=_REASON,
    says=_CLOSING_SAYS,
)
