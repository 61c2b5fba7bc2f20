"""Everything that moved the clock of a request, as it stands and as it was recorded first."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, TypeVar

from foitracker.pages.words import short_date
from requests_app.models import Clarification, ClockAct, FoiRequest
from requests_app.queries.clock import recorded_acts, recorded_clarifications
from requests_app.rules.clock.clarification_effect import ClockEffect


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

    `is_withdrawn`: nothing is in force any more. `act` or `clarification` is the row in force or the one that
    withdrew it; neither for receipt and answer.
    """

    now: Recording
    earlier: list[Recording] = field(default_factory=list)
    is_withdrawn: bool = False
    act: ClockAct | None = None
    clarification: Clarification | None = None


def clock_history(case: FoiRequest) -> list[ClockFactEntry]:
    """Return the facts of a request's clock by day, each with its corrections, in two queries."""
    entries = [
        ClockFactEntry(
            Recording(case.received_on, "Request received", "", case.logged_by.name, case.logged_at)
        )
    ]
    entries += [_act_entry(chain) for chain in _chains(recorded_acts(case))]
    entries += [_clarification_entry(chain) for chain in _chains(recorded_clarifications(case))]
    if case.responded_on:
        entries.append(ClockFactEntry(Recording(case.responded_on, "Answer sent", "", "", None)))
    return sorted(entries, key=lambda entry: entry.now.on)


def acts_that_stand(entries: list[ClockFactEntry]) -> list[ClockAct]:
    """Return the clock events in force among the entries."""
    return [entry.act for entry in entries if entry.act and not entry.is_withdrawn]


def particulars_of(act: ClockAct) -> str:
    """Return what was recorded of an event besides kind and day."""
    parts = [
        f"£{act.amount}" if act.amount is not None else "",
        f"exemption {act.provision}" if act.provision else "",
        f"decision estimated by {short_date(act.estimate)}" if act.estimate else "",
        f"comply by {short_date(act.comply_by)}" if act.comply_by else "",
        f"reference {act.reference}" if act.reference else "",
        act.get_finding_display() if act.finding else "",
        f"reviewed by {act.reviewer.name}" if act.reviewer else "",
        f"reason: {act.reason}" if act.reason else "",
    ]
    found = "; ".join(part for part in parts if part)
    return f"{found[0].upper()}{found[1:]}." if found else ""


def _act_entry(chain: list[ClockAct]) -> ClockFactEntry:
    told = [
        Recording(
            act.on,
            act.get_kind_display(),
            particulars_of(act),
            act.recorded_by.name,
            act.recorded_at,
            later.correction_reason if later else "",
        )
        for act, later in zip_longest(chain, chain[1:])
    ]
    return _entry(told, chain[-1].is_withdrawn, act=chain[-1])


def _clarification_entry(chain: list[Clarification]) -> ClockFactEntry:
    told = [
        Recording(
            row.asked_on,
            "Clarification asked",
            _answer_of(row),
            (row.corrected_by or row.asked_by).name,
            row.corrected_at,
            later.correction_reason if later else "",
        )
        for row, later in zip_longest(chain, chain[1:])
    ]
    return _entry(told, chain[-1].is_withdrawn, clarification=chain[-1])


def _entry(told: list[Recording], is_withdrawn: bool, **row: Any) -> ClockFactEntry:
    """The last row of a withdrawn fact repeats the one before and says who withdrew it."""
    return ClockFactEntry(told[-1], told[:-1], is_withdrawn, **row)


def _answer_of(row: Clarification) -> str:
    if row.answered_on is None:
        return "Not answered."
    effect = (
        "the time limit starts afresh" if row.effect == ClockEffect.RESTARTS else "the time limit runs on"
    )
    return f"Answered on {short_date(row.answered_on)}: {effect}."


_Row = TypeVar("_Row", ClockAct, Clarification)


def _chains(rows: list[_Row]) -> list[list[_Row]]:
    """Each fact as the rows recorded for it, in order."""
    later = {row.replaces_id: row for row in rows if row.replaces_id}
    chains = []
    for row in rows:
        if row.replaces_id is None:
            chain = [row]
            while following := later.get(chain[-1].pk):
                chain.append(following)
            chains.append(chain)
    return chains
