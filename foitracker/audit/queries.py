"""Reading the trail."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from .chain import GENESIS, Link
from .models import Entry, Head

if TYPE_CHECKING:
    from foitracker.accounts.models import User


def timeline(subject: str) -> QuerySet[Entry]:
    """The events on `subject`, newest first, each with its actor."""
    return _about(subject).filter(kind=Entry.Kind.EVENT).order_by("-sequence")


def events_since(subject: str, sequence: int) -> QuerySet[Entry]:
    """The events on `subject` after entry `sequence`, oldest first: what changed since it was read."""
    return _about(subject).filter(kind=Entry.Kind.EVENT, sequence__gt=sequence).order_by("sequence")


def events_since_version(reference: str, version: int) -> list[Entry]:
    """Return the events on a case after it had `version`, oldest first."""
    return list(timeline(reference).filter(detail__version__gt=version).order_by("sequence"))


def accesses_to(subject: str) -> QuerySet[Entry]:
    """Return the accesses to guarded records of `subject`, newest first, each with its actor."""
    return _about(subject).filter(kind=Entry.Kind.ACCESS).order_by("-sequence")


def entries(
    *,
    subject: str = "",
    actor: "User | None" = None,
    event: str = "",
    kind: str = "",
    recorded_from: datetime | None = None,
    recorded_before: datetime | None = None,
) -> QuerySet[Entry]:
    """Return the whole trail, newest first, each with its actor, narrowed by what is given."""
    conditions = {
        "subject": subject,
        "actor": actor,
        "event": event,
        "kind": kind,
        "recorded_at__gte": recorded_from,
        "recorded_at__lt": recorded_before,
    }
    given = {lookup: value for lookup, value in conditions.items() if value}
    return Entry.objects.filter(**given).select_related("actor").order_by("-sequence")


def event_is_known(event: str) -> bool:
    """True when at least one entry is about an event of this name."""
    return Entry.objects.filter(event=event).exists()


def links() -> Iterator[tuple[Link, str]]:
    """Return every entry in order of sequence, with the hash stored for it, streamed from the database."""
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        yield (
            Link(
                sequence=entry.sequence,
                recorded_at=entry.recorded_at,
                at=entry.at,
                actor_id=entry.actor_id,
                kind=entry.kind,
                event=entry.event,
                subject=entry.subject,
                detail=entry.detail,
                previous_hash=entry.previous_hash,
            ),
            entry.hash,
        )


def head() -> tuple[int, str]:
    """Return the sequence and hash of the last entry, as the writer left them; (0, zeros) for no entry."""
    last = Head.objects.filter(pk=1).first()
    return (last.sequence, last.hash) if last else (0, GENESIS)


def _about(subject: str) -> QuerySet[Entry]:
    return Entry.objects.filter(subject=subject).select_related("actor")
