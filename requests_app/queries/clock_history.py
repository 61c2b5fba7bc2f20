"""Everything that moved the clock of a request, as it stands and as it was recorded first."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, TypeVar

from foitracker.accounts.permission_names import Permission
from foitracker.pages.words import short_date
from requests_app.models import Clarification, FoiRequest, RecordedClockEvent
from requests_app.queries.clock import recorded_clarifications, recorded_events
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.clarification import CLARIFICATION_REQUESTED
from requests_app.rules.clock.wording import particulars


@dataclass(frozen=True)
class Recording:
    """One recording of a fact. `reason` says why it was replaced or withdrawn; empty while it is in force."""

    on: date
    title: str
    particulars: str
    by: str
    at: datetime | None
    reason: str = ""


@dataclass(frozen=True)
class ClockFactEntry:
    """A fact as it is now, with what was recorded before it.

    `is_withdrawn`: nothing is in force any more. `event` or `clarification` is the row in force or the one that
    withdrew it; neither for receipt and answer.
    """

    now: Recording
    earlier: list[Recording] = field(default_factory=list)
    is_withdrawn: bool = False
    event: RecordedClockEvent | None = None
    clarification: Clarification | None = None

    @property
    def changed_by(self) -> Permission | None:
        """What it takes to correct or withdraw it; None where that is not done here."""
        if self.is_withdrawn or not (self.event or self.clarification):
            return None
        return self.event.declared.recorded_by if self.event else Permission.WORK_CASE


def clock_history(case: FoiRequest) -> list[ClockFactEntry]:
    """Return the facts of a request's clock by day, each with its corrections, in two queries."""
    entries = [
        ClockFactEntry(
            Recording(case.received_on, "Request received", "", case.logged_by.name, case.logged_at)
        )
    ]
    entries += [_event_entry(chain) for chain in _chains(recorded_events(case))]
    entries += [_clarification_entry(chain) for chain in _chains(recorded_clarifications(case))]
    if case.responded_on:
        entries.append(ClockFactEntry(Recording(case.responded_on, "Answer sent", "", "", None)))
    return sorted(entries, key=lambda entry: entry.now.on)


def events_that_stand(entries: list[ClockFactEntry]) -> list[RecordedClockEvent]:
    """Return the clock events in force among the entries."""
    return [entry.event for entry in entries if entry.event and not entry.is_withdrawn]


def particulars_of(recorded: RecordedClockEvent) -> str:
    """Return what was recorded of an event besides kind and day."""
    kind = recorded.declared
    values = {field.name: getattr(recorded, field.name) for field in kind.fields}
    if "reviewer" in values:
        values["reviewer"] = recorded.reviewer and recorded.reviewer.name
    found = "; ".join(particulars(kind, values, day_in_words=short_date, prose=True))
    return f"{found[0].upper()}{found[1:]}." if found else ""


def _event_entry(chain: list[RecordedClockEvent]) -> ClockFactEntry:
    recordings = [
        Recording(
            row.on,
            row.declared.label,
            particulars_of(row),
            row.recorded_by.name,
            row.recorded_at,
            later.correction_reason if later else "",
        )
        for row, later in zip_longest(chain, chain[1:])
    ]
    return _entry(recordings, chain[-1].is_withdrawn, event=chain[-1])


def _clarification_entry(chain: list[Clarification]) -> ClockFactEntry:
    recordings = [
        Recording(
            row.asked_on,
            CLARIFICATION_REQUESTED.label,
            _answer_of(before if before and row.is_withdrawn else row),
            (row.corrected_by or row.asked_by).name,
            row.corrected_at,
            later.correction_reason if later else "",
        )
        for before, row, later in zip([None, *chain], chain, [*chain[1:], None], strict=False)
    ]
    return _entry(recordings, chain[-1].is_withdrawn, clarification=chain[-1])


def _entry(recordings: list[Recording], is_withdrawn: bool, **row: Any) -> ClockFactEntry:
    """The last row of a withdrawn fact repeats the one before and says who withdrew it."""
    return ClockFactEntry(recordings[-1], recordings[:-1], is_withdrawn, **row)


def _answer_of(row: Clarification) -> str:
    if row.answered_on is None:
        return "Not answered."
    effect = (
        "the time limit starts afresh" if row.effect == ClockEffect.RESTARTS else "the time limit runs on"
    )
    return f"Answered on {short_date(row.answered_on)}: {effect}."


_Row = TypeVar("_Row", RecordedClockEvent, Clarification)


def _chains(rows: list[_Row]) -> list[list[_Row]]:
    """Each fact as the rows recorded for it, in order."""
    later = {row.replaced_row_id: row for row in rows if row.replaced_row_id}
    chains = []
    for row in rows:
        if row.replaced_row_id is None:
            chain = [row]
            while following := later.get(chain[-1].pk):
                chain.append(following)
            chains.append(chain)
    return chains
