"""What a kind of return is: its periods, and its lines, each the requests that some measures of a period count."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from requests_app.measures.periods import BY_CODE


class Length(StrEnum):
    """How long the period of a return is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Line:
    """One line of a return: a number of requests, a per cent of two other lines, or why it cannot be filled.

    It counts the requests of any of the measures `counts`, of these only those that any of `within` counts as well,
    and none of `without`; each request once. `of` is the code of the line it is printed as a part of. A per cent names
    the lines of its numerator and its denominator in `share`. `why_not` says why the tracker cannot fill the line.
    Unless `definition` says something else, it is that of the one measure counted.
    """

    code: str
    name: str
    counts: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    of: str = ""
    share: tuple[str, str] | None = None
    why_not: str = ""
    definition: str = ""
    source: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The codes of the measures it is made from."""
        return (*self.counts, *self.within, *self.without)

    @property
    def says(self) -> str:
        """What it counts, in a sentence; of a line that cannot be filled, why."""
        if self.definition or self.why_not:
            return self.definition or self.why_not
        if self.share:
            return "Computed from the numbers of the two lines, to one decimal."
        return " ".join(BY_CODE[code].definition for code in self.counts)


@dataclass(frozen=True)
class Section:
    """Lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class BarsOf:
    """A chart of a return: a bar for each of these lines that counts anything, or for each of them."""

    name: str
    title: str
    lines: tuple[str, ...]
    unit: str = "requests"
    only_used: bool = False


@dataclass(frozen=True)
class ReturnKind:
    """A kind of return. `code` is stored and stands in addresses; `source` is the law or guidance that asks for it."""

    code: str
    name: str
    about: str
    source: str
    length: Length
    sections: tuple[Section, ...]
    charts: tuple[BarsOf, ...]

    def lines(self) -> Iterator[Line]:
        """Yield the lines in the order they are printed."""
        for section in self.sections:
            yield from section.lines


def counted(code: str, name: str = "", *, of: str = "", source: str = "") -> Line:
    """Return the line of one measure, under its name unless the return calls it otherwise."""
    return Line(code, name or BY_CODE[code].name, counts=(code,), of=of, source=source)
