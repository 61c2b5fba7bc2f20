"""Reading the trail."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet

from .chain import GENESIS, Link, words_hash
from .events import WORDS, approving_events, deciding_events
from .models import Entry, EventWords, Head

if TYPE_CHECKING:
    from foitracker.accounts.models import User


def timeline(subject: str) -> QuerySet[Entry]:
    """The events on `subject`, newest first, each with its actor and its words."""
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
    """Return the whole trail, newest first, each with its actor and words, narrowed by what is given."""
    conditions = {
        "subject": subject,
        "actor": actor,
        "event": event,
        "kind": kind,
        "recorded_at__gte": recorded_from,
        "recorded_at__lt": recorded_before,
    }
    given = {lookup: value for lookup, value in conditions.items() if value}
    return _as_read(Entry.objects.filter(**given)).order_by("-sequence")


def deciding(subject: "str | OuterRef") -> QuerySet[Entry]:
    """Return the events by which somebody took part in deciding a case."""
    return Entry.objects.filter(subject=subject, event__in=deciding_events())


def approving(subject: str) -> QuerySet[Entry]:
    """Return the events by which somebody approved what was decided on a case."""
    return Entry.objects.filter(subject=subject, event__in=approving_events())


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


def altered_words() -> int | None:
    """Return the first entry whose free text is not what its hash was made of; erased text is no alteration."""
    for kept in EventWords.objects.select_related("entry").order_by("entry_id").iterator(chunk_size=2000):
        if kept.entry.detail.get(WORDS, {}).get(kept.field) != words_hash(kept.words, kept.salt):
            return kept.entry_id
    return None


def head() -> tuple[int, str]:
    """Return the sequence and hash of the last entry, as the writer left them; (0, zeros) for no entry."""
    last = Head.objects.filter(pk=1).first()
    return (last.sequence, last.hash) if last else (0, GENESIS)


def _about(subject: str) -> QuerySet[Entry]:
    return _as_read(Entry.objects.filter(subject=subject))


def _as_read(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """With what a page shows of each: its actor, and its words in one query for all of them."""
    return found.select_related("actor").prefetch_related("kept_words")
