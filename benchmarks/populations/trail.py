"""The audit trail of a synthetic population: a few events for each case, chained as the tracker chains them.

Every entry is recorded when it is loaded and tells in `at` when the event was, as for any event recorded late.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings

from dashboard.demonstration.archive.copying import Row, Rows, moment
from foitracker.audit.chain import Link
from foitracker.audit.events import Event
from foitracker.audit.keyed_hash import fingerprint, keyed
from foitracker.audit.models import Entry


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
            self.sequence += 1
            link = Link(
                sequence=self.sequence,
                recorded_at=self.recorded_at,
                at=moment(one.day, one.hour, lot),
                actor_id=one.actor,
                event=one.event.code,
                subject=subject,
                detail={**one.detail, "version": version},
                previous_hash=self.hash,
            )
            self.hash = link.digest()
            row: Row = {
                **link.__dict__,
                "detail": json.dumps(link.detail),
                "hash": self.hash,
                "key": fingerprint(self.key),
                "keyed_hash": keyed(self.key, "entry", self.hash),
            }
            yield Entry, row
