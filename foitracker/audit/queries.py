"""Reading the trail."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.db.models import OuterRef, QuerySet

from .chain import GENESIS, AccessLine, Link, words_hash
from .events import WORDS, approving_events, deciding_events
from .models import Entry, EventWords, Head, RecordedAccess

if TYPE_CHECKING:
    from foitracker.accounts.models import User


def timeline(subject: str) -> QuerySet[Entry]:
    """The events on `subject`, newest first, each with its actor and its words."""
    return _as_read(Entry.objects.filter(subject=subject)).order_by("-sequence")


def events_since(subject: str, sequence: int) -> QuerySet[Entry]:
    """The events on `subject` after entry `sequence`, oldest first: what changed since it was read."""
    return timeline(subject).filter(sequence__gt=sequence).order_by("sequence")


def events_since_version(reference: str, version: int) -> list[Entry]:
    """Return the events on a case after it had `version`, oldest first."""
    return list(timeline(reference).filter(detail__version__gt=version).order_by("sequence"))


def subjects_since(moment: datetime) -> set[str]:
    """Return what the events recorded since a moment are about."""
    found = Entry.objects.filter(recorded_at__gte=moment).exclude(subject="")
    return set(found.order_by().values_list("subject", flat=True).distinct())


class Narrowed(TypedDict, total=False):
    """What the trail can be narrowed by."""

    subject: str
    actor: "User | None"
    event: str
    recorded_from: datetime | None
    recorded_before: datetime | None


def entries(**narrowed: Unpack[Narrowed]) -> QuerySet[Entry]:
    """Return the events of the trail, newest first, each with its actor and words, narrowed by what is given."""
    return _as_read(Entry.objects.filter(**_lookups(narrowed))).order_by("-sequence")


def accesses(**narrowed: Unpack[Narrowed]) -> QuerySet[RecordedAccess]:
    """Return the accesses, newest first, each with its actor, narrowed by what is given."""
    return RecordedAccess.objects.filter(**_lookups(narrowed)).select_related("actor").order_by("-id")


def _lookups(narrowed: Narrowed) -> dict[str, object]:
    lookups = {"recorded_from": "recorded_at__gte", "recorded_before": "recorded_at__lt"}
    return {lookups.get(name, name): value for name, value in narrowed.items() if value}


def deciding(subject: "str | OuterRef") -> QuerySet[Entry]:
    """Return the events by which somebody took part in deciding a case."""
    return Entry.objects.filter(subject=subject, event__in=deciding_events())


def approving(subject: "str | OuterRef") -> QuerySet[Entry]:
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
                event=entry.event,
                subject=entry.subject,
                detail=entry.detail,
                previous_hash=entry.previous_hash,
            ),
            entry.hash,
        )


def access_lines(*, after: int | None = None, to: int | None = None) -> Iterator[AccessLine]:
    """Return the accesses numbered above `after`, up to `to`, in order, streamed from the database."""
    bounds = {"id__gt": after, "id__lte": to}
    rows = RecordedAccess.objects.filter(
        **{name: bound for name, bound in bounds.items() if bound is not None}
    )
    for row in rows.order_by("id").iterator(chunk_size=2000):
        yield AccessLine(
            number=row.pk,
            recorded_at=row.recorded_at,
            at=row.at,
            actor_id=row.actor_id,
            event=row.event,
            subject=row.subject,
            detail=row.detail,
            address=row.address,
        )


def keyed_hashes() -> Iterator[tuple[int, str, str, str]]:
    """Return number, hash, key's fingerprint and keyed hash of every entry, in order, streamed from the database."""
    columns = Entry.objects.order_by("sequence").values_list("sequence", "hash", "key", "keyed_hash")
    yield from columns.iterator(chunk_size=5000)


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


def _as_read(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """With what a page shows of each: its actor, and its words in one query for all of them."""
    return found.select_related("actor").prefetch_related("kept_words")
