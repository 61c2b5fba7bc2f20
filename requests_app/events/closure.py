"""What is recorded when a request ends without a letter of ours."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Flag
from requests_app.rules.casework.workflow import OUTCOME_LABELS

EVENTS = Vocabulary("Requests: closure")

_OUTCOME = Code("Outcome", OUTCOME_LABELS)

CLOSED_UNANSWERED = EVENTS.event(
    "closed_unanswered",
    "Closed without an answer",
    fields={"outcome": _OUTCOME, "by_setting": Flag("Closed by the system")},
    words={"reason": "Reason"},
    says=("{outcome}.", ("by_setting", "Closed by the system, as the authority's settings say.")),
)
#: Of a request that is brought over with its answer.
ANSWERED_BEFORE = EVENTS.event(
    "answered_in_an_earlier_register",
    "Answered in an earlier register",
    fields={"outcome": _OUTCOME},
    says=("{outcome}.",),
    decides=True,
)
