"""A population of logs as plain values: when each came, from which forces, how far it has come, how it ended.

The same forces give the same population. Dates are counted by the rules of the tracker.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import merge
from random import Random

from benchmarks.populations.wanted import Wanted
from benchmarks.populations.wording import log_subject, log_words, skewed
from dashboard.demonstration.archive.logs import (
    DAYS_TO_ADVICE,
    Course,
    SyntheticForce,
    SyntheticLog,
    closed_course,
    consulted,
    ending,
)
from dashboard.demonstration.data.log_wording import nearly_the_same
from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.data.subjects import SUBJECTS
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS

#: The right of access began on 1 January 2005; the first forms came when forces had had a request for some days.
FIRST_DAY = date(2005, 1, 17)
#: Open logs came within this many days, most of them lately; a few low-priority ones are much older.
OPEN_DAYS = 60
#: The share of national logs, and of those of several forces.
NATIONAL, SEVERAL = 0.12, 0.04
#: The share of logs with which the same wording begins to come from one force after another.
ROUND_ROBIN = 0.004

_OPEN_STATUSES = (
    *(ReferralStatus.LOGGED,) * 15, *(ReferralStatus.IN_HAND,) * 50, *(ReferralStatus.ADVISED,) * 35,
)  # fmt: skip


@dataclass(slots=True)
class _RoundRobin:
    """A wording that is still coming in from further forces."""

    key: int
    subject: Subject
    words: str
    until: date
    left: int


@dataclass
class Logs:
    """Makes the logs wanted, in order of receipt. `forces` are the keys of the forces with a limit under FOIA, those
    that refer most first."""

    wanted: Wanted
    calendar: WorkingDayCalendar
    forces: Sequence[int]
    _last_numbers: Counter[int] = field(default_factory=Counter)
    _coming_in: list[_RoundRobin] = field(default_factory=list)

    def __iter__(self) -> Iterator[SyntheticLog]:
        """Raise CalendarNotCovered when the day is too near the end of the calendar."""
        rng = Random(self.wanted.seed)
        arrivals = merge(self._closed_arrivals(), self._open_arrivals())
        for key, (received_on, is_open) in enumerate(arrivals, start=1):
            yield self._log(rng, key, received_on, is_open)

    def _closed_arrivals(self) -> Iterator[tuple[date, bool]]:
        """More in every year than in the one before."""
        count, days = self.wanted.cases - self.wanted.still_open, (self.wanted.today - FIRST_DAY).days - 3
        return ((FIRST_DAY + timedelta(days=int(days * (n / count) ** 0.7)), False) for n in range(count))

    def _open_arrivals(self) -> Iterator[tuple[date, bool]]:
        count = self.wanted.still_open
        days = (OPEN_DAYS * (1 - (n / count) ** 0.5) for n in range(count))
        return ((self.wanted.today - timedelta(days=int(back)), True) for back in days)

    def _log(self, rng: Random, key: int, received_on: date, is_open: bool) -> SyntheticLog:
        self._last_numbers[received_on.year] += 1
        robin = self._round_robin(rng, received_on)
        subject = robin.subject if robin else skewed(rng, SUBJECTS)
        words = nearly_the_same(rng, robin.words) if robin else log_words(rng, subject)
        grouped_under = robin.key if robin and not is_open and rng.random() < 0.8 else None
        scope = self._scope(rng, grouped_under)
        course = (
            self._open_course(rng, received_on)
            if is_open
            else closed_course(rng, received_on, self.wanted.today, self.calendar)
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
            title=log_subject(rng, subject),
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
        return Course(status, min(self.wanted.today, self.calendar.add_working_days(received_on, days)))

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
            contact_on = min(self.wanted.today, received_on + timedelta(days=rng.randrange(0, 12)))
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
            wording=nearly_the_same(rng, words) if place and rng.random() < 0.4 else "",
            outcome=outcome if course.ended_on else None,
            uptake=uptake if course.ended_on or rng.random() < 0.3 else None,
        )
