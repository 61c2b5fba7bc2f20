"""Counting referrals: every figure of a definition in one statement, and the list of logs behind any figure.

What a criterion takes is written once, below; the figures and the lists behind them are made of the same words.
"""
# ruff: noqa: S608 (statements are put together from words of this file; what people chose is always a parameter)

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from foitracker.statistics.counting import counting
from referrals.models import Referral
from referrals.queries.unit import unit
from referrals.rules.statistics import CountedFigure, CountedForce, Counting, Definition, LeftOut, Result

_DAY = timedelta(days=1)
#: A log that should not be there is no referral, whatever else is recorded on it.
_IN_ERROR = "referrals_referral.closing = 'logged_in_error'"
_TAKES: dict[Counting, str] = {
    Counting.ALONE: (
        "referrals_referral.scope = 'single' AND f.role = 'referred_by' AND f.form_received_on IS NOT NULL"
    ),
    Counting.NATIONAL: "referrals_referral.scope = 'national'",
    Counting.MANDATORY: "f.trigger = 'mandatory'",
    Counting.SHARED: "referrals_referral.scope = 'several'",
}
_INVOLVED = "referrals_referralforce f JOIN referrals_referral ON referrals_referral.id = f.referral_id"
_WROTE = "f.force_id = ANY(%s::bigint[]) AND f.first_contact_on BETWEEN %s AND %s"
#: What a force's log meets, as bits of one number: a log of several forces meets what it meets for any of them.
_BITS: dict[Counting, int] = {criterion: 1 << place for place, criterion in enumerate(Counting)}
_SHARED_BIT, _ERROR_BIT = 1 << len(Counting), 2 << len(Counting)
#: The pieces that each period is made up of, for what was written.
_PERIODS = "JOIN period USING (piece)"


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """Which logs stand behind a figure: of these forces, on these days, by one criterion or by any of several.

    `criterion` is None for all of `criteria` together. `left_out` asks for the logs that none of them counts.
    """

    forces: tuple[int, ...]
    from_on: date
    to_on: date
    criteria: tuple[Counting, ...]
    criterion: Counting | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class CountedLog:
    """Why a log is counted: the forces that wrote about it in the period, since when, and what it meets."""

    first_contact_on: date
    forces: tuple[str, ...]
    meets: tuple[Counting, ...]


def complete_to(today: date) -> tuple[date, bool]:
    """Return the day the log is complete to, and whether that is assumed (then it is yesterday)."""
    recorded = unit().data_complete_to
    return (recorded, False) if recorded else (today - _DAY, True)


def count(definition: Definition, *, as_at: datetime) -> Result:
    """Count everything in a definition, in one statement; it names no logs."""
    criteria = definition.criteria
    per_piece = f"SELECT piece, force_id, {_numbers(criteria)} FROM written GROUP BY piece, force_id"
    counted = [
        f"SELECT place, force_id, {_sums(criteria)} FROM ({per_piece}) AS pieces {_PERIODS} GROUP BY 1, 2"
    ]
    several = len(definition.forces) > 1
    if several:
        per_log = f"SELECT place, bit_or(met) AS met FROM written {_PERIODS} GROUP BY place, referral_id"
        counted.append(f"SELECT place, NULL, {_numbers(criteria)} FROM ({per_log}) AS logs GROUP BY place")
    rows = _read(f"WITH {_written(criteria)} {' UNION ALL '.join(counted)}", _bound(definition))
    numbers = {(place, force): found for place, force, *found in rows}
    everybody = None if several else definition.forces[0].key

    def figure(force: int | None, place: int) -> dict[str, Any]:
        return _numbered(criteria, numbers.get((place, force or everybody)))

    return _result(definition, as_at, figure)


def count_with_logs(definition: Definition, *, as_at: datetime) -> Result:
    """Count everything in a definition and name the logs of every figure.

    The numbers are those of the logs read, so that both agree even if logs change between two queries.
    """
    criteria = definition.criteria
    rows = _read(
        f"WITH {_written(criteria)} SELECT place, force_id, met, log_number FROM written {_PERIODS} "
        "JOIN referrals_referral log ON log.id = referral_id ORDER BY log.year, log.number",
        _bound(definition),
    )
    found: dict[tuple[int, int | None], dict[str, int]] = {}
    for place, force, met, log in rows:
        for whose in (force, None):
            logs = found.setdefault((place, whose), {})
            logs[log] = logs.get(log, 0) | met
    return _result(definition, as_at, lambda force, place: _listed(criteria, found.get((place, force), {})))


def figure_logs(address: FigureAddress) -> QuerySet[Referral]:
    """Return the logs behind a figure, in the order of their numbers."""
    wanted = [address.criterion] if address.criterion else address.criteria
    counts = " OR ".join(f"({_takes(criterion)})" for criterion in wanted)
    logs = Referral.objects.order_by("year", "number")
    if address.left_out:
        return logs.filter(pk__in=_written_about(address)).exclude(pk__in=_written_about(address, counts))
    return logs.filter(pk__in=_written_about(address, counts))


def why_counted(address: FigureAddress, referrals: Collection[int]) -> dict[int, CountedLog]:
    """Return why some logs behind a figure are counted, by their keys."""
    met = ", ".join(f"bool_or({_takes(criterion)})" for criterion in address.criteria)
    rows = _read(
        f"SELECT referrals_referral.id, min(f.first_contact_on), array_agg(force.name ORDER BY force.name), {met} "
        f"FROM {_INVOLVED} JOIN referrals_force force ON force.id = f.force_id "
        f"WHERE referrals_referral.id = ANY(%s::bigint[]) AND {_WROTE} GROUP BY referrals_referral.id",
        [list(referrals), list(address.forces), address.from_on, address.to_on],
    )
    return {
        key: CountedLog(
            first, tuple(forces), tuple(c for c, meets in zip(address.criteria, met, strict=True) if meets)
        )
        for key, first, forces, *met in rows
    }


