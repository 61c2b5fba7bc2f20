"""A population of requests as plain values: when each came, how far it has come, how it ended.

Dates are counted by the rules of the tracker.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from random import Random
from typing import TypeVar

from benchmarks.populations import wording
from benchmarks.populations.wanted import Wanted
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome, Status
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.paired_events import Question

_Choice = TypeVar("_Choice")

#: The archive goes back this far.
ARCHIVE_DAYS = 3650
#: Open requests came within this many days, most of them lately: about one in fourteen is overdue.
OPEN_DAYS = 38
#: When an answer goes out, in working days after receipt: half by day 17, about one in ten late.
_DAYS_TO_ANSWER = (2, 4, 7, 9, 11, 12, 14, 15, 16, 17, 18, 19, 19, 20, 20, 20, 20, 20, 24, 31)

#: A request lapses about three months after clarification was asked.
DAYS_TO_LAPSE = 65
#: The share of requests on which clarification was asked and answered.
CLARIFIED = 0.06

_OUTCOMES = (
    *(Outcome.DISCLOSED,) * 36, *(Outcome.PARTLY_DISCLOSED,) * 24, *(Outcome.NOT_HELD,) * 14,
    *(Outcome.REFUSED,) * 10, *(Outcome.ALREADY_ACCESSIBLE,) * 5, *(Outcome.NEITHER,) * 3,
    *(Outcome.WITHDRAWN,) * 3, *(Outcome.LAPSED,) * 3, Outcome.OUTSIDE_FUNCTIONS, Outcome.INVALID,
)  # fmt: skip
_OPEN_STATUSES = (
    *(Status.RECEIVED,) * 15, *(Status.IN_PROGRESS,) * 50, *(Status.AWAITING_CLARIFICATION,) * 12,
    *(Status.AWAITING_APPROVAL,) * 14, *(Status.READY_TO_ISSUE,) * 9,
)  # fmt: skip
_DISPOSITIONS: dict[Outcome, Disposition] = {
    Outcome.DISCLOSED: Disposition.DISCLOSED,
    Outcome.PARTLY_DISCLOSED: Disposition.PARTLY_DISCLOSED,
    Outcome.REFUSED: Disposition.WITHHELD,
    Outcome.NEITHER: Disposition.NEITHER,
    Outcome.ALREADY_ACCESSIBLE: Disposition.ACCESSIBLE,
    Outcome.NOT_HELD: Disposition.NOT_HELD,
    Outcome.OUTSIDE_FUNCTIONS: Disposition.OUTSIDE_FUNCTIONS,
}
#: Statuses in which every item has been decided.
DECIDED_STATUSES = frozenset({Status.AWAITING_APPROVAL, Status.READY_TO_ISSUE, Status.CLOSED})


@dataclass(frozen=True, slots=True)
class SyntheticRequest:
    """One request. `first_due_on` is the due date at receipt, `ended_on` the day it was closed."""

    key: int
    year: int
    number: int
    received_on: date
    status: Status
    outcome: Outcome | None
    clarification: Question | None
    first_due_on: date
    dates: ClockDates
    ended_on: date | None
    subject: str
    words: str
    questions: list[str]
    dispositions: list[Disposition]
    lot: int

    @property
    def reference(self) -> str:
        return f"{self.number:04}/{self.year}"

    def chosen(self, choices: Sequence[_Choice], question: int) -> _Choice:
        """Return one of `choices`, always the same for this request and `question`."""
        return choices[(self.lot >> 3 * question) % len(choices)]

    @property
    def is_late(self) -> bool:
        """Whether it was answered after its limit."""
        limit = self.dates.limit_on
        return bool(self.is_answered and self.ended_on and limit and self.ended_on > limit)

    @property
    def is_answered(self) -> bool:
        return self.outcome is not None and self.outcome not in UNANSWERED_OUTCOMES


@dataclass(frozen=True, slots=True)
class _Course:
    """How far a request has come: `ended_on` is the day it was closed."""

    status: Status
    outcome: Outcome | None
    clarification: Question | None
    ended_on: date | None


def _answer(course: _Course) -> tuple[ClockEvent, ...]:
    """The event of its answer, where it had one."""
    if course.ended_on is None or course.outcome is None or course.outcome in UNANSWERED_OUTCOMES:
        return ()
    return (ClockEvent(RESPONSE_SENT, course.ended_on),)


def requests(wanted: Wanted, calendar: WorkingDayCalendar) -> Iterator[SyntheticRequest]:
    """Give the requests wanted, in order of receipt.

    Raise CalendarNotCovered when the day is too near the end of the calendar.
    """
    rng, today = Random(wanted.seed), wanted.today
    last_numbers: Counter[int] = Counter()
    closed = _closed_arrivals(wanted.cases - wanted.still_open, today)
    arrivals = merge(closed, _open_arrivals(wanted.still_open, today))
    for key, (received_on, is_open) in enumerate(arrivals, start=1):
        last_numbers[received_on.year] += 1
        course = (_open_course if is_open else _closed_course)(rng, received_on, today, calendar)
        asked = course.clarification
        events = clarification(asked.asked, asked.answered, restarts=asked.restarts) if asked else ()
        questions = [wording.question(rng) for _ in range(rng.choice((1, 1, 2, 2, 2, 3, 3, 4)))]
        yield SyntheticRequest(
            key=key,
            year=received_on.year,
            number=last_numbers[received_on.year],
            received_on=received_on,
            status=course.status,
            outcome=course.outcome,
            clarification=course.clarification,
            first_due_on=calendar.add_working_days(received_on, RESPONSE_WORKING_DAYS),
            dates=clock_dates(received_on, (*events, *_answer(course)), calendar),
            ended_on=course.ended_on,
            subject=wording.request_subject(questions),
            words=wording.request_words(rng, questions),
            questions=questions,
            dispositions=_dispositions(rng, course.status, course.outcome, len(questions)),
            lot=rng.randrange(1 << 30),
        )


def _closed_arrivals(count: int, today: date) -> Iterator[tuple[date, bool]]:
    start = today - timedelta(days=ARCHIVE_DAYS)
    return ((start + timedelta(days=n * (ARCHIVE_DAYS - 3) // count), False) for n in range(count))


def _open_arrivals(count: int, today: date) -> Iterator[tuple[date, bool]]:
    return ((today - timedelta(days=int(OPEN_DAYS * (1 - (n / count) ** 0.5))), True) for n in range(count))


def _closed_course(rng: Random, received_on: date, today: date, calendar: WorkingDayCalendar) -> _Course:
    outcome = rng.choice(_OUTCOMES)
    if outcome == Outcome.LAPSED:
        asked_on = received_on + timedelta(days=1)
        ended_on = calendar.add_working_days(asked_on, DAYS_TO_LAPSE)
        if ended_on <= today:
            return _Course(Status.CLOSED, outcome, Question(asked_on, None, restarts=True), ended_on)
        outcome = Outcome.WITHDRAWN
    ended_on = min(today, calendar.add_working_days(received_on, rng.choice(_DAYS_TO_ANSWER)))
    question = None
    if outcome not in UNANSWERED_OUTCOMES and rng.random() < CLARIFIED:
        question = _answered(rng, received_on, ended_on)
    return _Course(Status.CLOSED, outcome, question, ended_on)


def _open_course(rng: Random, received_on: date, today: date, calendar: WorkingDayCalendar) -> _Course:
    status = rng.choice(_OPEN_STATUSES)
    question = None
    if status == Status.AWAITING_CLARIFICATION:
        question = Question(min(received_on + timedelta(days=2), today), None, restarts=True)
    elif status != Status.RECEIVED and rng.random() < CLARIFIED:
        question = _answered(rng, received_on, today)
    return _Course(status, None, question, None)


def _answered(rng: Random, received_on: date, last: date) -> Question:
    """A clarification asked and answered between receipt and `last`; half of them restart the clock."""
    asked_on = min(received_on + timedelta(days=1), last)
    answered_on = min(asked_on + timedelta(days=rng.randrange(1, 9)), last)
    return Question(asked_on, answered_on, restarts=rng.random() < 0.5)


def _dispositions(rng: Random, status: Status, outcome: Outcome | None, items: int) -> list[Disposition]:
    """What became of each item; empty where nothing is decided. Part of one item is withheld at most."""
    if status not in DECIDED_STATUSES or outcome in UNANSWERED_OUTCOMES:
        return []
    ending = _DISPOSITIONS[outcome or rng.choice((Outcome.DISCLOSED, Outcome.PARTLY_DISCLOSED))]
    if ending == Disposition.PARTLY_DISCLOSED:
        return [*[Disposition.DISCLOSED] * (items - 1), ending]
    return [ending] * items
