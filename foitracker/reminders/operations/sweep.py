"""The sweep: what is due and missing becomes a reminder, and what holds no more ends. It may run twice or not at all.

Each kind is one statement, so that the number of statements does not follow the number of cases. One sweep runs at
a time; a second waits, finds everything there, and makes nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from foitracker.reminders.kinds import AtOnce, kinds
from foitracker.reminders.models import Sweep
from foitracker.reminders.moment import Moment
from foitracker.reminders.operations.messages import Sent, send_at_once, send_digests
from foitracker.reminders.queries import KindInForce, digest_at, kinds_in_force, union_of

#: Held until its transaction ends by whoever sweeps.
_LOCK = "foitracker reminders"

_SWEEP = """
WITH due (r_case, r_about, r_offset, r_person) AS MATERIALIZED ({due}),
ended AS (
    UPDATE reminders_reminder AS r SET ended_at = %s
    WHERE r.kind = %s AND r.ended_at IS NULL {only} AND NOT EXISTS (
        SELECT FROM due WHERE r_case = r."case" AND r_about = r.about AND r_offset = r."offset"
            AND r_person = r.person_id)
    RETURNING 1
), made AS ({make})
SELECT (SELECT count(*) FROM made), (SELECT count(*) FROM ended)
"""

_MAKE = """
    INSERT INTO reminders_reminder AS r
        (kind, "case", about, "offset", person_id, made_at, is_at_once, channel)
    SELECT %s, r_case, r_about, r_offset, r_person, %s, {at_once}, '' FROM due
    ON CONFLICT (kind, "case", about, "offset", person_id) DO UPDATE SET ended_at = NULL{anew}
        WHERE r.ended_at IS NOT NULL
    RETURNING 1
"""

#: What had ended and has come up again on the same day is told again, where it is told at once.
_ANEW = ", made_at = EXCLUDED.made_at, is_at_once = true, channel = '', message_id = NULL, read_at = NULL"

#: On a day that is not a working day no reminder is made. One that had ended is opened again if it holds again.
_STAND_AGAIN = """
    UPDATE reminders_reminder AS r SET ended_at = NULL FROM due
    WHERE r.kind = %s AND r.ended_at IS NOT NULL AND r_case = r."case" AND r_about = r.about
        AND r_offset = r."offset" AND r_person = r.person_id
    RETURNING 1
"""

#: Due today or overdue by a date nobody has been reminded of yet.
_BY_A_NEW_DATE = """
    r_offset <= 0 AND NOT EXISTS (
        SELECT FROM reminders_reminder AS earlier
        WHERE earlier."case" = r_case AND earlier.about = r_about AND earlier.kind = ANY(%s::text[]))
"""

_NOTHING_DUE = "SELECT ''::text, NULL::date, 0, 0::bigint WHERE false"


@dataclass(frozen=True)
class Swept:
    """How many reminders a sweep made and ended, and what it sent."""

    made: int
    ended: int
    sent: Sent


@transaction.atomic
def sweep(*, at: datetime, only: Collection[str] | None = None) -> Swept:
    """Look at all cases, or at `only` those of these references, and queue the e-mails that are due.

    Of single cases it is looked at what does not wait for the next digest; the rest is found by the next look at all.

    The first look at all cases on a working day, from the hour of the digest on, sends the digest of the day; from
    then on what does not wait goes at once. On other days nothing is new and nothing is sent. Raises
    CalendarDataError and CalendarNotCovered.
    """
    moment = Moment(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    looked_at = [one for one in kinds_in_force() if only is None or one.kind.at_once is not AtOnce.NEVER]
    counts = [_sweep_kind(in_force, moment, only) for in_force in looked_at]
    made, ended = sum(count[0] for count in counts), sum(count[1] for count in counts)
    sent, has_sent_digest = _send(moment, only)
    if only is None:
        Sweep.objects.create(
            at=at, made=made, ended=ended, digest_of=moment.today if has_sent_digest else None
        )
    return Swept(made, ended, sent)


def _send(moment: Moment, only: Collection[str] | None) -> tuple[Sent, bool]:
    """Queue what is due to be sent now; return it, and whether it was the digests of the day."""
    if not moment.is_due(digest_at()):
        return Sent(0, []), False
    if Sweep.objects.filter(digest_of=moment.today).exists():
        return send_at_once(moment), False
    return (send_digests(moment), True) if only is None else (Sent(0, []), False)


def _sweep_kind(in_force: KindInForce, moment: Moment, only: Collection[str] | None) -> tuple[int, int]:
    kind = in_force.kind
    branches = list(kind.rows(moment, in_force.codes, only))
    due, params = union_of(branches) if branches else (_NOTHING_DUE, [])
    names: list[Any]
    narrowed, names = ('AND r."case" = ANY(%s::text[])', [list(only)]) if only is not None else ("", [])
    make, make_params = _make(in_force, moment)
    statement = _SWEEP.format(due=due, only=narrowed, make=make)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, moment.at, kind.code, *names, *make_params])
        made, ended = cursor.fetchone()
    return made, ended


def _make(in_force: KindInForce, moment: Moment) -> tuple[str, list[Any]]:
    kind = in_force.kind
    if not moment.is_working_day:
        return _STAND_AGAIN, [kind.code]
    if kind.at_once is AtOnce.WHEN_MOVED:
        moving = [one.code for one in kinds() if one.at_once is AtOnce.WHEN_MOVED]
        return _MAKE.format(at_once=_BY_A_NEW_DATE, anew=""), [kind.code, moment.at, moving]
    if kind.at_once is AtOnce.ALWAYS:
        return _MAKE.format(at_once="true", anew=_ANEW), [kind.code, moment.at]
    return _MAKE.format(at_once="false", anew=""), [kind.code, moment.at]
