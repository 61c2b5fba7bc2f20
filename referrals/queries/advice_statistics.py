"""Counting advice: the logs of a period by topic, criterion, adviser, deadline and what forces did; and any list.

What makes a log count is written once, below; the numbers and the lists behind them are made of the same words.
"""
# ruff: noqa: S608 (statements are put together from words of this file; what people chose is always a parameter)

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min, QuerySet

from foitracker.accounts.models import User
from foitracker.statistics.counting import counting
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.models import Referral, ReferralForce
from referrals.queries.choices import criteria_ever_used
from referrals.rules.advice_statistics import (
    AdviceQuestion,
    AdviceResult,
    AdviceState,
    AgainstDeadline,
    CountedBy,
    DaysToAdvice,
    ToldState,
    working_day_ordinals,
)
from referrals.rules.vocabulary import Scope, Trigger
from requests_app.models import Topic

#: The logs received in the period. With forces, those on which one of them sent a form or wrote.
_LOGS = """
    logs AS (
        SELECT r.id, r.scope, r.topic_id, r.adviser_id, r.received_on, r.advised_on, r.status = 'closed' AS is_closed
        FROM referrals_referral r
        WHERE r.received_on BETWEEN %(first)s AND %(last)s AND r.closing <> 'logged_in_error'
            {chosen}
    )
"""
#: Said only where forces are chosen: beside an “or” PostgreSQL would read all logs to find theirs.
_CHOSEN = """
            AND r.id IN (
                SELECT f.referral_id FROM referrals_referralforce f
                WHERE f.first_contact_on IS NOT NULL AND f.force_id = ANY(%(forces)s::bigint[]))
"""
#: With what their forces say of them, or those forces that were chosen: the first deadline, and as bits why they came
#: and what became of the advice. A force's latest advice counts; one that was consulted was owed none. The keys that
#: the logs and their forces have at least and at most keep PostgreSQL from reading those of all other years.
_FACTS = """
    facts AS (
        SELECT logs.*, deadline, triggers, CASE WHEN advised_on IS NULL THEN told & 15 ELSE told END AS told
        FROM logs LEFT JOIN (
            SELECT f.referral_id, min(coalesce(f.stated_due_on, f.due_on)) AS deadline,
                bit_or(CASE f.trigger WHEN 'mandatory' THEN 1 WHEN 'advice' THEN 2 WHEN 'correspondence' THEN 4
                    ELSE 0 END) AS triggers,
                bit_or(CASE WHEN latest IS NOT NULL THEN 1 << (latest & 3)::int WHEN f.role <> 'consulted' THEN 16
                    ELSE 0 END) AS told
            FROM referrals_referralforce f LEFT JOIN (
                SELECT told_to_id, max(advice_id * 4 + CASE uptake WHEN 'adopted' THEN 1 WHEN 'in_part' THEN 2
                    WHEN 'departed' THEN 3 ELSE 0 END) AS latest
                FROM referrals_advicetold
                WHERE told_to_id BETWEEN %(least_force)s AND %(most_force)s
                    AND (%(everybody)s OR told_to_id IN (
                        SELECT id FROM referrals_referralforce WHERE force_id = ANY(%(forces)s::bigint[])))
                GROUP BY told_to_id
            ) AS told ON told.told_to_id = f.id
            WHERE f.referral_id BETWEEN %(least)s AND %(most)s
                AND (%(everybody)s OR f.force_id = ANY(%(forces)s::bigint[]))
            GROUP BY f.referral_id
        ) AS first ON first.referral_id = logs.id
    )
"""
#: What a log has to be to count under a value. It can count under several: its forces differ.
_CONDITIONS: dict[CountedBy, dict[str, str]] = {
    CountedBy.ALL: {"": "true"},
    CountedBy.ADVICE: {
        AdviceState.ADVISED: "advised_on IS NOT NULL",
        AdviceState.AWAITED: "advised_on IS NULL AND NOT is_closed",
        AdviceState.CLOSED_WITHOUT: "advised_on IS NULL AND is_closed",
    },
    CountedBy.DEADLINE: {
        AgainstDeadline.IN_TIME: "advised_on <= deadline",
        AgainstDeadline.LATE: "advised_on > deadline",
        AgainstDeadline.NOT_YET: "deadline IS NOT NULL AND advised_on IS NULL AND NOT is_closed",
        AgainstDeadline.CLOSED_WITHOUT: "deadline IS NOT NULL AND advised_on IS NULL AND is_closed",
        AgainstDeadline.NO_DEADLINE: "deadline IS NULL",
    },
    CountedBy.UPTAKE: {
        ToldState.NOT_REPORTED: "told & 1 <> 0",
        ToldState.ADOPTED: "told & 2 <> 0",
        ToldState.IN_PART: "told & 4 <> 0",
        ToldState.DEPARTED: "told & 8 <> 0",
        ToldState.NOT_TOLD: "told & 16 <> 0",
    },
    CountedBy.SCOPE: {scope: f"scope = '{scope}'" for scope in Scope},
    CountedBy.TRIGGER: {
        Trigger.MANDATORY: "triggers & 1 <> 0",
        Trigger.ADVICE: "triggers & 2 <> 0",
        Trigger.CORRESPONDENCE: "triggers & 4 <> 0",
    },
}
#: What is known without the forces.
_OF_LOGS = frozenset({CountedBy.ALL, CountedBy.ADVICE, CountedBy.SCOPE, CountedBy.TOPIC, CountedBy.ADVISER})
_COLUMNS = {CountedBy.TOPIC: "topic_id", CountedBy.ADVISER: "adviser_id"}
_CRITERIA = """
    SELECT DISTINCT logs.id, logs.received_on, criterion.code
    FROM logs JOIN referrals_criteriondecision decided ON decided.referral_id = logs.id AND decided.applies
    JOIN referrals_criterion criterion ON criterion.id = decided.criterion_id
"""
#: The working days of a log are the difference of two days' numbers, which are counted from the first day.
_WITH_DAYS = """
    SELECT facts.*, numbers[advised_on - from_day + 1] - numbers[received_on - from_day + 1] AS days
    FROM facts, (SELECT %(numbers)s::int[] AS numbers, %(from_day)s::date AS from_day) AS calendar
"""

