"""The requests of the team over two years, from first to last: who has them, how they go, what number they bear."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from dashboard.demonstration.data.days import last_working_day
from dashboard.demonstration.data.matters import Matter, matter
from dashboard.demonstration.data.team.arrivals import arrivals
from dashboard.demonstration.data.team.course import Course, CoursePlan
from dashboard.demonstration.data.team.endings import ending
from dashboard.demonstration.data.team.remedies import Remedies
from dashboard.demonstration.data.topics import applicant
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.models import Channel, Regime
from requests_app.operations.clock_events import ClockFact
from requests_app.operations.intake import Identity
from requests_app.rules.casework.lateness import LateReason, LateStep
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.kinds.review import REVIEW_RECEIVED

#: The team has answered with the tracker for so many working days; what was answered before is brought over.
PLAYED_DAYS = 10
#: The officers by their places; the last one has left since, when the one before came.
OFFICERS, LEFT = 6, 6
_LEFT_DAYS_AGO = 21
_WEIGHTS_BEFORE, _WEIGHTS_SINCE = (6, 5, 5, 5, 5, 4, 4), (6, 5, 5, 4, 5, 5, 0)
#: So many requests of whoever left were given to nobody; the others went to the next by place.
_LEFT_BEHIND, _TOOK_OVER = 2, 5
_CHANNELS = (*(Channel.EMAIL,) * 13, *(Channel.WEB,) * 5, *(Channel.POST,) * 2)
_EIR_SHARE = 0.045

#: The share of answers that are late: usually; in the bad quarter; in the one after it.
_LATE, _LATE_THEN, _LATE_AFTERWARDS = 0.05, 0.17, 0.055
#: Of those that came in lately, so that some are open and overdue.
_LATE_LATELY, _LATELY_DAYS = 0.1, 63
_REASONS = (
    *((LateReason.INFORMATION, LateStep.SEARCH),) * 6, *((LateReason.APPROVAL, LateStep.APPROVAL),) * 4,
    *((LateReason.ADVICE, LateStep.CONSULTATION),) * 3, *((LateReason.VOLUME, LateStep.DECISION),) * 2,
    (LateReason.COMPLEX, LateStep.DECISION), (LateReason.ABSENCE, LateStep.SEARCH),
    (LateReason.OVERLOOKED, LateStep.ISSUE), (LateReason.SYSTEM, LateStep.SEARCH),
    (LateReason.VOLUME, LateStep.INTAKE),
)  # fmt: skip
_REASONS_THEN = (
    *((LateReason.VOLUME, LateStep.INTAKE),) * 3, *((LateReason.VOLUME, LateStep.DECISION),) * 3,
    (LateReason.ABSENCE, LateStep.DECISION),
)  # fmt: skip


@dataclass(frozen=True)
class TeamRequest:
    """A request of the team. `officer` is the place of who has it; `after` are the events that follow the answer.

    `lot` decides what is of no consequence, such as minutes.
    """

    lot: int
    received_on: date
    matter: Matter
    identity: Identity
    channel: Channel
    regime: Regime
    is_urgent: bool
    officer: int
    course: Course
    after: tuple[ClockFact, ...]
    lateness: tuple[LateReason, LateStep]

    @property
    def priority_reason(self) -> str:
        """Why it is urgent; empty where it is not."""
        return "A public inquiry has asked to see the answer." if self.is_urgent else ""

    def is_open(self, today: date) -> bool:
        """Whether it has not ended by the evening before."""
        return self.course.ended_on >= today

    def is_played(self, since: date, today: date) -> bool:
        """Whether it is played, step by step: it is open, or was answered since the tracker is used."""
        return self.is_open(today) or (
            self.course.is_answered and self.course.ended_on > since and not self.after
        )


def team_requests(today: date, calendar: WorkingDayCalendar) -> list[TeamRequest]:
    """Return the requests of two years, in the order they came. The same day gives the same ones."""
    yesterday = today - timedelta(days=1)
    remedies = Remedies(calendar, yesterday)
    trouble = _bad_quarter(today)
    made = [
        _request(rng, received_on, remedies, today, trouble) for received_on, rng in arrivals(today, calendar)
    ]
    return list(_with_reviews_owed(_handed_over(made, today, left_on(today, calendar)), remedies))


def begun_on(today: date, calendar: WorkingDayCalendar) -> date:
    """Return the day since when the team answers with the tracker."""
    return last_working_day(today, calendar, PLAYED_DAYS)


def left_on(today: date, calendar: WorkingDayCalendar) -> date:
    """Return the last day of the officer who has left."""
    return last_working_day(today - timedelta(days=_LEFT_DAYS_AGO), calendar)


def _bad_quarter(today: date) -> date:
    """The first day of the quarter in which the team fell behind: that of ten months ago."""
    then = today - timedelta(days=300)
    return date(then.year, then.month - (then.month - 1) % 3, 1)


def _late_share(received_on: date, today: date, trouble: date) -> float:
    if trouble <= received_on < trouble + timedelta(days=90):
        return _LATE_THEN
    if trouble <= received_on < trouble + timedelta(days=150):
        return _LATE_AFTERWARDS
    return _LATE_LATELY if received_on > today - timedelta(days=_LATELY_DAYS) else _LATE


def _request(rng: Random, received_on: date, remedies: Remedies, today: date, trouble: date) -> TeamRequest:
    regime = Regime.EIR if rng.random() < _EIR_SHARE else Regime.FOIA
    asked = matter(rng, received_on.year, environmental=regime == Regime.EIR)
    late = _late_share(received_on, today, trouble)
    end = ending(rng, asked.topic, environmental=regime == Regime.EIR)
    course = CoursePlan(
        calendar=remedies.calendar,
        rng=rng,
        received_on=received_on,
        regime=regime,
        ending=end,
        items=len(asked.questions),
        late=late,
        longest=late == _LATE_LATELY,
    ).course()
    before = received_on < today - timedelta(days=_LEFT_DAYS_AGO + 5)
    lot = rng.randrange(1 << 30)
    identity = applicant(lot)
    if course.outcome == Outcome.INVALID:
        identity = Identity(name="J", email=identity.email or "someone@example.org")
    (officer,) = rng.choices(range(OFFICERS + 1), _WEIGHTS_BEFORE if before else _WEIGHTS_SINCE)
    after: tuple[ClockFact, ...] = ()
    if course.is_answered and course.ended_on < today:
        after = remedies.of(rng, course.outcome, regime, course.ended_on)
    return TeamRequest(
        lot=lot,
        received_on=received_on,
        matter=asked,
        identity=identity,
        channel=Channel.POST
        if identity.postal_address and not identity.email
        else rng.choice(_CHANNELS[:18]),
        regime=regime,
        is_urgent=rng.random() < 0.03,
        officer=officer,
        course=course,
        after=after,
        lateness=rng.choice(_REASONS_THEN if late == _LATE_THEN else _REASONS),
    )


def _handed_over(made: Iterable[TeamRequest], today: date, left: date) -> list[TeamRequest]:
    """The same requests; what was open when the officer left has another one, but for the two oldest that are open."""
    found = list(made)
    old = [
        one for one in found
        if one.is_open(today) and one.course.is_answered and one.course.question is None
        and one.received_on < left - timedelta(days=10)
    ]  # fmt: skip
    left_behind = {one.lot for one in old[:_LEFT_BEHIND]}
    return [
        replace(one, officer=LEFT)
        if one.lot in left_behind
        else replace(one, officer=_TOOK_OVER)
        if one.officer == LEFT and one.course.ended_on > left
        else one
        for one in found
    ]


def _with_reviews_owed(made: Sequence[TeamRequest], remedies: Remedies) -> Iterator[TeamRequest]:
    """The same requests; two of them lately refused have a review that is owed, one of which is overdue."""
    owed: dict[int, tuple[ClockFact, ...]] = {}
    for since in (32, 12):
        asked = last_working_day(remedies.until, remedies.calendar, since)
        candidates = [
            one for one in made
            if one.course.outcome in (Outcome.REFUSED, Outcome.PARTLY_DISCLOSED)
            and one.regime == Regime.FOIA and not one.after and one.lot not in owed
            and one.course.ended_on < asked
        ]  # fmt: skip
        if candidates:
            last = max(candidates, key=lambda one: one.course.ended_on)
            owed[last.lot] = (ClockFact(REVIEW_RECEIVED, asked),)
    for one in made:
        yield replace(one, after=owed[one.lot]) if one.lot in owed else one


def numbered(days: Iterable[tuple[date, int | None]], start: date) -> Iterator[int]:
    """Give the number of each request, by its day of receipt and the number it has already, if any; in order of day.

    Numbers run on from year to year, from about 2060 at the beginning of 2025. `start` is when the two years begin.
    """
    known = list(days)
    taken = {(day.year, number) for day, number in known if number}
    last = 0
    for day, number in known:
        if number:
            yield number
            continue
        last = max(last + 1, _number_on(min(day, start)), 1)
        while (day.year, last) in taken:
            last += 1
        yield last


def _number_on(day: date) -> int:
    """About two requests come a day."""
    return 2060 + 2 * (day - date(2025, 1, 1)).days
