"""The kinds of message there are. The apps that send them declare each once; the outbox knows them by their code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from foitracker.queues import LANES, Queue

if TYPE_CHECKING:
    from foitracker.mail.models import OutboxMessage


@dataclass(frozen=True)
class MessageKind:
    """One kind of message. `code` is what rows are stored with, `label` what people read.

    `resent_by` is the permission it takes to send one again or to enter that one came back; `lane` is the queue it is
    sent from. `address` is where it would go now; without it, where it went. `body` is what it would say now; without
    it, what it said. `undelivered` is called when one was refused or came back, in the transaction in which that is
    recorded; it may be called twice. `again_url` and `returned_url` are the pages where that is done; without them,
    those of the outbox.
    """

    code: str
    label: str
    resent_by: str
    lane: Queue = Queue.MAIL
    address: "Callable[[OutboxMessage], str] | None" = None
    body: "Callable[[OutboxMessage], str] | None" = None
    undelivered: "Callable[[OutboxMessage, datetime], None] | None" = None
    again_url: "Callable[[OutboxMessage], str] | None" = None
    returned_url: "Callable[[OutboxMessage], str] | None" = None


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Make a kind known to the outbox. Raises ValueError for a code that another one has, and for no lane of it."""
    if kind.lane not in LANES:
        raise ValueError(f"messages of the kind “{kind.code}” would never be sent: {kind.lane} is no lane")
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"two kinds of message are called “{kind.code}”")
    _kinds[kind.code] = kind


def kinds() -> list[MessageKind]:
    """Return all kinds, by their labels."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def kind_of(code: str) -> MessageKind:
    """Return a kind by its code; one that is no longer declared is called by it."""
    return _kinds.get(code) or MessageKind(code, code, resent_by="see every message that was sent")
