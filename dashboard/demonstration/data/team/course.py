"""How a request of the team went, or will go: asked back, extended, answered; all days by the clock's rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from random import Random

from dashboard.demonstration.data.team.endings import Ending
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.models import RecordedClockEvent, Regime
from requests_app.operations.clock_events import ClockFact
from requests_app.queries.clock import event_of
from requests_app.rules.casework.dispositions import outcome
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.extensions import EIR_EXTENSION, PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.kinds.whole_request import REGIME
from requests_app.rules.clock.paired_events import Question

#: In working days, when an answer in time goes out: the earliest, the last (cut at the limit), and the most usual.
_DAYS = (1, 23, 20)
#: By how many working days late answers miss their limit.
_OVERRUNS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 11, 14, 18, 24, 31)
_LONG_OVERRUNS = (4, 9, 12, 16, 20, 26, 31, 40)
_QUALIFIED = frozenset({"22", "24", "31", "38", "43"})
_KINDS = (
    *("answered",) * 176, *("withdrawn",) * 8, *("lapsed",) * 7, *("invalid",) * 6, *("late question",) * 2,
    "fee unpaid",
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """What happens on a request. `facts` are the events of its clock besides the question, in order.

    `ended_on` is the day of the answer, or of the closing without one; it may lie ahead. `ending` is None where no
    answer goes out.
    """

    received_on: date
    regime: Regime
    calendar: WorkingDayCalendar
    outcome: Outcome
    ended_on: date
    question: Question | None = None
    facts: tuple[ClockFact, ...] = ()
    ending: Ending | None = None

    @property
    def is_answered(self) -> bool:
        return self.outcome not in UNANSWERED_OUTCOMES

    @cached_property
    def dates(self) -> ClockDates:
        """The dates that the request caches once all of it has happened."""
        answer = [ClockEvent(RESPONSE_SENT, self.ended_on)] if self.is_answered else []
        events = clock_events(self.regime, self.question, self.facts)
        return clock_dates(self.received_on, [*events, *answer], self.calendar)

    @property
    def is_late(self) -> bool:
        """Whether its answer goes out after the limit, or after one that a late question took away."""
        limit = self.dates.limit_on
        return self.is_answered and (
            self.dates.missed_on is not None or bool(limit and self.ended_on > limit)
        )


def clock_events(regime: Regime, question: Question | None, facts: Iterable[ClockFact]) -> list[ClockEvent]:
    """Return the events of a clock as the tracker reads them of a request."""
    asked = clarification(question.asked, question.answered, restarts=question.restarts) if question else ()
    recorded = (RecordedClockEvent(kind=fact.kind.code, **fact.columns) for fact in facts)
    return [ClockEvent(REGIME, value=regime), *asked, *map(event_of, recorded)]


@dataclass(frozen=True)
class CoursePlan:
    """Plans the course of one request, which has so many items and, where it is answered, this ending.

    `late` is the share of answers that miss their limit; with `longest` those miss it by weeks.
    """

    calendar: WorkingDayCalendar
    rng: Random
    received_on: date
    regime: Regime
    ending: Ending
    items: int
    late: float
    longest: bool = False

    def course(self) -> Course:
        """Return how it goes."""
        kind = "answered" if self.regime == Regime.EIR else self.rng.choice(_KINDS)
        if kind == "withdrawn":
            return self._ended(Outcome.WITHDRAWN, self._within(self.received_on, 1, 12))
        if kind == "invalid":
            return self._ended(Outcome.INVALID, self._within(self.received_on, 11, 25))
        if kind == "lapsed":
            question = Question(self._within(self.received_on, 1, 6), None, restarts=True)
            return self._lapsed(Outcome.LAPSED, question, ())
        if kind == "fee unpaid":
            return self._lapsed(Outcome.FEE_UNPAID, None, (self._notice(),))
        return self._answered(self._question(is_late=kind == "late question"))

    def _after(self, day: date, number: int) -> date:
        return self.calendar.add_working_days(day, number)

    def _within(self, day: date, least: int, most: int) -> date:
        return self._after(day, self.rng.randint(least, most))

    def _ended(
        self,
        outcome: Outcome,
        on: date,
        question: Question | None = None,
        facts: tuple[ClockFact, ...] = (),
        ending: Ending | None = None,
    ) -> Course:
        return Course(self.received_on, self.regime, self.calendar, outcome, on, question, facts, ending)

    def _dates(self, question: Question | None, facts: Sequence[ClockFact]) -> ClockDates:
        return clock_dates(self.received_on, clock_events(self.regime, question, facts), self.calendar)

    def _lapsed(self, outcome: Outcome, question: Question | None, facts: tuple[ClockFact, ...]) -> Course:
        """Closed on the working day after the last one for the clarification or the fee."""
        last = self._dates(question, facts).lapses_on or self.received_on
        return self._ended(outcome, self._after(last, 1), question, facts)

    def _question(self, *, is_late: bool) -> Question | None:
        if is_late:  # the limit was over already, and stays missed
            asked = self._within(self.received_on, 21, 24)
            return Question(asked, self._within(asked, 2, 7), restarts=True)
        if self.rng.random() > 0.085:
            return None
        asked = self._within(self.received_on, 1, 6)
        return Question(asked, self._within(asked, 2, 18), restarts=self.rng.random() < 0.75)

    def _notice(self) -> ClockFact:
        amount = Decimal(self.rng.choice(("12.50", "27.00", "42.50")))
        return ClockFact(FEES_NOTICE, self._within(self.received_on, 3, 7), amount=amount)

    def _answered(self, question: Question | None) -> Course:
        facts: tuple[ClockFact, ...]
        if question is None and self.regime == Regime.FOIA and self.rng.random() < 0.012:
            notice = self._notice()
            facts = (notice, ClockFact(FEE_RECEIVED, self._within(notice.on, 4, 15)))
        else:
            facts = self._extension(question)
        on = self._planned(self._dates(question, facts))
        happened = [fact.on for fact in facts]
        if question and question.answered:
            happened.append(question.answered)
        on = max([on, *(self._after(day, 1) for day in happened)])
        found = outcome(disposition for disposition, _ in self.ending.dispositions(self.items))
        return self._ended(found, on, question, facts, self.ending)

    def _extension(self, question: Question | None) -> tuple[ClockFact, ...]:
        """More time for the public interest test of a qualified exemption, or for a large request under the EIR."""
        restarted = question.answered if question and question.restarts else None
        start = restarted or self.received_on
        on = self._within(start, 15, 20)
        if question and question.answered and on <= question.answered:
            return ()
        if self.regime == Regime.EIR:
            reason = "It covers eleven sites and several thousand pages, which have to be read one by one."
            return (ClockFact(EIR_EXTENSION, on, reason=reason),) if self.rng.random() < 0.12 else ()
        claim = self.ending.claim
        if claim is None or claim.section not in _QUALIFIED or self.rng.random() > 0.4:
            return ()
        return (ClockFact(PIT_EXTENSION, on, provision=claim.limbs[0], estimate=self._within(start, 28, 40)),)

    def _planned(self, dates: ClockDates) -> date:
        """The day on which the answer would go out, whatever else has to happen before."""
        start, limit = dates.started_on or self.received_on, dates.limit_on or self.received_on
        if self.rng.random() < self.late:
            return self._after(limit, self.rng.choice(_LONG_OVERRUNS if self.longest else _OVERRUNS))
        days = min(20, round(self.rng.triangular(*_DAYS)))
        if limit > self._after(
            start, 20
        ):  # extended, or stopped for a fee: the answer comes in the time gained
            days += self.calendar.count_working_days(start, limit) - 20
        return min(limit, self._after(start, days))