def _result(definition: Definition, as_at: datetime, numbers: Any) -> Result:
    """The figures of every force and period, and of all forces; a period that is not measured has none."""

    def figure(force: CountedForce | None, place: int) -> CountedFigure:
        period = definition.counted[place]
        if period.counted is None:
            return CountedFigure(force, period)
        return CountedFigure(force, period, **numbers(force.key if force else None, place))

    places = range(len(definition.counted))
    return Result(
        definition=definition,
        as_at=as_at,
        figures=tuple(figure(force, place) for force in definition.forces for place in places),
        all_together=tuple(figure(None, place) for place in places),
    )


def _numbered(criteria: Sequence[Counting], found: Sequence[int] | None) -> dict[str, Any]:
    """A figure of what `_numbers` counted; nothing found is 0."""
    together, shared, other, in_error, *each = found or [0] * (4 + len(criteria))
    return {
        "together": together,
        "by_criterion": dict(zip(criteria, each, strict=True)),
        "left_out": LeftOut(shared, other, in_error),
    }


def _listed(criteria: Sequence[Counting], entries: dict[str, int]) -> dict[str, Any]:
    """A figure of the logs that were read, each with the bits it has."""
    any_criterion = sum(_BITS[criterion] for criterion in criteria)
    logs = {
        log: tuple(criterion for criterion in criteria if met & _BITS[criterion])
        for log, met in entries.items()
        if met & any_criterion
    }
    left_out = {log: met for log, met in entries.items() if log not in logs}
    in_error = sum(bool(met & _ERROR_BIT) for met in left_out.values())
    shared = sum(bool(met & _SHARED_BIT) for met in left_out.values())
    return {
        "together": len(logs),
        "by_criterion": {c: sum(c in met for met in logs.values()) for c in criteria},
        "left_out": LeftOut(shared, len(left_out) - shared - in_error, in_error, tuple(left_out)),
        "logs": logs,
    }


def _takes(criterion: Counting) -> str:
    return f"{_TAKES[criterion]} AND NOT {_IN_ERROR}"


def _written(criteria: Sequence[Counting]) -> str:
    """`written`: a row for each force and log on which the force wrote on one of the days, with what the log meets.

    Periods may share days, so the days are cut where a period begins or has ended; a row names the piece it is in,
    and `period` the pieces of each period.
    """
    bits = [(_takes(criterion), _BITS[criterion]) for criterion in criteria]
    bits += [
        (f"referrals_referral.scope = 'several' AND NOT {_IN_ERROR}", _SHARED_BIT),
        (_IN_ERROR, _ERROR_BIT),
    ]
    met = " | ".join(f"CASE WHEN {words} THEN {bit} ELSE 0 END" for words, bit in bits)
    return (
        "written AS MATERIALIZED (SELECT width_bucket(f.first_contact_on, %s::date[]) AS piece, f.force_id, "
        f"f.referral_id, {met} AS met FROM {_INVOLVED} WHERE {_WROTE}), "
        "period AS (SELECT * FROM unnest(%s::int[], %s::int[]) AS made_up(place, piece))"
    )


def _numbers(criteria: Sequence[Counting]) -> str:
    """How many logs count by any criterion, are left out and why, and count by each criterion."""
    counted = sum(_BITS[criterion] for criterion in criteria)
    wanted = {
        "together": f"met & {counted} <> 0",
        "left_shared": f"met & {counted} = 0 AND met & {_SHARED_BIT} <> 0",
        "left_other": f"met & {counted | _SHARED_BIT | _ERROR_BIT} = 0",
        "left_in_error": f"met & {_ERROR_BIT} <> 0",
        **{criterion.value: f"met & {_BITS[criterion]} <> 0" for criterion in criteria},
    }
    return ", ".join(f"count(*) FILTER (WHERE {words}) AS {name}" for name, words in wanted.items())


def _sums(criteria: Sequence[Counting]) -> str:
    """The numbers of a period's pieces added up: a force is on a log once, so none is counted twice."""
    names = ("together", "left_shared", "left_other", "left_in_error", *criteria)
    return ", ".join(f"sum({name})::int" for name in names)


def _bound(definition: Definition) -> list[Any]:
    """The parameters of `_written`: where the days are cut, the forces, the days at most, and the pieces."""
    measured = [(place, p.counted) for place, p in enumerate(definition.counted) if p.counted]
    cuts = sorted(
        {period.from_on for _, period in measured} | {period.to_on + _DAY for _, period in measured}
    )
    pieces = [
        (place, number)
        for place, period in measured
        for number, cut in enumerate(cuts, start=1)
        if period.from_on <= cut <= period.to_on
    ]
    return [
        cuts,
        [force.key for force in definition.forces],
        cuts[0] if cuts else None,
        cuts[-1] if cuts else None,
        [place for place, _ in pieces],
        [number for _, number in pieces],
    ]


def _written_about(address: FigureAddress, counts: str = "true") -> RawSQL:
    """The keys of the logs that one of the forces wrote about on one of the days, where more holds of them."""
    return RawSQL(  # noqa: S611 (the words are all ours)
        f"SELECT f.referral_id FROM {_INVOLVED} WHERE {_WROTE} AND ({counts})",
        [list(address.forces), address.from_on, address.to_on],
    )


def _read(statement: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with counting(), connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