#: Of what was found: asked of the key itself, PostgreSQL would walk through all keys until it meets one of them.
_LEAST, _MOST = Min(F("pk") + 0), Max(F("pk") + 0)


def count_advice(question: AdviceQuestion, *, as_at: datetime, calendar: WorkingDayCalendar) -> AdviceResult:
    """Count the logs of a period in every way they are counted.

    Each thing is read in a pass of its own: what is read twice would have to be kept in between, which takes
    longer.
    """
    bound = _bound(question)
    first, last = question.period.from_on, max(question.period.to_on, as_at.date())
    from_day, numbers = working_day_ordinals(calendar, first, last)
    kinds = [(by, value) for by, values in _CONDITIONS.items() for value in values]
    each = ", ".join(f"count(*) FILTER (WHERE {_CONDITIONS[by][value]})" for by, value in kinds)
    ((measured, median, ninetieth, *counted),) = _read(
        f"WITH {_logs(bound)}, {_FACTS} SELECT count(days), percentile_cont(0.5) WITHIN GROUP (ORDER BY days), "
        f"percentile_cont(0.9) WITHIN GROUP (ORDER BY days), {each} FROM ({_WITH_DAYS}) AS with_days",
        {**bound, "numbers": numbers, "from_day": from_day},
    )
    found: dict[CountedBy, dict[str, int]] = defaultdict(dict)
    for (by, value), number in zip(kinds, counted, strict=True):
        found[by][value] = number
    for by, value, number in _keyed(bound):
        found[by][value] = found[by].get(value, 0) + number
    return AdviceResult(
        question=question,
        as_at=as_at,
        logs=found[CountedBy.ALL][""],
        by=dict(found),
        days=DaysToAdvice(measured, median, ninetieth),
    )


def advice_logs(question: AdviceQuestion, by: CountedBy, value: str) -> list[int]:
    """Return the keys of the logs behind one of the numbers, in the order they were received."""
    source, condition = "logs", _CONDITIONS.get(by, {}).get(value, "false")
    if by == CountedBy.CRITERION:
        source, condition = f"({_CRITERIA}) AS decided", "code = %(value)s"
    elif by in _COLUMNS:
        condition = f"coalesce({_COLUMNS[by]}::text, '') = %(value)s"
    elif by not in _OF_LOGS:
        source = "facts"
    with_facts = f", {_FACTS}" if source == "facts" else ""
    bound = _bound(question)
    rows = _read(
        f"WITH {_logs(bound)}{with_facts} SELECT id FROM {source} WHERE {condition} ORDER BY received_on, id",
        {**bound, "value": value},
    )
    return [key for (key,) in rows]


def logs_in_order(keys: Iterable[int]) -> QuerySet[Referral]:
    """Return the logs with these keys, in the order they were received."""
    found = Referral.objects.filter(pk__in=list(keys)).order_by("received_on", "id")
    return found.select_related("adviser", "topic").defer("wording", "search")


def names_of(by: CountedBy, values: Iterable[str]) -> dict[str, str]:
    """Name topics, criteria or advisers by the values they are counted under."""
    wanted = [value for value in values if value]
    found: QuerySet[Any, tuple[int, str]]
    if by == CountedBy.CRITERION:
        return {code: title for code, title in criteria_ever_used() if code in wanted}
    if by == CountedBy.TOPIC:
        found = Topic.objects.filter(pk__in=wanted).values_list("pk", "name")
    else:
        found = User.objects.filter(pk__in=wanted).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def _keyed(bound: dict[str, Any]) -> Iterator[tuple[CountedBy, str, int]]:
    """The numbers by topic, adviser and criterion."""
    pairs = _read(
        f"WITH {_logs(bound)} SELECT topic_id, adviser_id, count(*) FROM logs GROUP BY topic_id, adviser_id",
        bound,
    )
    for topic, adviser, number in pairs:
        yield CountedBy.TOPIC, str(topic or ""), number
        yield CountedBy.ADVISER, str(adviser or ""), number
    for code, number in _read(
        f"WITH {_logs(bound)} SELECT code, count(*) FROM ({_CRITERIA}) AS decided GROUP BY code", bound
    ):
        yield CountedBy.CRITERION, code, number


def _logs(bound: dict[str, Any]) -> str:
    """`_LOGS`, of all forces or of those chosen."""
    return _LOGS.replace("{chosen}", "" if bound["everybody"] else _CHOSEN)


def _bound(question: AdviceQuestion) -> dict[str, Any]:
    """The parameters of `_LOGS` and `_FACTS`."""
    period = question.period
    keys = [force.key for force in question.forces]
    received = Referral.objects.filter(received_on__range=(period.from_on, period.to_on))
    logs = received.aggregate(least=_LEAST, most=_MOST)
    involved = ReferralForce.objects.filter(referral__gte=logs["least"] or 0, referral__lte=logs["most"] or 0)
    forces = involved.aggregate(least_force=_LEAST, most_force=_MOST)
    return {
        "first": period.from_on,
        "last": period.to_on,
        "everybody": not keys,
        "forces": keys,
        **logs,
        **forces,
    }


def _read(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with counting(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
