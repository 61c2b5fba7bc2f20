"""What is recorded of the bank holidays."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Many, Reference

EVENTS = Vocabulary("Bank holidays")

#: A change of whole years names this many days of it.
_FEW = 12
_DAYS = {
    name: Many(label, Reference("Day"), separator="; ", most=_FEW)
    for name, label in (("added", "Added"), ("removed", "Removed"))
}
_SAYS = ("Add: {added}.", "Remove: {removed}.")

HOLIDAYS_PROPOSED = EVENTS.event(
    "holidays_proposed",
    "Changes to the bank holidays proposed",
    fields={**_DAYS, "source": Reference("Source")},
    words={"reason": "Reason"},
    says=(*_SAYS, "Published by {source}."),
)
CALENDAR_CHANGED = EVENTS.event(
    "calendar_changed",
    "Bank holidays changed",
    fields={
        **_DAYS,
        "version_before": Reference("Calendar before"),
        "calendar_version": Reference("Calendar"),
    },
    says=(*_SAYS, "Calendar {calendar_version}."),
)
HOLIDAYS_REJECTED = EVENTS.event(
    "holidays_rejected", "Changes to the bank holidays rejected", fields=_DAYS, says=_SAYS
)
