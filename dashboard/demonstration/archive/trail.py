"""The audit trail of cases written in bulk: their events, chained as the tracker chains them.

Every entry is recorded when it is loaded and tells in `at` when the event was, as for any event recorded late.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import pgtrigger
from django.conf import settings
from django.db import connection

from dashboard.demonstration.archive.copying import Row, Rows, moment
from foitracker.audit import queries as audit
from foitracker.audit.chain import Link
from foitracker.audit.events import Event
from foitracker.audit.keyed_hash import fingerprint, keyed
from foitracker.audit.models import Entry, Head


class SyntheticEvent(NamedTuple):
    """One event of a case, and who made it. `detail` is as the trail keeps it, with people by their names."""

    event: Event
    actor: int
    day: date
    hour: int
    detail: dict[str, Any]


class Trail:
    """The chain as it grows. `sequence` and `hash` are those of its last entry."""

    def __init__(self, head: tuple[int, str], recorded_at: datetime) -> None:
        self.sequence, self.hash = head
        self.recorded_at = recorded_at
        self.key = settings.AUDIT_KEYS[0]

    def entries(self, subject: str, lot: int, events: Iterable[SyntheticEvent]) -> Rows:
        """Give the rows of the entries on one case, which go on with the chain."""
        for version, one in enumerate(events, start=1):
            detail = {**one.detail, "version": version}
            yield Entry, self.entry(one.event, one.actor, moment(one.day, one.hour, lot), subject, detail)

    def entry(self, event: Event, actor: int, at: datetime, subject: str, detail: dict[str, Any]) -> Row:
        """Give the row of the next entry. `at` is when it happened; `detail` is as the trail keeps it."""
        self.sequence += 1
        link = Link(
            sequence=self.sequence,
            recorded_at=self.recorded_at,
            at=at,
            actor_id=actor,
            event=event.code,
            subject=subject,
            detail=detail,
            previous_hash=self.hash,
        )
        self.hash = link.digest()
        return {
            **link.__dict__,
            "detail": json.dumps(link.detail),
            "hash": self.hash,
            "key": fingerprint(self.key),
            "keyed_hash": keyed(self.key, "entry", self.hash),
        }


def begin_trail(at: datetime) -> Trail:
    """Keep the audit trail to this transaction, and return it, ready for entries recorded `at`."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Head._meta.db_table} IN EXCLUSIVE MODE")
    return Trail(audit.head(), at)


def end_trail(trail: Trail) -> None:
    """Let the trail end with the last entry copied; the head's trigger knows single steps only."""
    with pgtrigger.ignore("audit.Head:head_moves_on_to_an_entry"):
        Head.objects.update_or_create(pk=1, defaults={"sequence": trail.sequence, "hash": trail.hash})
