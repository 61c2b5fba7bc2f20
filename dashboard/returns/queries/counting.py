"""Counting a return: the requests of each line, found by an index over the period, and what the lines say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.returns.kinds import Line, ReturnKind
from dashboard.returns.kinds.common import CLOSED, CLOSING, OPENING, RECEIVED
from dashboard.returns.statement import Balance, ChartBars, Month, Part, Row, Statement
from foitracker.casework.local_day import local
from foitracker.statistics.periods import Period, months_later
from requests_app.measures.periods import BY_CODE, PeriodView
from requests_app.measures.periods.cases import cases_of_period
from requests_app.measures.periods.figures import count_by_month
from requests_app.queries.authority import authority
from requests_app.queries.counted import references_of

Cases = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Counted:
    """A return as it is counted now, and the requests of each line that counts any, by its code."""

    statement: Statement
    cases: Mapping[str, list[int]]


def count_return(kind: ReturnKind, period: Period, *, as_at: datetime) -> Counted:
    """Return what a kind of return says of a period, as is known at a moment.

    The whole register is counted: a return is the authority's, whoever makes it. It takes one statement for each
    column whose days lie in the period, one for the exemptions and one a column for the months.
    """
    moment = local(as_at)
    view = PeriodView(moment.date(), from_on=period.from_on, to_on=period.to_on)
    codes = {code for line in kind.lines() for code in line.measures} | {OPENING, RECEIVED, CLOSED, CLOSING}
    found = cases_of_period(view, [measure for code, measure in BY_CODE.items() if code in codes])
    cases = {line.code: _cases_of(line, found) for line in kind.lines() if line.counts}
    rows = {line.code: _row(line, cases) for line in kind.lines()}
    settings = authority()
    statement = Statement(
        name=kind.name,
        about=kind.about,
        source=kind.source,
        authority=settings.name if settings else "",
        label=period.label,
        from_on=period.from_on,
        to_on=period.to_on,
        as_at=moment,
        parts=tuple(
            Part(section.heading, tuple(rows[line.code] for line in section.lines))
            for section in kind.sections
        ),
        balance=_balance(found),
        months=_months(view, period),
        charts=_charts(kind, rows),
    )
    return Counted(statement, cases)


def _cases_of(line: Line, found: Cases) -> list[int]:
    """The requests that a line counts, each once, in order."""
    counted = {case for code in line.counts for case in found[code]}
    if line.within:
        counted &= {case for code in line.within for case in found[code]}
    return sorted(counted.difference(*(found[code] for code in line.without)))


def _row(line: Line, cases: Cases) -> Row:
    number = of = None
    if line.share:
        number, of = (len(cases[code]) for code in line.share)
    elif line.counts:
        number = len(cases[line.code])
        of = len(cases[line.of]) if line.of else None
    opens = line.share[0] if line.share else line.code if line.counts else ""
    return Row(
        code=line.code,
        name=line.name,
        says=line.says,
        source=line.source,
        number=number,
        of=of,
        is_share=bool(line.share),
        why_not=line.why_not,
        opens=opens,
    )


def _balance(found: Cases) -> Balance:
    """Whether what was open, came and went makes what is open. Whatever is in both, or in neither, upsets it."""
    opening, received, closed, closing = (set(found[code]) for code in (OPENING, RECEIVED, CLOSED, CLOSING))
    came = opening | received
    upset = (opening & received) | (closed - came) | ((came - closed) ^ closing)
    named = tuple(references_of(upset)) if upset else ()
    return Balance(len(opening), len(received), len(closed), len(closing), named)


def _months(view: PeriodView, period: Period) -> tuple[Month, ...]:
    codes = ("received", "answered", "closed")
    by_month = count_by_month(view, [BY_CODE[code] for code in codes])
    firsts: list[date] = []
    first = period.from_on.replace(day=1)
    while first <= period.to_on:
        firsts.append(first)
        first = months_later(first, 1)
    nothing = dict.fromkeys(codes, 0)
    return tuple(Month(first, **by_month.get(first, nothing)) for first in firsts)


def _charts(kind: ReturnKind, rows: Mapping[str, Row]) -> tuple[ChartBars, ...]:
    return tuple(
        ChartBars(
            chart.name,
            chart.title,
            chart.unit,
            tuple(code for code in chart.lines if rows[code].number or not chart.only_used),
        )
        for chart in kind.charts
    )
