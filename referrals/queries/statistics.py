"""Counting referrals: every figure of a definition in one statement, and the list of logs behind any figure.

What a criterion takes is written once, below; the figures and the lists behind them are made of the same words.
"""
# ruff: noqa: S608 (statements are put together from words of this file; what people chose is always a parameter)

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from referrals.models import Referral
from referrals.queries.unit import unit
from referrals.rules.statistics import CountedFigure, CountedForce, Counting, Definition, LeftOut, Result

#: A log that should not be there is no referral, whatever else is recorded on it.
_IN_ERROR = "r.closing = 'logged_in_error'"
_TAKES: dict[Counting, str] = {
    Counting.ALONE: "r.scope = 'single' AND f.role = 'referred_by' AND f.form_received_on IS NOT NULL",
    Counting.NATIONAL: "r.scope = 'national'",
    Counting.MANDATORY: "f.trigger = 'mandatory'",
    Counting.SHARED: "r.scope = 'several'",
}
_INVOLVED = "referrals_referralforce f JOIN referrals_referral r ON r.id = f.referral_id"
#: The periods of a definition, by their places in it.
_PERIODS = "unnest(%s::int[], %s::date[], %s::date[]) AS period(place, from_on, to_on)"
_IN_PERIOD = "f.force_id = ANY(%s::bigint[]) AND f.first_contact_on BETWEEN period.from_on AND period.to_on"


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
    """This function will give the day the log is complete to, and whether that is assumed: then it is yesterday."""
    recorded = unit().data_complete_to
    return (recorded, False) if recorded else (today - timedelta(days=1), True)


def count(definition: Definition, *, as_at: datetime) -> Result:
    """This function will count everything in a definition, in one statement; it names no logs."""
    criteria = definition.criteria
    per_force = f"SELECT place, force_id, {_numbers(criteria)} FROM entries GROUP BY place, force_id"
    any_force = ", ".join(f"bool_or({name}) AS {name}" for name in ("is_shared", "in_error", *criteria))
    per_log = f"SELECT place, referral_id, {any_force} FROM entries GROUP BY place, referral_id"
    together = f"SELECT place, NULL, {_numbers(criteria)} FROM ({per_log}) AS logs GROUP BY place"
    rows = _read(
        f"WITH entries AS MATERIALIZED ({_entries(criteria)}) {per_force} UNION ALL {together}",
        _bound(definition),
    )
    numbers = {(place, force): found for place, force, *found in rows}
    return _result(definition, as_at, lambda force, place: _numbered(criteria, numbers.get((place, force))))


def count_with_logs(definition: Definition, *, as_at: datetime) -> Result:
    """This function will count everything in a definition and name the logs of every figure.

    The numbers are those of the logs read, so that both agree whatever is written meanwhile.
    """
    criteria = definition.criteria
    rows = _read(
        f"SELECT entries.*, number.log_number FROM ({_entries(criteria)}) AS entries "
        "JOIN referrals_referral number ON number.id = entries.referral_id ORDER BY number.year, number.number",
        _bound(definition),
    )
    found: dict[tuple[int, int | None], dict[str, _Entry]] = defaultdict(dict)
    for place, force, _, shared, in_error, *met, log in rows:
        entry = _Entry(shared, in_error, tuple(c for c, meets in zip(criteria, met, strict=True) if meets))
        found[place, force][log] = entry
        found[place, None][log] = entry.joined(found[place, None].get(log), criteria)
    return _result(definition, as_at, lambda force, place: _listed(criteria, found.get((place, force), {})))


def figure_logs(address: FigureAddress) -> QuerySet[Referral]:
    """This function will give the logs behind a figure, in the order of their numbers."""
    return Referral.objects.filter(pk__in=_behind(address)).order_by("year", "number")


