"""What the audit trail tells of a request that is over: from its logging to its end, and what followed the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.demonstration.archive.past import Past
from foitracker.accounts.models import User
from foitracker.audit.chain import plain_detail
from foitracker.audit.events import Event
from requests_app.events.clock import CLARIFICATION_ANSWERED, CLARIFICATION_ASKED, RECORDING
from requests_app.events.closure import ANSWERED_BEFORE, CLOSED_UNANSWERED
from requests_app.events.decision import EXEMPTION_CLAIMED, ITEMS_DECIDED, ITEMS_SET, SEARCH_RECORDED
from requests_app.events.intake import ASSIGNED, REQUEST_LOGGED
from requests_app.events.supervision import SUPERVISION_REVIEWED
from requests_app.operations.clock_events import ClockFact
from requests_app.rules.casework.dispositions import REFUSING, Disposition
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS
from requests_app.rules.clock.events import FieldType


@dataclass(frozen=True)
class Happened:
    """One event: who did it, when, and on which request. `detail` is as the trail keeps it."""

    event: Event
    actor: User
    at: datetime
    subject: str
    detail: dict[str, Any]


def events_of(past: Past) -> Iterator[Happened]:
    """Give the events of a request in the order they happened.

    One that was answered was so in an earlier register, and its trail says so: its letter is not brought over.
    """
    found = sorted(_events(past), key=lambda one: one[2])
    for version, (event, actor, at, detail) in enumerate(found, start=1):
        checked, _ = event.checked({**detail, "version": version}, {})
        yield Happened(event, actor, at, past.reference, plain_detail(checked))


def _events(past: Past) -> Iterator[tuple[Event, User, datetime, dict[str, Any]]]:
    made, course, officer, days = past.made, past.made.course, past.officer, past.schedule
    labels = [str(number) for number in range(1, len(made.matter.questions) + 1)]
    logged = {
        "received_on": made.received_on,
        "due_on": course.calendar.add_working_days(made.received_on, RESPONSE_WORKING_DAYS),
        "validity_gaps": [],
        "brought_over": course.is_answered,
    }
    yield REQUEST_LOGGED, past.team.intake, past.at(made.received_on, 8), logged
    yield ASSIGNED, past.team.intake, past.at(days.taken_up, 9), {"officer": officer}
    yield ITEMS_SET, officer, past.at(days.taken_up, 10), {"labels": labels, "removed": []}
    yield from _clarified(past)
    for fact in past.facts:
        actor = past.team.reviewer if fact in made.after or fact.reviewer else officer
        yield RECORDING[fact.kind.code], actor, past.at(fact.on, 12), _recorded(fact)
    if past.is_supervised:
        reviewed = {"reviewed_on": days.searched}
        yield SUPERVISION_REVIEWED, past.team.manager, past.at(days.searched, 13), reviewed
    if course.ending is None:
        ending = {"outcome": course.outcome}
        yield CLOSED_UNANSWERED, officer, past.at(course.ended_on, 17), ending
        return
    searched = {"searched_on": days.searched, "holding": course.ending.holding}
    yield SEARCH_RECORDED, officer, past.at(days.searched, 11), searched
    yield from _decided(past, labels)
    yield ANSWERED_BEFORE, officer, past.at(course.ended_on, 17), {"outcome": course.outcome}


def _clarified(past: Past) -> Iterator[tuple[Event, User, datetime, dict[str, Any]]]:
    question = past.made.course.question
    if question is None:
        return
    yield CLARIFICATION_ASKED, past.officer, past.at(question.asked, 11), {"asked_on": question.asked}
    if question.answered:
        effect = ClockEffect.RESTARTS if question.restarts else ClockEffect.NARROWS
        answered = {"answered_on": question.answered, "effect": effect, "excluded": []}
        yield CLARIFICATION_ANSWERED, past.officer, past.at(question.answered, 12), answered


def _recorded(fact: ClockFact) -> dict[str, Any]:
    fields = [field.name for field in fact.kind.fields if field.type is not FieldType.PROSE]
    detail = {"kind": fact.kind.code, **{name: getattr(fact, name) for name in fields}}
    return {name: value for name, value in detail.items() if value}


def _decided(past: Past, labels: list[str]) -> Iterator[tuple[Event, User, datetime, dict[str, Any]]]:
    ending, at = past.made.course.ending, past.at(past.schedule.decided, 14)
    if ending is None:
        return
    became: dict[Disposition, list[str]] = {}
    for label, (disposition, _) in zip(labels, ending.dispositions(len(labels)), strict=True):
        became.setdefault(disposition, []).append(label)
    for disposition, items in became.items():
        yield ITEMS_DECIDED, past.officer, at, {"items": items, "disposition": disposition}
    if ending.claim:
        refused = [label for one, items in became.items() if one in REFUSING for label in items]
        claimed = {"section": ending.claim.section, "limbs": list(ending.claim.limbs), "items": refused}
        yield EXEMPTION_CLAIMED, past.officer, past.at(past.schedule.decided, 15), claimed
