"""The audit trail of a synthetic population: a few events for each request, chained as the tracker chains them.

Every entry is recorded when it is loaded and gives in `at` when the event happened, as for any event recorded
late.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from foitracker.audit.chain import Link
from requests_app.letters.kinds import answer_to
from requests_app.management.synthetic.copying import Row, moment
from requests_app.management.synthetic.people import People
from requests_app.management.synthetic.population import DECIDED_STATUSES, SyntheticRequest
from requests_app.management.synthetic.rows import effect_of
from requests_app.rules.casework.dispositions import outcome
from requests_app.rules.casework.workflow import Status


class Done(NamedTuple):
    """One event on a case."""

    act: str
    actor: int
    day: date
    hour: int
    detail: dict[str, Any]


class Trail:
    """The chain as it grows. `sequence` and `hash` are those of its last entry."""

    def __init__(self, head: tuple[int, str], recorded_at: datetime) -> None:
        self.sequence, self.hash = head
        self.recorded_at = recorded_at

    def entries(self, subject: str, lot: int, acts: Iterable[Done]) -> Iterator[Row]:
        """Return the rows of the entries on one case, which go on with the chain."""
        for version, done in enumerate(acts, start=1):
            self.sequence += 1
            link = Link(
                sequence=self.sequence,
                recorded_at=self.recorded_at,
                at=moment(done.day, done.hour, lot),
                actor_id=done.actor,
                kind="event",
                event=done.act,
                subject=subject,
                detail={**done.detail, "version": version},
                previous_hash=self.hash,
            )
            self.hash = link.digest()
            yield {**link.__dict__, "detail": json.dumps(link.detail), "hash": self.hash}


def acts(made: SyntheticRequest, people: People, officer: tuple[int, str]) -> Iterator[Done]:
    """Return what was done on a request, in order.

    A closed request was answered in an earlier register, and its trail says so: the letter itself, with its
    frozen PDF, is not part of a synthetic population.
    """
    key, name = officer
    logged: dict[str, Any] = {
        "received_on": made.received_on.isoformat(),
        "due_on": made.first_due_on.isoformat(),
        "validity_gaps": [],
    }
    if made.status == Status.CLOSED:
        logged["brought_over"] = True
    yield Done("request_logged", people.intake, made.received_on, 11, logged)
    if made.status != Status.RECEIVED:
        yield Done("assigned", people.intake, made.received_on, 12, {"officer": name})
        labels = [str(n) for n in range(1, len(made.questions) + 1)]
        yield Done("items_set", key, made.received_on, 13, {"labels": labels, "removed": []})
    yield from _clarified(made, key)
    if made.status in DECIDED_STATUSES and made.status != Status.CLOSED:
        kind = {"kind": answer_to(outcome(made.dispositions)).code}
        yield Done("letter_submitted", key, made.received_on, 14, kind)
        if made.status == Status.READY_TO_ISSUE:
            approver = made.chosen(people.decision_makers, 3)
            yield Done("letter_approved", approver, made.received_on, 14, {**kind, "own_approval": False})
    if made.ended_on:
        ending: dict[str, Any] = {"outcome": made.outcome}
        if made.is_answered:
            yield Done("answered_in_an_earlier_register", key, made.ended_on, 15, ending)
        else:
            yield Done("closed_unanswered", key, made.ended_on, 15, ending | {"reason": "Synthetic request."})


def _clarified(made: SyntheticRequest, officer: int) -> Iterator[Done]:
    event = made.clarification
    if event:
        asked = {"asked_on": event.asked.isoformat()}
        yield Done("clarification_asked", officer, event.asked, 14, asked)
    if event and event.answered:
        effect, reason = effect_of(event)
        answered = {
            "answered_on": event.answered.isoformat(),
            "effect": effect,
            "reason": reason,
            "excluded": [],
        }
        yield Done("clarification_answered", officer, event.answered, 14, answered)
