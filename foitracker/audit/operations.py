"""Writing the trail.

Lock order. Appending takes a lock that every other appender waits for, until the transaction ends.
So an operation locks and changes its own rows first and records last; after recording it touches
no further row. Two transactions that do it the other way round can wait for each other.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from .chain import GENESIS, Link, plain_detail, words_hash
from .events import WORDS, Access, Event, check_declared
from .keyed_hash import fingerprint, keyed
from .models import Entry, EventWords, Head, RecordedAccess

if TYPE_CHECKING:
    from foitracker.accounts.models import User


#: Texts written by one statement.
BATCH = 1000


#: Gives a free text with what tells who somebody is masked.
Masked = Callable[[str], str]


@dataclass(frozen=True)
class EventOn:
    """One of many events recorded together: what it was about, its facts, and what was written in free words.

    `masked` gives a text as it may be shown.
    """

    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    masked: Masked | None = None


def record_event(
    *,
    event: Event,
    by: "User | None",
    at: datetime,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    masked: Masked | None = None,
) -> Entry:
    """Append an event to the trail, in the caller's transaction, and return its entry.

    `event` is a declared value; `by` is None when the system acted by itself; `at` is when the event happened
    (aware); `subject` is what it was about, such as `2253/2025`. `detail` holds the facts that the event
    declares, `words` the free text, which is kept beside the trail and shown as `masked` gives it. Raises
    UndeclaredEvent, WrongDetail, and ValueError for a naive `at` or an access.
    """
    return _append_all(event, by=by, at=at, events=[EventOn(subject, detail or {}, words or {}, masked)])[0]


def mask_words(subject: str, masked: Masked) -> int:
    """Show the free text of all events on `subject` as `masked` gives it; return how many texts changed."""
    changed = [kept for kept in EventWords.objects.filter(entry__subject=subject) if kept.show_as(masked)]
    EventWords.objects.bulk_update(changed, ["masked_words"], batch_size=BATCH)
    return len(changed)


def erase_words(subject: str) -> int:
    """Erase the free text of all events on `subject`, with its salts; return how many texts there were.

    The trail stays whole: its hashes say nothing from then on.
    """
    return EventWords.objects.filter(entry__subject=subject).delete()[0]


def record_events(*, event: Event, by: "User | None", at: datetime, events: Sequence[EventOn]) -> int:
    """Append the same event on many subjects, in their order, in the caller's transaction; give their number.

    What a change to a whole list of cases is recorded with: one turn at the trail, and one statement for
    all entries. Nothing is written for no events. Arguments and errors otherwise as for `record_event`.
    """
    return len(_append_all(event, by=by, at=at, events=events))


#: The accesses noted while a request is answered; none outside of one.
_NOTED: ContextVar[list[RecordedAccess] | None] = ContextVar("noted accesses", default=None)


def record_access(
    *,
    event: Access,
    by: "User | None",
    at: datetime,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Record an access: somebody opened, or was refused, what not everybody may see.

    While a page is made it is noted, and written when the page is whole, whatever the page's own transaction came
    to; elsewhere it is written now. Arguments and errors as for `record_event`.
    """
    _check(Access, event, at)
    facts, _ = event.checked(detail or {}, {})
    actor_id = by.pk if by is not None else None
    row = RecordedAccess(
        event=event.code, actor_id=actor_id, at=at, subject=subject, detail=plain_detail(facts)
    )
    noted = _NOTED.get()
    if noted is None:
        write_accesses([row])
    else:
        noted.append(row)


@contextmanager
def noting_accesses() -> Iterator[list[RecordedAccess]]:
    """Collect the accesses recorded inside instead of writing them; yield the list they are put in."""
    noted: list[RecordedAccess] = []
    before = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(before)


#: The setting holds for this statement alone, which is a transaction of its own.
_WITHOUT_WAITING = """
WITH setting AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO audit_recordedaccess (at, actor_id, event, subject, detail, address)
SELECT %s::timestamptz, %s::bigint, %s, %s, %s::jsonb, %s::inet FROM setting
"""


def write_accesses(rows: Sequence[RecordedAccess], *, waits_for_disk: bool = True) -> None:
    """Write accesses, by one statement. The lock of the trail is not taken.

    A single one outside a transaction need not wait until it is on the disk (PostgreSQL sees to that within a second).
    """
    if waits_for_disk or len(rows) > 1 or connection.in_atomic_block:
        RecordedAccess.objects.bulk_create(rows)
        return
    (row,) = rows
    detail = json.dumps(row.detail)
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_WAITING, [row.at, row.actor_id, row.event, row.subject, detail, row.address])


