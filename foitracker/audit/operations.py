"""Writing the trail.

Lock order. Appending takes a lock that every other appender waits for, until the transaction ends.
So an operation locks and changes its own rows first and records last; after recording it touches
no further row. Two transactions that do it the other way round can wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from .chain import GENESIS, Link, plain_detail
from .models import Entry, Head

if TYPE_CHECKING:
    from foitracker.accounts.models import User


#: Entries written by one statement.
BATCH = 1000


@dataclass(frozen=True)
class EventOn:
    """One of many events recorded together: what it was about, and its facts."""

    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def record_event(
    *,
    event: str,
    by: "User | None",
    at: datetime,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Append an event to the trail, in the caller's transaction, and return its entry.

    `event` is a slug such as `request_logged`; `by` is None when the system acted by itself; `at` is
    when the event happened (aware); `subject` is what it was about, such as `2253/2025`; `detail`
    holds facts as JSON values (no floats), never who the applicant is.
    Raises ValueError for a naive `at` or a `detail` the database cannot give back unchanged.
    """
    return _append(kind=Entry.Kind.EVENT, event=event, by=by, at=at, subject=subject, detail=detail or {})


def record_access(
    *,
    event: str,
    by: "User | None",
    at: datetime,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Append a access (somebody saw what not everybody may see); arguments as for `record_event`."""
    return _append(kind=Entry.Kind.ACCESS, event=event, by=by, at=at, subject=subject, detail=detail or {})


def record_events(*, event: str, by: "User | None", at: datetime, events: Sequence[EventOn]) -> int:
    """Append the same event on many subjects, in their order, in the caller's transaction; give their number.

    What a change to a whole list of cases is recorded with: one turn at the trail, and one statement for
    every BATCH entries. Nothing is written for no events. Arguments and errors otherwise as for `record_event`.
    """
    return len(_append_all(kind=Entry.Kind.EVENT, event=event, by=by, at=at, events=events))


def _append(
    *, kind: Entry.Kind, event: str, by: "User | None", at: datetime, subject: str, detail: Mapping[str, Any]
) -> Entry:
    return _append_all(kind=kind, event=event, by=by, at=at, events=[EventOn(subject, detail)])[0]


@transaction.atomic(savepoint=False)  # an event that could not be recorded may not be committed either
def _append_all(
    *, kind: Entry.Kind, event: str, by: "User | None", at: datetime, events: Iterable[EventOn]
) -> list[Entry]:
    if at.tzinfo is None:
        raise ValueError("an audit entry needs an aware time")
    plain = [(one.subject, plain_detail(one.detail)) for one in events]
    if not plain:
        return []
    if by is not None:
        _lock_actor(by)
    sequence, previous_hash, recorded_at = _lock_head()
    entries: list[Entry] = []
    for number, (subject, detail) in enumerate(plain, start=sequence + 1):
        link = Link(
            sequence=number,
            recorded_at=recorded_at,
            at=at,
            actor_id=by.pk if by is not None else None,
            kind=str(kind),
            event=event,
            subject=subject,
            detail=detail,
            previous_hash=previous_hash,
        )
        previous_hash = link.digest()
        entries.append(Entry(**link.__dict__, hash=previous_hash))
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Head.objects.filter(pk=1).update(sequence=entries[-1].sequence, hash=previous_hash)
    return entries


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
