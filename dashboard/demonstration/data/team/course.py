"""How a request of the team went, or will go: asked back, extended, answered; all days by the clock's rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from random import Random

from dashboard.demonstration.data.team.endings import EIR_ENDINGS, ENDINGS, Ending
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

#: In working days of the limit of twenty, when an answer in time goes out: half by day 15.
_DAYS = (2, 4, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 17, 18, 18, 19, 19, 20, 20, 20)
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
    """Plans courses by one calendar."""

    calendar: WorkingDayCalendar

    def course(
        self,
        rng: Random,
        received_on: date,
        regime: Regime,
        items: int,
        *,
        late: float,
        longest: bool = False,
    ) -> Course:
        """Return how a request with so many items goes.

        `late` is the share of answers that miss their limit; with `longest` those miss it by weeks.
        """
        kind = "answered" if regime == Regime.EIR else rng.choice(_KINDS)
        if kind == "withdrawn":
            ended_on = self._after(received_on, rng.randrange(1, 13))
            return Course(received_on, regime, self.calendar, Outcome.WITHDRAWN, ended_on)
        if kind == "invalid":
            ended_on = self._after(received_on, rng.randrange(11, 26))
            return Course(received_on, regime, self.calendar, Outcome.INVALID, ended_on)
        if kind == "lapsed":
            question = Question(self._after(received_on, rng.randrange(1, 7)), None, restarts=True)
            return self._lapsed(received_on, Outcome.LAPSED, question, ())
        if kind == "fee unpaid":
            return self._lapsed(received_on, Outcome.FEE_UNPAID, None, [self._notice(rng, received_on)])
        question = self._question(rng, received_on, is_late=kind == "late question")
        return self._answered(rng, received_on, regime, items, question, late=late, longest=longest)

    def _after(self, day: date, number: int) -> date:
        return self.calendar.add_working_days(day, number)

    def _lapsed(
        self, received_on: date, outcome: Outcome, question: Question | None, facts: Sequence[ClockFact]
    ) -> Course:
        """Closed on the working day after the last one for the clarification or the fee."""
        events = clock_events(Regime.FOIA, question, facts)
        last = clock_dates(received_on, events, self.calendar).lapses_on
        ended_on = self._after(last or received_on, 1)
        return Course(received_on, Regime.FOIA, self.calendar, outcome, ended_on, question, tuple(facts))

    def _question(self, rng: Random, received_on: date, *, is_late: bool) -> Question | None:
        if is_late:  # the limit was over already, and stays missed
            asked = self._after(received_on, rng.randrange(21, 25))
            return Question(asked, self._after(asked, rng.randrange(2, 8)), restarts=True)
        if rng.random() > 0.085:
            return None
        asked = self._after(received_on, rng.randrange(1, 7))
        return Question(asked, self._after(asked, rng.randrange(2, 19)), restarts=rng.random() < 0.75)

    def _notice(self, rng: Random, received_on: date) -> ClockFact:
        amount = Decimal(rng.choice(("12.50", "27.00", "42.50")))
        return ClockFact(FEES_NOTICE, self._after(received_on, rng.randrange(3, 8)), amount=amount)

    def _answered(
        self,
        rng: Random,
        received_on: date,
        regime: Regime,
        items: int,
        question: Question | None,
        *,
        late: float,
        longest: bool,
    ) -> Course:
        endings = EIR_ENDINGS if regime == Regime.EIR else ENDINGS
        (ending,) = rng.choices([one for one, _ in endings], [weight for _, weight in endings])
        facts: list[ClockFact] = []
        if question is None and regime == Regime.FOIA and rng.random() < 0.012:
            notice = self._notice(rng, received_on)
            facts += [notice, ClockFact(FEE_RECEIVED, self._after(notice.on, rng.randrange(4, 16)))]
        else:
            facts += self._extension(rng, received_on, regime, question, ending)
        dates = clock_dates(received_on, clock_events(regime, question, facts), self.calendar)
        ended_on = self._answered_on(rng, received_on, question, facts, dates, late=late, longest=longest)
        found = outcome(disposition for disposition, _ in ending.dispositions(items))
        return Course(received_on, regime, self.calendar, found, ended_on, question, tuple(facts), ending)

    def _extension(
        self, rng: Random, received_on: date, regime: Regime, question: Question | None, ending: Ending
    ) -> list[ClockFact]:
        """More time for the public interest test of a qualified exemption, or for a large request under the EIR."""
        start = question.answered if question and question.restarts and question.answered else received_on
        on = self._after(start, rng.randrange(15, 21))
        if question and question.answered and on <= question.answered:
            return []
        if regime == Regime.EIR:
            reason = "It covers eleven sites and several thousand pages, which have to be read one by one."
            return [ClockFact(EIR_EXTENSION, on, reason=reason)] if rng.random() < 0.12 else []
        if ending.claim is None or ending.claim.section not in _QUALIFIED or rng.random() > 0.4:
            return []
        estimate = self._after(start, rng.randrange(28, 41))
        return [ClockFact(PIT_EXTENSION, on, provision=ending.claim.limbs[0], estimate=estimate)]

    def _answered_on(
        self,
        rng: Random,
        received_on: date,
        question: Question | None,
        facts: Sequence[ClockFact],
        dates: ClockDates,
        *,
        late: float,
        longest: bool,
    ) -> date:
        happened = [fact.on for fact in facts] + (
            [question.answered] if question and question.answered else []
        )
        planned = self._planned(rng, received_on, dates, late=late, longest=longest)
        return max([planned, *(self._after(day, 1) for day in happened)])

    def _planned(
        self, rng: Random, received_on: date, dates: ClockDates, *, late: float, longest: bool
    ) -> date:
        start, limit = dates.started_on or received_on, dates.limit_on or received_on
        if rng.random() < late:
            return self._after(limit, rng.choice(_LONG_OVERRUNS if longest else _OVERRUNS))
        days = rng.choice(_DAYS)
        if limit > self._after(
            start, 20
        ):  # extended, or stopped for a fee: the answer comes in the time gained
            days += self.calendar.count_working_days(start, limit) - 20
        return min(limit, self._after(start, days))
