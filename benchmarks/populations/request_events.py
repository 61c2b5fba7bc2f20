"""What the audit trail tells of a synthetic request: a few events, from its logging to its end."""

from collections.abc import Iterator
from typing import Any

from benchmarks.populations.people import People
from benchmarks.populations.request_rows import effect_of
from benchmarks.populations.requests import DECIDED_STATUSES, SyntheticRequest
from benchmarks.populations.trail import Event
from requests_app.letters.kinds import answer_to
from requests_app.rules.casework.dispositions import outcome
from requests_app.rules.casework.workflow import Status


def request_events(made: SyntheticRequest, people: People, officer: tuple[int, str]) -> Iterator[Event]:
    """Tell what was done on a request, in order.

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
    yield Event("request_logged", people.intake, made.received_on, 11, logged)
    if made.status != Status.RECEIVED:
        yield Event("assigned", people.intake, made.received_on, 12, {"officer": name})
        labels = [str(n) for n in range(1, len(made.questions) + 1)]
        yield Event("items_set", key, made.received_on, 13, {"labels": labels, "removed": []})
    yield from _clarified(made, key)
    if made.status in DECIDED_STATUSES and made.status != Status.CLOSED:
        kind = {"kind": answer_to(outcome(made.dispositions)).code}
        yield Event("letter_submitted", key, made.received_on, 14, kind)
        if made.status == Status.READY_TO_ISSUE:
            approver = made.chosen(people.decision_makers, 3)
            yield Event("letter_approved", approver, made.received_on, 14, {**kind, "own_approval": False})
    if made.ended_on:
        ending: dict[str, Any] = {"outcome": made.outcome}
        if made.is_answered:
            yield Event("answered_in_an_earlier_register", key, made.ended_on, 15, ending)
        else:
            reason = {"reason": "Synthetic request."}
            yield Event("closed_unanswered", key, made.ended_on, 15, ending | reason)


def _clarified(made: SyntheticRequest, officer: int) -> Iterator[Event]:
    question = made.clarification
    if question:
        asked = {"asked_on": question.asked.isoformat()}
        yield Event("clarification_asked", officer, question.asked, 14, asked)
    if question and question.answered:
        effect, reason = effect_of(question)
        answered = {
            "answered_on": question.answered.isoformat(),
            "effect": effect,
            "reason": reason,
            "excluded": [],
        }
        yield Event("clarification_answered", officer, question.answered, 14, answered)
