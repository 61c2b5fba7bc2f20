"""Clarification: a question stops the clock, its answer starts it again. FOIA ss.1(3) and 10(6); EIR reg 9."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from foitracker.pages.words import short_date
from foitracker.working_days.calendar_periods import months_after
from requests_app.rules.clock.course import ClockOrderError, Course
from requests_app.rules.clock.events import ClockEvent, Effect, EventKind, Field, FieldType
from requests_app.rules.clock.kinds.fields import happened_on
from requests_app.rules.clock.kinds.pairing import dated, pair
from requests_app.rules.clock.law import Law
from requests_app.rules.clock.paired_events import Question


def clarification(
    asked: date, answered: date | None = None, *, restarts: bool = True
) -> tuple[ClockEvent, ...]:
    """Return the events of a question and, when it came, of its answer (FOIA s.1(3), EIR reg 9)."""
    question = ClockEvent(CLARIFICATION_REQUESTED, asked, restarts=restarts)
    if answered is None:
        return (question,)
    return question, ClockEvent(CLARIFICATION_RECEIVED, answered, asked=asked, restarts=restarts)


def _questions_and_answers(course: Course, events: Sequence[ClockEvent]) -> Iterator[Effect]:
    for question in _questions(events):
        yield question.asked, CLARIFICATION_REQUESTED.rank, partial(_ask, course, question)
        if question.answered:
            effect = partial(_answer, course, question, question.answered)
            yield question.answered, CLARIFICATION_RECEIVED.rank, effect


def _questions(events: Sequence[ClockEvent]) -> Iterator[Question]:
    """Each question with its answer, in the order they were asked. Raises ClockOrderError."""
    asked = dated(events, CLARIFICATION_REQUESTED)
    if not asked and any(event.kind is CLARIFICATION_RECEIVED for event in events):
        raise ClockOrderError("Clarification was received, but none was asked. Enter the question first.")
    answers = pair(asked, dated(events, CLARIFICATION_RECEIVED), "Clarification was answered", "asked")
    for question, answer in zip(asked, answers, strict=True):
        said = [e.restarts for e in (answer, question) if e is not None and e.restarts is not None]
        yield Question(question.day, answer.day if answer else None, restarts=said[0] if said else True)


def _ask(course: Course, question: Question) -> None:
    """FOIA s.1(3); EIR reg 9(2), which gives 20 working days for asking."""
    late = course.passed(question.asked)
    asked = "Particulars asked (reg 9)" if course.is_eir else "Clarification asked (s.1(3))"
    if course.responded:
        effect = "after the response, so the limit it answered is not touched"
    elif not question.restarts:
        effect = "the clock runs on"
    elif late and course.is_eir:
        effect = f"later than reg 9(2) allows, so the limit of {short_date(late)} stands"
    else:
        course.open_questions.append(question)
        course.stops.append(question)
        course.started = None
        effect = "the clock stops"
        if late:
            course.missed = course.missed or late
            effect += f"; the limit of {short_date(late)} had passed before (s.10(1))"
    course.happened.append((question.asked, f"{asked}: {effect}"))


def _answer(course: Course, question: Question, day: date) -> None:
    """The clock restarts, as from a new receipt (FOIA s.10(6), EIR reg 9(4))."""
    if question not in course.open_questions:
        effect = "the limit stands" if question.restarts else "it only narrows the request"
        course.happened.append((day, f"Clarification received: {effect}"))
        return
    lapsed_on = months_after(question.asked, course.policy.clarification_lapse_months)
    course.open_questions.remove(question)
    if course.open_questions:
        course.happened.append((day, "Clarification received: another question is still open"))
        return
    course.started, course.responded = course.day_zero(day), None
    effect = "the clock starts again; day 0"
    if day > lapsed_on:
        effect = (
            f"the request had lapsed on {short_date(lapsed_on)} and is opened again as a new receipt; day 0"
        )
    elif course.started != day:
        effect = f"the clock starts again; day 0 is {short_date(course.started)} (s.45 Code, para 4.2)"
    if course.extension:
        effect += "; the extension ended with the old limit"
        course.extension = None
    course.happened.append((day, f"Clarification received: {effect}"))


_RESTARTS = Field(
    "restarts",
    FieldType.UNLESS_TICKED,
    "It only narrows the request: the clock runs on",
    json="restarts",
    phrase="narrows the request only",
)

CLARIFICATION_REQUESTED = EventKind(
    code="clarification_requested",
    label="Clarification asked",
    law=Law(foia=("FOIA s.1(3)",), eir=("EIR reg 9",)),
    fields=(happened_on(), _RESTARTS),
    rank=10,
    in_pairs=_questions_and_answers,
)

CLARIFICATION_RECEIVED = EventKind(
    code="clarification_received",
    label="Clarification received",
    law=Law(foia=("FOIA s.10(6)",), eir=("EIR reg 9(4)",)),
    fields=(
        happened_on(nullable=True),
        Field("asked", FieldType.DAY, "Asked on", json="asked", phrase="asked on {}"),
        _RESTARTS,
    ),
    rank=30,
    in_pairs=_questions_and_answers,
)
