"""What is different when a return is counted again: which requests entered and left each line, and what explains it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.returns.kinds.common import CLOSING, OPENING
from dashboard.returns.models import Return
from dashboard.returns.queries.reading import cases_by_line, cases_of_lines
from dashboard.returns.statement import Row
from foitracker.accounts.models import User
from foitracker.audit.models import Entry
from foitracker.casework.local_day import local
from foitracker.pages.words import short_moment
from requests_app.models import FoiRequest
from requests_app.queries.counted import counted_requests

#: So many events are named of each request; where there are more, the latest.
_NAMED = 5
#: So many requests are named that open a period and did not close the one before.
_CARRIED = 25


@dataclass(frozen=True)
class LineChange:
    """A line that counts other requests than before. A per cent whose lines changed is not listed apart."""

    row: Row
    before: int | None
    entered: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True)
class CaseChange:
    """A request that entered or left a line, and what was recorded of it between the two countings."""

    line: str
    case: FoiRequest
    has_entered: bool
    events: Sequence[Entry] = ()

    @property
    def why(self) -> str:
        """What was recorded of the request since, in words: it explains why it entered or left."""
        if not self.events:
            return "Nothing was recorded: what changed is the as-at day, or a day the clock is read from."
        return "; ".join(f"{event.title}, {short_moment(local(event.at))}" for event in self.events)


@dataclass(frozen=True)
class Carried:
    """How what was open at the start differs from what the return before had open at its end, and why.

    `cases` are the first that differ, `more` how many there are besides.
    """

    before: Return
    closing: int
    opening: int
    cases: Sequence[CaseChange]
    more: int


def line_changes(before: Return, after: Return) -> list[LineChange]:
    """Return the lines of `after` that count other requests than `before` did; both are of one kind and period."""
    then, now = cases_of_lines(before), cases_of_lines(after)
    rows = {row.code: row for row in before.statement.rows()}
    changes = []
    for row in after.statement.rows():
        old, new = set(then.get(row.code, ())), set(now.get(row.code, ()))
        if old != new:
            counted_before = rows[row.code].number if row.code in rows else None
            changes.append(
                LineChange(row, counted_before, tuple(sorted(new - old)), tuple(sorted(old - new)))
            )
    return changes


def explained(
    listed: Sequence[tuple[str, int, bool]], known: Mapping[int, FoiRequest], *, before: Return, after: Return
) -> list[CaseChange]:
    """Return what explains each of these changes (line, key of the request, whether it entered), read by one query.

    `known` are the requests the reader may know of, by key; others are left out.
    """
    references = {known[pk].reference for _, pk, _ in listed if pk in known}
    events = _recorded_between(references, before, after)
    return [
        CaseChange(line, known[pk], entered, events.get(known[pk].reference, ()))
        for line, pk, entered in listed
        if pk in known
    ]


def carried_over(of: Return, before: Return | None, user: User) -> Carried | None:
    """Return how the opening of a return follows from the closing of `before`, the one of the period before.

    They differ where something was corrected, logged late or opened again in between. None without both numbers.
    """
    if before is None:
        return None
    closing, opening = (cases_by_line(one, line) for one, line in ((before, CLOSING), (of, OPENING)))
    if closing is None or opening is None:
        return None
    differ = [
        *(("Opens here, was not open there", pk, True) for pk in sorted(set(opening) - set(closing))),
        *(("Was open there, does not open here", pk, False) for pk in sorted(set(closing) - set(opening))),
    ]
    shown = differ[:_CARRIED]
    known = {case.pk: case for case in counted_requests(user, [pk for _, pk, _ in shown])} if shown else {}
    cases = explained(shown, known, before=before, after=of) if shown else []
    return Carried(before, len(closing), len(opening), cases, len(differ) - len(shown))


def _recorded_between(
    references: Collection[str], before: Return, after: Return
) -> Mapping[str, Sequence[Entry]]:
    """What was recorded of these requests after one counting and up to the other, oldest first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    entries = Entry.objects.filter(
        subject__in=references, recorded_at__gt=before.as_at, recorded_at__lte=after.as_at
    )
    for entry in entries.order_by("sequence"):
        found[entry.subject].append(entry)
    return {reference: some[-_NAMED:] for reference, some in found.items()}
