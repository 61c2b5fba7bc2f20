"""What is different when a return is counted again: which requests entered and left each line, and what explains it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.returns.models import Return
from dashboard.returns.queries.reading import cases_by_line
from dashboard.returns.statement import Row
from foitracker.audit.models import Entry
from requests_app.models import FoiRequest

#: So many events are named of each request; where there are more, the latest.
_NAMED = 5


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


def line_changes(before: Return, after: Return) -> list[LineChange]:
    """Return the lines of `after` that count other requests than `before` did; both are of one kind and period."""
    then, now = cases_by_line(before), cases_by_line(after)
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
    """Return what explains each of these changes (line, key of the request, whether it entered), in one query.

    `known` are the requests the reader may know of, by key; others are left out.
    """
    references = {known[pk].reference for _, pk, _ in listed if pk in known}
    events = _recorded_between(references, before, after)
    return [
        CaseChange(line, known[pk], entered, events.get(known[pk].reference, ()))
        for line, pk, entered in listed
        if pk in known
    ]


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
