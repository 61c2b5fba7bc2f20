"""A population of logs as plain values: when each came, from which forces, how far it has come, how it ended.

The same numbers, day, forces and seed give the same population. Dates are counted by the rules of the tracker.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import merge
from random import Random
from typing import TypeVar

from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.management.demonstration.subjects import Subject
from referrals.management.synthetic import wording
from referrals.rules.vocabulary import ForceOutcome, ForceRole, Scope, Trigger, Uptake
from referrals.rules.workflow import AWAITING_ADVICE, Closing, ReferralStatus
from requests_app.management.synthetic.wording import skewed
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS

_Choice = TypeVar("_Choice")

#: The right of access began on 1 January 2005; the first forms came when forces had had a request for some days.
FIRST_DAY = date(2005, 1, 17)
#: Open logs came within this many days, most of them lately; a few low-priority ones are much older.
OPEN_DAYS = 60
#: The share of national logs, and of those of several forces.
NATIONAL, SEVERAL = 0.12, 0.04
#: The share of logs with which the same wording begins to come from one force after another.
ROUND_ROBIN = 0.004
#: When advice is given, in working days after receipt.
DAYS_TO_ADVICE = (1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 26)

_OPEN_STATUSES = (
    *(ReferralStatus.LOGGED,) * 15, *(ReferralStatus.IN_HAND,) * 50, *(ReferralStatus.ADVISED,) * 35,
)  # fmt: skip
CLOSINGS = (
    *(Closing.ADVISED,) * 90, *(Closing.NO_ADVICE_NEEDED,) * 6, *(Closing.WITHDRAWN,) * 3,
    Closing.LOGGED_IN_ERROR,
)  # fmt: skip
OUTCOMES = (
    *(ForceOutcome.PARTLY_DISCLOSED,) * 36, *(ForceOutcome.REFUSED,) * 20, *(ForceOutcome.DISCLOSED,) * 18,
    *(ForceOutcome.NEITHER,) * 12, *(ForceOutcome.NOT_HELD,) * 6, *(ForceOutcome.UNKNOWN,) * 5,
    *(ForceOutcome.WITHDRAWN,) * 3,
)  # fmt: skip
UPTAKES = (*(Uptake.ADOPTED,) * 82, *(Uptake.IN_PART,) * 12, *(Uptake.DEPARTED,) * 6)


@dataclass(frozen=True, slots=True)
class SyntheticForce:
    """One force on a log. `uptake` is what it did with the advice it was told; None where it has not said."""

    force: int
    role: ForceRole
    trigger: Trigger | None
    form_on: date | None
    contact_on: date | None
    received_on: date | None
    due_on: date | None
    wording: str
    outcome: ForceOutcome | None
    uptake: Uptake | None


@dataclass(frozen=True, slots=True)
class SyntheticLog:
    """One log. `advised_on` is the day of the first advice, `ended_on` the day it was closed."""

    key: int
    year: int
    number: int
    received_on: date
    scope: Scope
    subject: Subject
    title: str
    words: str
    forces: list[SyntheticForce]
    status: ReferralStatus
    advised_on: date | None
    ended_on: date | None
    closing: Closing | None
    grouped_under: int | None
    lot: int

    @property
    def log_number(self) -> str:
        return f"{self.number}/{self.year % 100:02}"

    def chosen(self, choices: Sequence[_Choice], question: int) -> _Choice:
        """Return one of `choices`, always the same for this log and `question`."""
        return choices[(self.lot >> 3 * question) % len(choices)]

    @property
    def is_mandatory(self) -> bool:
        return any(force.trigger == Trigger.MANDATORY for force in self.forces)


@dataclass(slots=True)
class _RoundRobin:
    """A wording that is still coming in from further forces."""

    key: int
    subject: Subject
    words: str
    until: date
    left: int


@dataclass(frozen=True, slots=True)
class Course:
    """How far a log has come."""

    status: ReferralStatus
    advised_on: date | None = None
    ended_on: date | None = None
    closing: Closing | None = None


@dataclass
class Population:
    """Makes `logs` logs in order of receipt, `still_open` of them open on `today`. `forces` are the keys of
    the forces with a limit under FOIA, those that refer most first."""

    logs: int
    still_open: int
    seed: int
    today: date
    calendar: WorkingDayCalendar
    forces: Sequence[int]
    _last_numbers: Counter[int] = field(default_factory=Counter)
    _coming_in: list[_RoundRobin] = field(default_factory=list)

    def __iter__(self) -> Iterator[SyntheticLog]:
        """Raises CalendarNotCovered when `today` is too near the end of the calendar."""
        rng = Random(self.seed)  # noqa: S311 (numbers to repeat, not to keep secret)
        arrivals = merge(self._closed_arrivals(), self._open_arrivals())
        for key, (received_on, is_open) in enumerate(arrivals, start=1):
            yield self._log(rng, key, received_on, is_open)

    def _closed_arrivals(self) -> Iterator[tuple[date, bool]]:
        """More in every year than in the one before."""
        count, days = self.logs - self.still_open, (self.today - FIRST_DAY).days - 3
        return ((FIRST_DAY + timedelta(days=int(days * (n / count) ** 0.7)), False) for n in range(count))

    def _open_arrivals(self) -> Iterator[tuple[date, bool]]:
        days = (OPEN_DAYS * (1 - (n / self.still_open) ** 0.5) for n in range(self.still_open))
        return ((self.today - timedelta(days=int(back)), True) for back in days)

    def _log(self, rng: Random, key: int, received_on: date, is_open: bool) -> SyntheticLog:
        self._last_numbers[received_on.year] += 1
        robin = self._round_robin(rng, received_on)
        subject = robin.subject if robin else wording.subject_of(rng)
        words = wording.nearly_the_same(rng, robin.words) if robin else wording.wording(rng, subject)
        grouped_under = robin.key if robin and not is_open and rng.random() < 0.8 else None
        scope = self._scope(rng, grouped_under)
        course = (
            self._open_course(rng, received_on)
            if is_open
            else closed_course(rng, received_on, self.today, self.calendar)
        )
        if robin is None and rng.random() < ROUND_ROBIN:
            scope = Scope.NATIONAL
            until = received_on + timedelta(days=12)
            self._coming_in.append(_RoundRobin(key, subject, words, until, rng.randrange(4, 14)))
        return SyntheticLog(
            key=key,
            year=received_on.year,
            number=self._last_numbers[received_on.year],
            received_on=received_on,
            scope=scope,
            subject=subject,
            title=wording.subject_line(rng, subject),
            words=words,
            forces=self._forces(rng, scope, received_on, words, subject, course),
            status=course.status,
            advised_on=course.advised_on,
            ended_on=course.ended_on,
            closing=course.closing,
            grouped_under=grouped_under,
            lot=rng.randrange(1 << 30),
        )

    def _round_robin(self, rng: Random, received_on: date) -> _RoundRobin | None:
        """One of the wordings coming in from force after force, if this log is another of them."""
        self._coming_in = [one for one in self._coming_in if one.left and one.until >= received_on]
        if not self._coming_in or rng.random() > 0.1:
            return None
        chosen = rng.choice(self._coming_in)
        chosen.left -= 1
        return chosen

    def _scope(self, rng: Random, grouped_under: int | None) -> Scope:
        if grouped_under is not None:
            return Scope.NATIONAL
        drawn = rng.random()
        if drawn < NATIONAL:
            return Scope.NATIONAL
        return Scope.SEVERAL if drawn < NATIONAL + SEVERAL else Scope.SINGLE

    def _open_course(self, rng: Random, received_on: date) -> Course:
        status = rng.choice(_OPEN_STATUSES)
        if status in AWAITING_ADVICE:
            return Course(status)
        days = rng.choice(DAYS_TO_ADVICE)
        return Course(status, min(self.today, self.calendar.add_working_days(received_on, days)))

    def _forces(
        self, rng: Random, scope: Scope, received_on: date, words: str, subject: Subject, course: Course
    ) -> list[SyntheticForce]:
        count = {
            Scope.SINGLE: 1,
            Scope.SEVERAL: rng.choice((2, 2, 2, 3)),
            Scope.NATIONAL: rng.choice((1, 2, 2, 3, 3, 4, 5, 8)),
        }[scope]
        chosen: dict[int, None] = {}
        while len(chosen) < min(count, len(self.forces)):
            chosen[skewed(rng, self.forces)] = None
        mandatory = bool(subject.criterion) and rng.random() < 0.75
        made = [
            self._force(rng, force, place, received_on, words, mandatory, scope, course)
            for place, force in enumerate(chosen)
        ]
        if rng.random() < (0.3 if scope == Scope.NATIONAL else 0.03):
            asked = skewed(rng, self.forces)
            if asked not in chosen:
                made.append(consulted(asked))
        return made

    def _force(
        self,
        rng: Random,
        force: int,
        place: int,
        received_on: date,
        words: str,
        mandatory: bool,
        scope: Scope,
        course: Course,
    ) -> SyntheticForce:
        """The force at `place` on its log: the first one sent the form that the log was opened with."""
        contact_on, role = received_on, ForceRole.REFERRED_BY
        trigger = Trigger.MANDATORY if mandatory else Trigger.ADVICE
        if place:
            contact_on = min(self.today, received_on + timedelta(days=rng.randrange(0, 12)))
            role = rng.choice((ForceRole.REFERRED_BY, ForceRole.LOGGED_WITH))
            if role == ForceRole.LOGGED_WITH and scope == Scope.NATIONAL:
                trigger = Trigger.CORRESPONDENCE
        asked_on = contact_on - timedelta(days=rng.randrange(0, 9)) if rng.random() < 0.9 else None
        outcome, uptake = ending(rng, course.advised_on is not None)
        return SyntheticForce(
            force=force,
            role=role,
            trigger=trigger,
            form_on=contact_on if role == ForceRole.REFERRED_BY else None,
            contact_on=contact_on,
            received_on=asked_on,
            due_on=self.calendar.add_working_days(asked_on, RESPONSE_WORKING_DAYS) if asked_on else None,
            wording=wording.nearly_the_same(rng, words) if place and rng.random() < 0.4 else "",
            outcome=outcome if course.ended_on else None,
            uptake=uptake if course.ended_on or rng.random() < 0.3 else None,
        )


def closed_course(rng: Random, received_on: date, today: date, calendar: WorkingDayCalendar) -> Course:
    """Return how a log ended that is closed by `today`."""
    closing = rng.choice(CLOSINGS)
    worked = min(today, calendar.add_working_days(received_on, rng.choice(DAYS_TO_ADVICE)))
    if closing != Closing.ADVISED:
        return Course(ReferralStatus.CLOSED, None, worked, closing)
    ended_on = min(today, calendar.add_working_days(worked, rng.randrange(1, 20)))
    return Course(ReferralStatus.CLOSED, worked, ended_on, closing)


def ending(rng: Random, advised: bool) -> tuple[ForceOutcome | None, Uptake | None]:
    """Return how a force answered, and what it did with advice where there was any.

    Both are known of most forces. One that departed from advice not to disclose has disclosed.
    """
    uptake = rng.choice(UPTAKES) if advised and rng.random() < 0.8 else None
    outcome = rng.choice(OUTCOMES) if rng.random() < 0.9 else None
    return (ForceOutcome.DISCLOSED if outcome and uptake == Uptake.DEPARTED else outcome), uptake


def consulted(force: int) -> SyntheticForce:
    """Return a force that was only consulted."""
    return SyntheticForce(force, ForceRole.CONSULTED, None, None, None, None, None, "", None, None)
