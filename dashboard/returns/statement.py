"""What a return says: its lines as they were counted. Page, files and packs are all made from this value.

It is kept as JSON when the return is made, with the words of its definitions, so that it can be printed years later
though a kind of return was declared anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from foitracker.pages.words import in_words, month_in_words
from foitracker.statistics.shares import NO_CASES, Share

NOT_FILLED = "Not filled"


@dataclass(frozen=True)
class Row:
    """One line: `number` of `of` requests, either None where there is none; `why_not` where it is not filled.

    A row with `is_share` prints the per cent of the two; it opens the requests of the line `opens`.
    """

    code: str
    name: str
    says: str
    source: str
    number: int | None
    of: int | None = None
    is_share: bool = False
    why_not: str = ""
    opens: str = ""

    @property
    def figure(self) -> str:
        """What it counts, in words: a number, a per cent, or that it is not filled."""
        if self.number is None:
            return NOT_FILLED
        return self.percent or NO_CASES if self.is_share else f"{self.number:,}"

    @property
    def count(self) -> str:
        """The number alone, as it is read; empty where there is none."""
        return "" if self.number is None else f"{self.number:,}"

    @property
    def percent(self) -> str:
        """The per cent to one decimal; empty where it is part of nothing."""
        if self.number is None or self.of is None:
            return ""
        percent = Share(self.number, self.of).percent
        return "" if percent is None else f"{percent}%"

    @property
    def whole(self) -> str:
        """What it is a part of, in words; empty where it is part of nothing."""
        return "" if self.of is None else f"{self.of:,}"


@dataclass(frozen=True)
class Part:
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Balance:
    """Opening + received − closed = closing. `upset` are the references of the requests that do not."""

    opening: int
    received: int
    closed: int
    closing: int
    upset: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.upset and self.opening + self.received - self.closed == self.closing

    @property
    def words(self) -> str:
        """The sum as it is printed."""
        gives = self.opening + self.received - self.closed
        said = f"{self.opening:,} open at the start + {self.received:,} received − {self.closed:,} closed = {gives:,}"
        if self.holds:
            return f"{said}, as many as were open at the end."
        return f"{said}, but {self.closing:,} were open at the end."


@dataclass(frozen=True)
class Month:
    """What came and went in one month of the period."""

    first: date
    received: int
    answered: int
    closed: int

    @property
    def words(self) -> str:
        return month_in_words(self.first)


@dataclass(frozen=True)
class ChartBars:
    """A chart: the names of the bars and the codes of their rows."""

    name: str
    title: str
    unit: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A return as it was counted. `as_at` is a moment in local time; the days of the period are both counted."""

    name: str
    about: str
    source: str
    authority: str
    label: str
    from_on: date
    to_on: date
    as_at: datetime
    parts: tuple[Part, ...]
    balance: Balance
    months: tuple[Month, ...]
    charts: tuple[ChartBars, ...]

    @property
    def dates(self) -> str:
        """The period by its days."""
        return f"{in_words(self.from_on)} to {in_words(self.to_on)}"

    def rows(self) -> Iterator[Row]:
        for part in self.parts:
            yield from part.rows

    def row(self, code: str) -> Row:
        """Return a row. Raises KeyError."""
        return {row.code: row for row in self.rows()}[code]

    @property
    def headline(self) -> str:
        """The sentence a return begins with."""
        rows = {row.code: row for row in self.rows()}
        received = self.balance.received
        words = (
            f"{received:,} request{'' if received == 1 else 's'} received, {self.balance.closed:,} closed."
        )
        for code, what in (("fell_due_in_time", "that fell due"), ("answered_in_time", "answered")):
            row = rows.get(code)
            if row and row.number is not None and row.of:
                band = Share(row.number, row.of).band
                words += f" Of the {row.of:,} {what}, {row.number:,} were in time ({row.percent}): {band}."
        return words

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept = asdict(self)
        kept["as_at"] = self.as_at.isoformat()
        return kept


def from_json(kept: Mapping[str, Any]) -> Statement:
    """Return what was kept by `as_json`."""
    days = {name: date.fromisoformat(str(kept[name])) for name in ("from_on", "to_on")}
    months = tuple(
        Month(**{**month, "first": date.fromisoformat(str(month["first"]))}) for month in kept["months"]
    )
    balance = Balance(**{**kept["balance"], "upset": tuple(kept["balance"]["upset"])})
    parts = tuple(Part(part["heading"], tuple(Row(**row) for row in part["rows"])) for part in kept["parts"])
    charts = tuple(ChartBars(**{**chart, "rows": tuple(chart["rows"])}) for chart in kept["charts"])
    made: dict[str, Any] = {
        **kept,
        **days,
        "as_at": datetime.fromisoformat(kept["as_at"]),
        "months": months,
        "balance": balance,
        "parts": parts,
        "charts": charts,
    }
    return Statement(**made)
