"""What a return prints, everywhere: its lines as one table, with what has to be said about them.

Page, CSV, spreadsheet and PDF are made from `Printed`, so that they cannot say different things. The publication copy
leaves out who made and approved the return and the references of requests. Numbers stay as they are, small ones too:
a return counts requests by law, time and outcome, never by who asked or what about, so they point to nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.returns.models import Approval, Commentary, Return
from dashboard.returns.statement import NOT_FILLED, Row, Statement
from foitracker.casework.local_day import local
from foitracker.pages.words import in_words, moment_in_words

#: The heads of the table, as a file has them.
HEADER = ("section", "line", "number", "of", "per cent", "definition", "source")
_ABOUT = "About this return"


@dataclass(frozen=True)
class Cells:
    """One line of the table. `number` and `of` are None, and `percent` empty, where there is none."""

    section: str
    line: str
    note: str
    source: str = ""
    number: int | None = None
    of: int | None = None
    percent: str = ""

    def values(self) -> tuple[str | int | None, ...]:
        """The cells in the order of HEADER, numbers as numbers."""
        return (self.section, self.line, self.number, self.of, self.percent, self.note, self.source)


@dataclass(frozen=True)
class Printed:
    """A return as it is printed: `standing` says whether it is approved; `people` and `upset` are empty for the public.

    `people` are pairs of what somebody did and who it was, `upset` the references of requests that upset the balance.
    """

    number: int
    statement: Statement
    commentary: str
    standing: str
    people: tuple[tuple[str, str], ...] = ()
    upset: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.statement.name}, {self.statement.label}"

    @property
    def as_at(self) -> str:
        return moment_in_words(self.statement.as_at)

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """What stands above the table, as pairs."""
        statement = self.statement
        said = (
            ("Authority", statement.authority),
            ("Period", f"{statement.label}: {statement.dates}"),
            ("As at", self.as_at),
            ("Status", f"Return {self.number}. {self.standing}"),
            ("Required by", statement.source),
            *self.people,
            ("In short", statement.headline),
            ("Opening and closing", statement.balance.words),
            ("Requests that cause the difference", ", ".join(self.upset)),
            ("Commentary", self.commentary),
        )
        return tuple((name, words) for name, words in said if words)

    def table(self) -> Iterator[Cells]:
        """Yield the lines of the files: what the return is about, then its lines in their sections."""
        for name, words in self.about:
            yield Cells(_ABOUT, name, words)
        for part in self.statement.parts:
            for row in part.rows:
                yield cells(part.heading, row)


def cells(section: str, row: Row) -> Cells:
    """Return a line as the table has it; one that is not filled says so and why."""
    note = f"{NOT_FILLED}. {row.why_not}" if row.why_not else row.says
    return Cells(section, row.name, note, row.source, row.number, row.of, row.percent.removesuffix("%"))


def printed(
    of: Return,
    commentary: Commentary | None,
    approval: Approval | None,
    *,
    for_public: bool = False,
) -> Printed:
    """Return what is printed of a return; `for_public` leaves out who did what and the references of requests."""
    people = () if for_public else tuple(_people(of, commentary, approval))
    return Printed(
        number=of.pk,
        statement=of.statement,
        commentary=commentary.text if commentary else "",
        standing=_standing(approval),
        people=people,
        upset=() if for_public else of.statement.balance.upset,
    )


def _standing(approval: Approval | None) -> str:
    if approval is None:
        return "Not approved."
    return f"Approved on {in_words(local(approval.approved_at).date())}."


def _people(
    of: Return, commentary: Commentary | None, approval: Approval | None
) -> Iterator[tuple[str, str]]:
    yield "Made by", of.made_by.name if of.made_by else "the schedule"
    if commentary:
        yield "Commentary by", commentary.written_by.name
    if approval:
        yield "Approved by", approval.approved_by.name