def _check(wanted: type[Event], event: Event, at: datetime) -> None:
    check_declared(event)
    if type(event) is not wanted:
        raise ValueError(f"{event.code} is {'an' if wanted is Event else 'no'} access")
    if at.tzinfo is None:
        raise ValueError("what is recorded needs an aware time")


@transaction.atomic(savepoint=False)  # an event that could not be recorded may not be committed either
def _append_all(event: Event, *, by: "User | None", at: datetime, events: Sequence[EventOn]) -> list[Entry]:
    _check(Event, event, at)
    checked = [
        (one.subject, *_with_hashes(*event.checked(one.detail, one.words), one.masked)) for one in events
    ]
    if not checked:
        return []
    if by is not None:
        _lock_actor(by)
    sequence, previous_hash, recorded_at = _lock_head()
    key = settings.AUDIT_KEYS[0]
    entries: list[Entry] = []
    kept: list[EventWords] = []
    for number, (subject, detail, words) in enumerate(checked, start=sequence + 1):
        link = Link(
            sequence=number,
            recorded_at=recorded_at,
            at=at,
            actor_id=by.pk if by is not None else None,
            event=event.code,
            subject=subject,
            detail=detail,
            previous_hash=previous_hash,
        )
        previous_hash = link.digest()
        signed = {"key": fingerprint(key), "keyed_hash": keyed(key, "entry", previous_hash)}
        entries.append(Entry(**link.__dict__, hash=previous_hash, **signed))
        for one in words:
            one.entry_id = number
        kept += words
    _write(entries)
    EventWords.objects.bulk_create(kept, batch_size=BATCH)
    Head.objects.filter(pk=1).update(sequence=entries[-1].sequence, hash=previous_hash)
    return entries


#: The columns of an entry, in the order in which they are handed over.
_COLUMNS = tuple(column.attname for column in Entry._meta.concrete_fields)
_COPY = f"COPY {Entry._meta.db_table} ({', '.join(_COLUMNS)}) FROM STDIN"
_values = attrgetter(*_COLUMNS)
_DETAIL = _COLUMNS.index("detail")


def _write(entries: Sequence[Entry]) -> None:
    """Write entries: one as it is, and many by COPY, which takes a third of the time that an INSERT of them does."""
    if len(entries) == 1:
        Entry.objects.bulk_create(entries)
        return
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(_COPY) as rows:
        for entry in entries:
            values = list(_values(entry))
            values[_DETAIL] = json.dumps(entry.detail)  # plain by now
            rows.write_row(values)


def _with_hashes(
    detail: Mapping[str, Any], words: Mapping[str, str], masked: Masked | None
) -> tuple[dict[str, Any], list[EventWords]]:
    """The detail as it is chained, with the hash of each free text; and the texts, each with its own salt."""
    kept = [EventWords(field=name, words=text, salt=secrets.token_hex(16)) for name, text in words.items()]
    for one in kept:
        one.show_as(masked)
    hashes = {one.field: words_hash(one.words, one.salt) for one in kept}
    return plain_detail({**detail, WORDS: hashes} if hashes else detail), kept


def _lock_actor(by: "User") -> None:
    """Take now the lock that the foreign key takes on the actor's row when the entry is inserted.

    Taken after the lock on the head, it would wait for whoever is changing that person, who in turn waits for
    the head.
    """
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(by._meta.db_table)
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [by.pk])  # noqa: S608


def _lock_head() -> tuple[int, str, datetime]:
    """Wait for the turn to append; return the last sequence and hash, and the database's time."""
    if head := _locked_head():
        return head
    # Only a trail that was never written to may begin; a lost head is for verify_audit to show. An entry and its
    # head are committed together, so the head of an entry seen just now is there by now, if it is not lost.
    if not Entry.objects.exists():
        Head.objects.bulk_create([Head(sequence=0, hash=GENESIS)], ignore_conflicts=True)
    if head := _locked_head():
        return head
    raise RuntimeError("the head of the audit trail is missing: run manage.py verify_audit")


def _locked_head() -> tuple[int, str, datetime] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, hash, clock_timestamp() FROM audit_head WHERE id = 1 FOR UPDATE")
        row: tuple[int, str, datetime] | None = cursor.fetchone()
    return row
