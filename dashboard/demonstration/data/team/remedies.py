"""What followed an answer of the team: an internal review or reconsideration, a complaint, the regulator's notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.models import Regime
from requests_app.operations.clock_events import ClockFact
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.kinds.regulator import COMPLAINT_MADE, DECISION_NOTICE
from requests_app.rules.clock.kinds.review import (
    REPRESENTATIONS_RECEIVED,
    REVIEW_EXTENDED,
    REVIEW_OUTCOME,
    REVIEW_RECEIVED,
)

#: Who was given everything seldom asks for a review.
_ASKS = {Outcome.DISCLOSED: 0.008, Outcome.NOT_HELD: 0.04}
_USUALLY_ASKS = 0.075
_FINDINGS = (*("upheld",) * 12, *("partly_upheld",) * 5, *("overturned",) * 4)
_WHY_LONGER = "Three portfolios have to be asked again, and one of them needs legal advice."


@dataclass(frozen=True)
class Remedies:
    """Plans what follows answers, by one calendar, up to `until`: what lies after it has not happened."""

    calendar: WorkingDayCalendar
    until: date

    def of(self, rng: Random, outcome: Outcome, regime: Regime, answered_on: date) -> tuple[ClockFact, ...]:
        """Return the events after an answer; most answers have none. The reviewer is left to whoever writes them."""
        if rng.random() > _ASKS.get(outcome, _USUALLY_ASKS):
            return ()
        asked = self._after(answered_on, rng.randrange(3, 36))
        return tuple(fact for fact in self._review(rng, regime, asked) if fact.on <= self.until)

    def _review(self, rng: Random, regime: Regime, asked: date) -> Iterator[ClockFact]:
        if regime == Regime.EIR:
            yield ClockFact(REPRESENTATIONS_RECEIVED, asked)
            ended = self._after(asked, rng.randrange(18, 41))
        else:
            yield ClockFact(REVIEW_RECEIVED, asked)
            drawn = rng.random()
            if drawn < 0.14:
                yield ClockFact(
                    REVIEW_EXTENDED, self._after(asked, rng.randrange(15, 20)), reason=_WHY_LONGER
                )
                ended = self._after(asked, rng.randrange(24, 41))
            elif drawn < 0.3:  # late
                ended = self._after(asked, rng.randrange(21, 34))
            else:
                ended = self._after(asked, rng.randrange(9, 21))
        finding = rng.choice(_FINDINGS)
        yield ClockFact(REVIEW_OUTCOME, ended, finding=finding)
        if finding != "overturned" and rng.random() < 0.16:
            yield from self._complaint(rng, self._after(ended, rng.randrange(10, 41)))

    def _complaint(self, rng: Random, made: date) -> Iterator[ClockFact]:
        number, (first, second) = rng.randrange(100_000, 400_000), rng.sample("BCDFGHJKLMN", 2)
        reference = f"IC-{number}-{first}{rng.randrange(1, 9)}{second}{rng.randrange(1, 9)}"
        yield ClockFact(COMPLAINT_MADE, made, reference=reference)
        sent = self._after(made, rng.randrange(45, 110))
        comply_by = sent + timedelta(days=35) if rng.random() < 0.5 else None
        yield ClockFact(DECISION_NOTICE, sent, reference=reference, comply_by=comply_by)

    def _after(self, day: date, number: int) -> date:
        return self.calendar.add_working_days(day, number)
