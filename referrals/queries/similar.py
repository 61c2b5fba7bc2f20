"""Logs that ask nearly the same as another, so that one advice can serve them all.

PostgreSQL compares the words it has stored for the search; nothing is read but the logs that came near in time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Prefetch

from referrals.models import Referral, ReferralForce
from referrals.rules.similar_wording import ALIKE_FROM, COURTESIES, FEWEST_WORDS, MOST_FOUND, WINDOW_DAYS
from referrals.rules.workflow import Closing

#: A log on which many forces have wording of their own is compared by this many of them.
OWN_WORDINGS = 8


@dataclass(frozen=True)
class SimilarLog:
    """A log that asks nearly the same, and how alike the two are, in hundredths.

    `our_words` and `their_words` are what is alike: the log's wording, or that of one of its forces.
    """

    case: Referral
    percent: int
    our_words: str
    their_words: str


# The words of a log are those of its wording (weight B), not of its subject; a force's own have no weight.
_SIMILAR = """
WITH usual AS MATERIALIZED (
    SELECT tsvector_to_array(to_tsvector('english', %(courtesies)s)) AS words
), ours AS MATERIALIZED (
    SELECT words, min(force) AS force FROM (
        SELECT tsvector_to_array(ts_delete(ts_filter(log.search, '{b}'), usual.words)) AS words, 0 AS force
        FROM referrals_referral AS log, usual WHERE log.id = %(log)s
        UNION ALL
        SELECT tsvector_to_array(ts_delete(own.search, usual.words)), own.id
        FROM referrals_referralforce AS own, usual WHERE own.referral_id = %(log)s AND own.wording <> ''
    ) AS wording
    WHERE cardinality(words) >= %(fewest)s GROUP BY words ORDER BY min(force) LIMIT %(own_wordings)s
), bounds AS MATERIALIZED (
    SELECT min(cardinality(words)) * %(alike)s AS least, max(cardinality(words)) / %(alike)s AS most FROM ours
), theirs AS MATERIALIZED (
    SELECT near.id AS log, 0 AS force, ts_delete(ts_filter(near.search, '{b}'), usual.words) AS words
    FROM referrals_referral AS near, usual, bounds
    WHERE near.received_on BETWEEN %(first)s AND %(last)s AND length(near.search) >= bounds.least
    AND coalesce(near.national_log_id, near.id) <> %(group)s AND near.closing <> %(error)s
    UNION ALL
    SELECT near.id, own.id, ts_delete(own.search, usual.words)
    FROM usual, bounds, referrals_referral AS near
    CROSS JOIN LATERAL (
        -- OFFSET 0: looked up for each log near in time, rather than read for all logs there ever were.
        SELECT id, search FROM referrals_referralforce WHERE referral_id = near.id AND wording <> '' OFFSET 0
    ) AS own
    WHERE near.received_on BETWEEN %(first)s AND %(last)s AND length(own.search) >= bounds.least
    AND coalesce(near.national_log_id, near.id) <> %(group)s AND near.closing <> %(error)s
), compared AS MATERIALIZED (
    SELECT theirs.log, theirs.force AS their_force, ours.force AS our_force,
        cardinality(ours.words) + length(theirs.words) AS words,
        length(theirs.words) - length(ts_delete(theirs.words, ours.words)) AS shared
    FROM theirs, ours, bounds WHERE length(theirs.words) BETWEEN bounds.least AND bounds.most
), best AS (
    SELECT DISTINCT ON (log) log, our_force, their_force, shared::numeric / (words - shared) AS alike
    FROM compared WHERE shared >= %(alike)s * (words - shared)
    ORDER BY log, alike DESC, our_force, their_force
)
SELECT log, floor(alike * 100)::int, our_force, their_force FROM best
ORDER BY alike DESC, log DESC LIMIT %(most)s
"""


_WORDS = """
WITH usual AS MATERIALIZED (
    SELECT tsvector_to_array(to_tsvector('english', %(courtesies)s)) AS words
), wordings AS (
    SELECT log.id AS log, tsvector_to_array(ts_delete(ts_filter(log.search, '{b}'), usual.words)) AS words
    FROM referrals_referral AS log, usual WHERE log.id = ANY(%(logs)s)
    UNION ALL
    SELECT own.referral_id, tsvector_to_array(ts_delete(own.search, usual.words))
    FROM referrals_referralforce AS own, usual WHERE own.referral_id = ANY(%(logs)s) AND own.wording <> ''
)
SELECT log, words FROM wordings WHERE cardinality(words) >= %(fewest)s
"""


def similar_logs(case: Referral) -> list[SimilarLog]:
    """Return the logs that ask nearly the same as another, most alike first.

    They came within WINDOW_DAYS of it, before or after, and are not grouped with it; those logged in error
    are left out. The wording of both logs is compared, and that of forces asked in words of their own. A
    fixed number of queries.
    """
    found = _compared(case)
    logs = _logs([log for log, *_ in found])
    wordings = dict(
        ReferralForce.objects.filter(pk__in={pk for *_, ours, theirs in found for pk in (ours, theirs) if pk})
        .order_by()
        .values_list("pk", "wording")
    )
    return [
        SimilarLog(
            logs[log],
            percent,
            our_words=wordings.get(ours, case.wording),
            their_words=wordings.get(theirs, logs[log].wording),
        )
        for log, percent, ours, theirs in found
    ]


def percent_alike(case: Referral, others: Collection[int]) -> dict[int, int]:
    """Return how alike other logs are to one, in hundredths, however far apart they came.

    As in `similar_logs`, of all wordings on either side the two most alike count; too few words count as 0.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"courtesies": COURTESIES, "logs": [case.pk, *others], "fewest": FEWEST_WORDS})
        found = [(log, frozenset(words)) for log, words in cursor.fetchall()]
    ours = [words for log, words in found if log == case.pk]
    return {
        other: max(
            (
                len(mine & words) * 100 // len(mine | words)
                for log, words in found
                if log == other
                for mine in ours
            ),
            default=0,
        )
        for other in others
    }


def _compared(case: Referral) -> list[tuple[int, int, int, int]]:
    """Log, hundredths alike, and whose wording was compared on either side: a force on the log, or 0 for the log."""
    window = timedelta(days=WINDOW_DAYS)
    facts: dict[str, Any] = {
        "courtesies": COURTESIES,
        "log": case.pk,
        "group": case.national_log_id or case.pk,
        "first": case.received_on - window,
        "last": case.received_on + window,
        "error": Closing.LOGGED_IN_ERROR.value,
        "fewest": FEWEST_WORDS,
        "own_wordings": OWN_WORDINGS,
        "alike": ALIKE_FROM,
        "most": MOST_FOUND,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, facts)
        found: list[tuple[int, int, int, int]] = cursor.fetchall()
    return found


def _logs(keys: list[int]) -> dict[int, Referral]:
    forces = ReferralForce.objects.select_related("force").defer("wording", "search").order_by("force__name")
    logs = Referral.objects.select_related("adviser", "national_log").defer("search", "national_log__search")
    return logs.prefetch_related(Prefetch("forces", forces)).in_bulk(keys)
