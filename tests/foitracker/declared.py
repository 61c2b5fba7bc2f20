"""Events and a kind of message declared for tests alone."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import (
    Changes,
    Code,
    Counts,
    Day,
    Flag,
    Group,
    Many,
    Number,
    Person,
    Reference,
    Words,
)
from foitracker.mail.kinds import MessageKind, register
from foitracker.queues import Queue

EVENTS = Vocabulary("Tests")

COLOURS = {"red": "Bright red", "blue": "Deep blue"}
TRIED = EVENTS.event(
    "tried",
    "Something tried",
    fields={
        "number": Number("Number"),
        "logs": Number("Logs", unit="log"),
        "day": Day("Day"),
        "colour": Code("Colour", COLOURS),
        "colours": Many("Colours", Code("Colour", COLOURS), most=2),
        "items": Many("Items", Reference("Item"), noun="item"),
        "left": Counts("Left in", COLOURS),
        "urgent": Flag("Urgent"),
        "who": Person("Who"),
        "about": Reference("About"),
        "limit": Group("Limit", {"day": Day("Day"), "about": Reference("About")}),
        "changed": Changes("Changed", {"subject": Words("Subject"), "received_on": Day("Date received")}),
    },
    words={"reason": "Reason"},
    says=(
        "On {day}.",
        "{about} is {colour}.",
        ("urgent", "In a hurry."),
        lambda said: [f"{said['items']}."] if said["items"] else [],
        "{changed}",
    ),
)
MOVED = EVENTS.event("moved", "Something moved", fields={"number": Number("Number")})
LOOKED = EVENTS.access("looked", "Something looked at")

MESSAGE = MessageKind("tried", "Something e-mailed", resent_by="see every message that was sent")
register(MESSAGE)
#: One of the lane of letters.
BATCHED = MessageKind("batched", "A letter", resent_by="see every message that was sent", lane=Queue.LETTERS)
register(BATCHED)
