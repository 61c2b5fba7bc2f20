"""What the audit trail tells of a synthetic request: a few events, from its logging to its end."""

from collections.abc import Iterator
from typing import Any

from benchmarks.populations.people import People
from benchmarks.populations.request_rows import effect_of
from benchmarks.populations.requests import DECIDED_STATUSES, SyntheticRequest
from dashboard.demonstration.archive.trail import SyntheticEvent
from requests_app.events.clock import CLARIFICATION_ANSWERED, CLARIFICATION_ASKED
from requests_app.events.closure import ANSWERED_BEFORE, CLOSED_UNANSWERED
from requests_app.events.decision import ITEMS_SET
from requests_app.events.intake import ASSIGNED, REQUEST_LOGGED
from requests_app.events.response import LETTER_APPROVED, LETTER_SUBMITTED
from requests_app.letters.kinds import answer_to
from requests_app.rules.casework.dispositions import outcome
from requests_app.rules.casework.workflow import Status


def request_events(
    made: SyntheticRequest, people: People, officer: tuple[int, str]
) -> Iterator[SyntheticEvent]:
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
    yield SyntheticEvent(REQUEST_LOGGED, people.intake, made.received_on, 11, logged)
    if made.status != Status.RECEIVED:
        yield SyntheticEvent(ASSIGNED, people.intake, made.received_on, 12, {"officer": name})
        labels = [str(n) for n in range(1, len(made.questions) + 1)]
        yield SyntheticEvent(ITEMS_SET, key, made.received_on, 13, {"labels": labels, "removed": []})
    yield from _clarified(made, key)
    if made.status in DECIDED_STATUSES and made.status != Status.CLOSED:
        kind = {"kind": answer_to(outcome(made.dispositions)).code}
        yield SyntheticEvent(LETTER_SUBMITTED, key, made.received_on, 14, kind)
        if made.status == Status.READY_TO_ISSUE:
            approver = made.chosen(people.decision_makers, 3)
            yield SyntheticEvent(
                LETTER_APPROVED, approver, made.received_on, 14, {**kind, "own_approval": False}
            )
    if made.ended_on:
        ending: dict[str, Any] = {"outcome": made.outcome}
        if made.is_answered:
            yield SyntheticEvent(ANSWERED_BEFORE, key, made.ended_on, 15, ending)
        else:
            yield SyntheticEvent(CLOSED_UNANSWERED, key, made.ended_on, 15, ending)


def _clarified(made: SyntheticRequest, officer: int) -> Iterator[SyntheticEvent]:
    question = made.clarification
    if question:
        asked = {"asked_on": question.asked.isoformat()}
        yield SyntheticEvent(CLARIFICATION_ASKED, officer, question.asked, 14, asked)
    if question and question.answered:
        effect, _ = effect_of(question)
        answered = {
            "answered_on": question.answered.isoformat(),
            "effect": effect,
            "excluded": [],
        }
        yield SyntheticEvent(CLARIFICATION_ANSWERED, officer, question.answered, 14, answered)
