"""What is recorded while an answer waits for somebody else's advice."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Flag, Reference
from requests_app.models import HoldEnding

EVENTS = Vocabulary("Requests: consultation")

_AWAITED = {"awaited": Reference("Awaited")}
_SAYS = ("Advice awaited: {awaited}.",)

HOLD_PLACED = EVENTS.event(
    "hold_placed", "Answer waits for advice", fields={**_AWAITED, "page": Reference("Page")}, says=_SAYS
)
ADVICE_CAME = EVENTS.event(
    "advice_came",
    "Advice came",
    fields={**_AWAITED, "returned": Flag("An answer went back to its officer")},
    says=(
        "Advice of {awaited}.",
        ("returned", "The answer had been submitted or approved without it, and went back."),
    ),
)
HOLD_ENDED = EVENTS.event(
    "hold_ended",
    "Answer no longer waits",
    fields={**_AWAITED, "ending": Code("Ending", dict(HoldEnding.choices))},
    says=(*_SAYS, "{ending}."),
)
HOLD_OVERRIDDEN = EVENTS.event(
    "hold_overridden",
    "Gone on without the advice",
    fields=_AWAITED,
    words={"reason": "Reason"},
    says=_SAYS,
)
