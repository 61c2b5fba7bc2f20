"""What is recorded of reminders: how they are set, and who is away."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Day, Number, Person, Reference

EVENTS = Vocabulary("Reminders")

REMINDER_CHANGED = EVENTS.event(
    "reminder_changed",
    "Reminder changed",
    fields={
        "kind": Reference("Reminder"),
        "days": Reference("Working days"),
        "every": Number("Repeated every"),
        "readers": Reference("Goes to"),
    },
    says=("{kind}: {days}; to {readers}.",),
)
DIGEST_TIME_CHANGED = EVENTS.event(
    "digest_time_changed", "Time of the digest changed", fields={"time": Reference("Time")}, says=("{time}.",)
)

_ABSENCE = {"person": Person("Who"), "from": Day("From"), "to": Day("To"), "cover": Person("Cover")}
ABSENCE_ENTERED = EVENTS.event(
    "absence_entered",
    "Absence entered",
    fields=_ABSENCE,
    says=("{person}, {from} to {to}.", ("cover", "Cover: {cover}.")),
)
ABSENCE_ENDED = EVENTS.event(
    "absence_ended", "Absence taken back", fields=_ABSENCE, says=("{person}, {from} to {to}.",)
)