def why_counted(address: FigureAddress, referrals: Collection[int]) -> dict[int, CountedLog]:
    """This function will say of some logs behind a figure why they are counted, by their keys."""
    met = ", ".join(f"bool_or({_takes(criterion)})" for criterion in address.criteria)
    rows = _read(
        f"SELECT r.id, min(f.first_contact_on), array_agg(force.name ORDER BY force.name), {met} "
        f"FROM {_INVOLVED} JOIN referrals_force force ON force.id = f.force_id "
        "WHERE r.id = ANY(%s::bigint[]) AND f.force_id = ANY(%s::bigint[]) "
        "AND f.first_contact_on BETWEEN %s AND %s GROUP BY r.id",
        [list(referrals), list(address.forces), address.from_on, address.to_on],
    )
    return {
        key: CountedLog(
            first, tuple(forces), tuple(c for c, meets in zip(address.criteria, met, strict=True) if meets)
        )
        for key, first, forces, *met in rows
    }


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one force's log, or a log of several, is to the criteria."""

    is_shared: bool
    in_error: bool
    met: tuple[Counting, ...]

    def joined(self, other: "_Entry | None", criteria: Sequence[Counting]) -> "_Entry":
        """The same log for both of two forces: it meets what it meets for either."""
        if other is None:
            return self
        both = {*self.met, *other.met}
        return _Entry(self.is_shared, self.in_error, tuple(c for c in criteria if c in both))


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
    """A figure of what `_numbers` counted; nothing found is nought."""
    together, shared, other, in_error, *each = found or [0] * (4 + len(criteria))
    return {
        "together": together,
        "by_criterion": dict(zip(criteria, each, strict=True)),
        "left_out": LeftOut(shared, other, in_error),
    }


def _listed(criteria: Sequence[Counting], entries: dict[str, _Entry]) -> dict[str, Any]:
    """A figure of the logs that were read."""
    left_out = {log: entry for log, entry in entries.items() if not entry.met}
    in_error = sum(entry.in_error for entry in left_out.values())
    shared = sum(entry.is_shared and not entry.in_error for entry in left_out.values())
    logs = {log: entry.met for log, entry in entries.items() if entry.met}
    return {
        "together": len(logs),
        "by_criterion": {c: sum(c in met for met in logs.values()) for c in criteria},
        "left_out": LeftOut(shared, len(left_out) - shared - in_error, in_error, tuple(left_out)),
        "logs": logs,
    }


def _takes(criterion: Counting) -> str:
    return f"{_TAKES[criterion]} AND NOT {_IN_ERROR}"


def _entries(criteria: Sequence[Counting]) -> str:
    """A row for each period, force and log on which the force wrote in it, with what the log meets."""
    met = ", ".join(f"({_takes(criterion)}) AS {criterion}" for criterion in criteria)
    return (
        f"SELECT period.place, f.force_id, f.referral_id, r.scope = 'several' AS is_shared, "
        f"{_IN_ERROR} AS in_error, {met} FROM {_PERIODS} CROSS JOIN {_INVOLVED} WHERE {_IN_PERIOD}"
    )


def _numbers(criteria: Sequence[Counting]) -> str:
    """How many logs count by any criterion, are left out and why, and count by each criterion."""
    counts = " OR ".join(criteria)
    left_out = f"NOT ({counts}) AND NOT in_error"
    wanted = [counts, f"{left_out} AND is_shared", f"{left_out} AND NOT is_shared", "in_error", *criteria]
    return ", ".join(f"count(*) FILTER (WHERE {words})" for words in wanted)


def _bound(definition: Definition) -> list[Any]:
    """The parameters of `_entries`: the periods that are measured, and the forces."""
    measured = [(place, p.counted) for place, p in enumerate(definition.counted) if p.counted]
    return [
        [place for place, _ in measured],
        [period.from_on for _, period in measured],
        [period.to_on for _, period in measured],
        [force.key for force in definition.forces],
    ]


def _behind(address: FigureAddress) -> RawSQL:
    """The keys of the logs behind a figure."""
    wanted = [address.criterion] if address.criterion else address.criteria
    counts = f"bool_or({' OR '.join(f'({_takes(criterion)})' for criterion in wanted)})"
    return RawSQL(  # noqa: S611 (the words are all ours)
        f"SELECT f.referral_id FROM {_INVOLVED} "
        "WHERE f.force_id = ANY(%s::bigint[]) AND f.first_contact_on BETWEEN %s AND %s "
        f"GROUP BY f.referral_id HAVING {'NOT ' if address.left_out else ''}{counts}",
        [list(address.forces), address.from_on, address.to_on],
    )


def _read(statement: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
