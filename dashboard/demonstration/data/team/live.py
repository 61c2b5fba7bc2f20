"""What is played of the team: the requests that are open, and those it answered since it has the tracker."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal

from dashboard.demonstration.data.request_steps import (
    Act,
    AnswerClarification,
    Approve,
    AskClarification,
    ComeBack,
    Decide,
    Draft,
    Issue,
    Note,
    PlannedRequest,
    Promise,
    Record,
    RequestStep,
    Search,
    Show,
    Split,
    Submit,
    Supervise,
    TakeUp,
)
from dashboard.demonstration.data.team.endings import DISCLOSED, Ending
from dashboard.demonstration.data.team.plan import LEFT, TeamRequest, left_on
from dashboard.demonstration.data.team.schedule import Schedule, schedule
from dashboard.demonstration.data.team.words import ACTIONS, ANSWERS, DIRECTIONS, QUESTION, SEARCHED
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.letters.kinds import acknowledgement
from requests_app.operations.clock_events import ClockFact
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import REFUSING
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.fees import FEES_NOTICE

_CALLED = "Telephoned the portfolio's staff officer, by reference only; an answer is promised for this week."
_PROMISED = "How far the search has come, and whether the answer will be in time."
_FEE = Decimal("42.50")


@dataclass(frozen=True)
class Live:
    """Plans how the requests of the team are played, up to the evening before `today`."""

    today: date
    calendar: WorkingDayCalendar

    def planned(self, made: list[TeamRequest]) -> Iterator[PlannedRequest]:
        """Give each request with the steps that it has taken. One awaits a fee, and one answer came back."""
        fee = next((one.lot for one in made if self._can_wait_for_fee(one)), None)
        answered = [one for one in made if self._can_come_back(one)]
        for one in made:
            steps = list(self._steps(one))
            if one.lot == fee:
                steps = list(self._awaiting_fee(one))
            if answered and one.lot == answered[-1].lot:
                day = self.calendar.add_working_days(one.course.ended_on, 1)
                steps.append(ComeBack(on=day))
            happened = [step for step in steps if self._has_happened(one, step)]
            yield self._request(one, sorted(happened, key=lambda step: (step.on or self.today, step.at)))

    def _request(self, made: TeamRequest, steps: list[RequestStep]) -> PlannedRequest:
        questions = made.matter.questions
        return PlannedRequest(
            received_on=made.received_on,
            subject=made.matter.subject,
            words=made.matter.words,
            identity=made.identity,
            items=tuple((str(place), question) for place, question in enumerate(questions, start=1)),
            steps=tuple(steps),
            channel=made.channel,
            priority="high" if made.is_urgent else "normal",
            priority_reason=made.priority_reason,
            regime=made.regime,
            topic=made.matter.topic,
            officer=made.officer,
        )

    def _has_happened(self, made: TeamRequest, step: RequestStep) -> bool:
        """Whether a step lies before today and, of whoever left, before that day."""
        last = left_on(self.today, self.calendar) if made.officer == LEFT else self.today - timedelta(days=1)
        return step.on is not None and step.on <= last

    def _can_wait_for_fee(self, made: TeamRequest) -> bool:
        days = self.calendar.count_working_days(made.received_on, self.today)
        course = made.course
        return (
            6 <= days <= 14
            and made.is_open(self.today)
            and course.is_answered
            and not (course.question or course.facts or made.regime == "EIR")
        )

    def _can_come_back(self, made: TeamRequest) -> bool:
        last = self.today - timedelta(days=1)
        return (
            not made.is_open(self.today)
            and bool(made.identity.email)
            and self.calendar.add_working_days(made.course.ended_on, 1) <= last
        )

    def _awaiting_fee(self, made: TeamRequest) -> Iterator[RequestStep]:
        day = self.calendar.add_working_days(made.received_on, 2)
        yield from _begun(day)
        yield from _acknowledged(day)
        notice = self.calendar.add_working_days(day, 2)
        yield Record(on=notice, at=time(10, 30), fact=ClockFact(FEES_NOTICE, notice, amount=_FEE))

    def _steps(self, made: TeamRequest) -> Iterator[RequestStep]:
        """What is done on a request, in order; what is ahead among it."""
        course = made.course
        days = schedule(course, delay=made.lot % 13 // 9)
        if made.lot % 5 < 3:
            yield from _acknowledged(max(days.taken_up, self.calendar.add_working_days(made.received_on, 1)))
        if made.is_open(self.today):
            yield from self._supervised(made)
        if course.outcome == Outcome.INVALID:
            return
        yield from _begun(days.taken_up)
        if course.question:
            yield AskClarification(on=course.question.asked, at=time(9, 45), question=QUESTION)
            if course.question.answered:
                yield _clarified(made, course.question.answered)
        for fact in course.facts:
            yield Record(on=fact.on, at=time(10, 30), fact=fact)
        yield from self._aside(made, days)
        if course.ending:
            yield from _answered(made, _playable(course.ending), days)

    def _aside(self, made: TeamRequest, days: Schedule) -> Iterator[RequestStep]:
        """What is done beside the way to the answer: notes, promises, showing it."""
        if not made.is_open(self.today) or made.course.outcome == Outcome.LAPSED:
            return
        if made.lot % 3 == 0:
            yield Note(on=days.searched, at=time(10, 40), text=_CALLED)
        if made.lot % 9 == 1:
            by = self.calendar.add_working_days(days.searched, 6)
            yield Promise(on=days.searched, at=time(10, 41), by=by, promised=_PROMISED)
        if made.lot % 4 == 1:
            yield Show(on=days.taken_up, at=time(10, 15))

    def _supervised(self, made: TeamRequest) -> Iterator[RequestStep]:
        """Every second week, of most; what the manager asks for is mostly done in time."""
        for number, days in enumerate((9, 18, 27, 36, 45, 54, 63)):
            lot = made.lot + number
            if made.lot % 9 > 6 or made.officer == LEFT:
                return
            on = self.calendar.add_working_days(made.received_on, days)
            if lot % 3:
                due = self.calendar.add_working_days(on, 2 + lot % 4)
                yield Supervise(
                    on=on,
                    at=time(10, 50),
                    direction=DIRECTIONS[lot % len(DIRECTIONS)],
                    action=ACTIONS[lot % len(ACTIONS)],
                    action_due_on=due,
                )
                if lot % 7:
                    yield Act(on=due, at=time(10, 55), done="Done as asked; the note is on the case.")
            else:
                yield Supervise(on=on, at=time(10, 50), direction="Go on as planned.")


def _begun(day: date) -> Iterator[RequestStep]:
    yield TakeUp(on=day, at=time(9, 15))
    yield Split(on=day, at=time(9, 30))


def _acknowledged(day: date) -> Iterator[RequestStep]:
    yield Draft(on=day, at=time(9, 35), kind=acknowledgement.KIND)
    yield Issue(on=day, at=time(9, 40))


def _clarified(made: TeamRequest, day: date) -> AnswerClarification:
    restarts = made.course.question is not None and made.course.question.restarts
    effect = ClockEffect.RESTARTS if restarts else ClockEffect.NARROWS
    answer, reason = ANSWERS[effect]
    return AnswerClarification(on=day, at=time(9, 50), answer=answer, effect=effect, effect_reason=reason)


def _answered(made: TeamRequest, ending: Ending, days: Schedule) -> Iterator[RequestStep]:
    """Searched, every item decided as the ending has it, drafted, approved and issued."""
    labels = [str(place) for place in range(1, len(made.matter.questions) + 1)]
    decisions = dict(zip(labels, ending.dispositions(len(labels)), strict=True))
    yield Search(
        on=days.searched,
        at=time(10, 45),
        searched=SEARCHED[made.lot % len(SEARCHED)],
        criteria="Title and subject, for the years named",
        holding=ending.holding,
    )
    yield Decide(on=days.decided, at=time(11), decisions=decisions, location=ending.location)
    refused = tuple(label for label, (disposition, _) in decisions.items() if disposition in REFUSING)
    if ending.claim:
        yield replace(ending.claim, on=days.decided, at=time(12), items=refused)
    text = LetterText(answer=ending.answer, advice=ending.advice, enclosures=ending.enclosures)
    yield Draft(on=days.decided, at=time(13), text=text)
    yield Submit(on=days.submitted, at=time(14))
    yield Approve(on=days.approved, at=time(15))
    yield Issue(on=made.course.ended_on, at=time(16))


def _playable(ending: Ending) -> Ending:
    """The ending, or disclosure where it rests on what is no exemption of Part II: the letter has no annex for it."""
    return DISCLOSED if ending.disposition in REFUSING and ending.claim is None else ending
