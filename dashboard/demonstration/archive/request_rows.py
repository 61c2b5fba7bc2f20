"""Rows of the tables, made of a request that is over: what was asked, worked, decided and claimed, and its clock."""

from collections.abc import Iterator
from dataclasses import fields

from django.db import models

from dashboard.demonstration.archive.past import Past
from dashboard.demonstration.data.team.words import ANSWERS, DIRECTIONS, FUNCTION, QUESTION, SEARCHED
from requests_app.models import (
    Applicant,
    Clarification,
    ExemptionClaim,
    FoiRequest,
    Priority,
    RecordedClockEvent,
    RequestItem,
    SealedWords,
    SearchRecord,
    SupervisionReview,
    Topic,
)
from requests_app.rules.casework.dispositions import REFUSING
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clarification_effect import ClockEffect

#: The through table that says which items a claim is about.
CLAIMED_ITEM: type[models.Model] = ExemptionClaim.items.through


def rows_of(
    past: Past, topics: dict[str, Topic], *, calendar_version: str, version: int
) -> Iterator[models.Model]:
    """Give the rows of a request, not saved yet; they point at one another."""
    case = _case(past, topics, calendar_version, version)
    yield case
    yield Applicant(foi_request=case, **vars(past.made.identity))
    yield SealedWords(foi_request=case, words=case.words, sealed_at=case.logged_at)
    yield from _question(case, past)
    items = [_item(case, past, place) for place in range(len(past.made.matter.questions))]
    yield from items
    if past.made.course.ending:
        yield SearchRecord(
            foi_request=case,
            searched=SEARCHED[past.made.lot % len(SEARCHED)],
            searched_by=past.made.matter.topic,
            searched_on=past.schedule.searched,
            criteria="Title and subject, for the years named",
            recorded_by=past.officer,
            recorded_at=past.at(past.schedule.searched, 10),
        )
    yield from _claim(case, past, items)
    for fact in past.facts:
        yield RecordedClockEvent(
            foi_request=case,
            kind=fact.kind.code,
            recorded_by=past.team.reviewer if fact in past.made.after or fact.reviewer else past.officer,
            recorded_at=past.at(fact.on, 12),
            **fact.columns,
        )
    if past.is_supervised:
        yield SupervisionReview(
            foi_request=case,
            reviewed_on=past.schedule.searched,
            reviewed_by=past.team.manager,
            reviewed_at=past.at(past.schedule.searched, 13),
            direction=DIRECTIONS[past.made.lot % len(DIRECTIONS)],
        )


def _case(past: Past, topics: dict[str, Topic], calendar_version: str, version: int) -> FoiRequest:
    made, course, dates = past.made, past.made.course, past.dates
    reason, step = made.lateness if course.is_late else ("", "")
    return FoiRequest(
        number=past.number,
        year=made.received_on.year,
        reference=past.reference,
        received_on=made.received_on,
        channel=made.channel,
        regime=made.regime,
        subject=made.matter.subject,
        words=made.matter.words,
        topic=topics[made.matter.topic],
        designated_function=FUNCTION,
        validity_gaps=["name"] if course.outcome == Outcome.INVALID else [],
        priority=Priority.HIGH if made.is_urgent else Priority.NORMAL,
        priority_reason=made.priority_reason,
        officer=past.officer,
        status=Status.CLOSED,
        outcome=course.outcome,
        holding=course.ending.holding if course.ending else "",
        **{field.name: getattr(dates, field.name) for field in fields(dates)},
        calendar_version=calendar_version,
        responded_on=course.ended_on if course.is_answered else None,
        late_reason=reason,
        late_step=step,
        closed_on=course.ended_on,
        logged_by=past.team.intake,
        logged_at=past.at(made.received_on, 8),
        version=version,
    )


def _question(case: FoiRequest, past: Past) -> Iterator[models.Model]:
    """The clarification, with the words of its answer as they came."""
    question = past.made.course.question
    if question is None:
        return
    asked = Clarification(foi_request=case, asked_on=question.asked, question=QUESTION, asked_by=past.officer)
    yield asked
    if question.answered:
        asked.effect = ClockEffect.RESTARTS if question.restarts else ClockEffect.NARROWS
        asked.answer, asked.effect_reason = ANSWERS[ClockEffect(asked.effect)]
        asked.answered_on = question.answered
        yield SealedWords(
            foi_request=case,
            clarification=asked,
            words=asked.answer,
            sealed_at=past.at(question.answered, 12),
        )


def _item(case: FoiRequest, past: Past, place: int) -> RequestItem:
    questions, ending = past.made.matter.questions, past.made.course.ending
    item = RequestItem(foi_request=case, position=place + 1, label=str(place + 1), text=questions[place])
    if ending:
        item.disposition, item.explanation = ending.dispositions(len(questions))[place]
        item.location = ending.location if item.disposition == ending.disposition else ""
        item.decided_by, item.decided_at = past.officer, past.at(past.schedule.decided, 14)
    return item


def _claim(case: FoiRequest, past: Past, items: list[RequestItem]) -> Iterator[models.Model]:
    ending = past.made.course.ending
    if ending is None or ending.claim is None:
        return
    claim = ExemptionClaim(
        foi_request=case,
        section=ending.claim.section,
        limbs=list(ending.claim.limbs),
        neither_confirm_nor_deny=ending.claim.neither_confirm_nor_deny,
        claimed_by=past.officer,
        claimed_at=past.at(past.schedule.decided, 15),
        **vars(ending.claim.reasons),
    )
    yield claim
    for item in items:
        if item.disposition in REFUSING:
            yield CLAIMED_ITEM(exemptionclaim=claim, requestitem=item)
