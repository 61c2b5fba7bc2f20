"""Accesses are sealed by entries of the trail: how many came since the last, up to which number, and a hash over them.

An access altered, removed or slipped in before the last seal is found by `manage.py verify_audit`.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from foitracker.audit.chain import AccessLine, Break, SealHash
from foitracker.audit.models import WRITING_ACCESSES, Entry, RecordedAccess
from foitracker.audit.operations import record_event
from foitracker.audit.queries import access_lines
from foitracker.trail.events import ACCESSES_SEALED

_SEALING = "audit seals"
#: How often, and how far apart in seconds, a moment is looked for in which nobody is writing an access.
_TRIES, _PAUSE = 100, 0.02
#: Sealing runs every minute; when it has not for so long, something is wrong.
_OVERDUE = timedelta(minutes=15)


class StillWriting(Exception):
    """There was no moment in which nobody was writing an access; the next run seals them."""


def seal_accesses(*, at: datetime) -> int:
    """Seal what was accessed since the last seal in one entry of the trail; return how many accesses that were.

    No entry is made when there were none. Raises StillWriting.
    """
    settled = _settled()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_SEALING])
        sealed = SealHash()
        for line in access_lines(after=_last_sealed(), to=settled):
            sealed.add(line)
        if sealed.count:
            detail = {"count": sealed.count, "last": settled, "sha256": sealed.hexdigest()}
            record_event(event=ACCESSES_SEALED, by=None, at=at, detail=detail)
    return sealed.count


def broken_seal() -> Break | None:
    """Return the first seal whose accesses are not what it was made over; None when all are whole."""
    lines = access_lines()
    ahead: AccessLine | None = None
    for entry in _seals().order_by("sequence").iterator(chunk_size=2000):
        sealed, ahead = _over(lines, ahead, to=entry.detail["last"])
        if (sealed.count, sealed.hexdigest()) != (entry.detail["count"], entry.detail["sha256"]):
            return Break(
                entry.sequence, f"the {entry.detail['count']} accesses it seals are not what was written"
            )
    return None


def sealing_warnings(now: datetime) -> list[str]:
    """Return what the health page says when accesses have not been sealed for long."""
    oldest = RecordedAccess.objects.filter(id__gt=_last_sealed()).order_by("id").first()
    if oldest is None or now - oldest.recorded_at < _OVERDUE:
        return []
    return ["Accesses have not been sealed for a quarter of an hour: is beat running, and the worker?"]


def _over(
    lines: Iterator[AccessLine], ahead: AccessLine | None, *, to: int
) -> tuple[SealHash, AccessLine | None]:
    """The hash over the lines up to a number, and the line read beyond it."""
    sealed = SealHash()
    for line in chain([ahead] if ahead else [], lines):
        if line.number > to:
            return sealed, line
        sealed.add(line)
    return sealed, None


def _settled() -> int:
    """The number up to which every access is written for good or never will be.

    Numbers are given before they are committed. Whoever writes holds a lock, shared; held alone for a moment, it
    says that nobody has a number that is not seen yet. It is never waited for, since writers would wait behind.
    """
    for _ in range(_TRIES):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [WRITING_ACCESSES])
            if cursor.fetchone() == (True,):
                found: int | None = RecordedAccess.objects.aggregate(last=Max("id"))["last"]
                return found or 0
        time.sleep(_PAUSE)
    raise StillWriting("Somebody was writing an access all the time; the next run seals them.")


def _seals() -> Any:
    return Entry.objects.filter(event=ACCESSES_SEALED.code)


def _last_sealed() -> int:
    last = _seals().order_by("-sequence").first()
    return int(last.detail["last"]) if last else 0
