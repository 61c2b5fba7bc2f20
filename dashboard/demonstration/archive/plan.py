"""The logs of the demonstration that were closed long ago, as plain values: about 2,000 since 2015.

Numbers give the days: a log's number says how far its year had come. The numbers that published letters name are
among them, with the forces those letters give; everything else is invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dashboard.demonstration.archive.logs import (
    Course,
    SyntheticForce,
    SyntheticLog,
    closed_course,
    consulted,
    ending,
)
from dashboard.demonstration.data import lancashire
from dashboard.demonstration.data.days import next_day
from dashboard.demonstration.data.lancashire import Part
from dashboard.demonstration.data.log_wording import CLOSINGS, OPENINGS, in_another_year, nearly_the_same
from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.data.subjects import SUBJECTS
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from referrals.rules.workflow import Closing
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS

FIRST_YEAR = 2015
#: How many logs of a year are there, and the last number the year came to.
_COUNTS = {2015: 115, 2016: 125, 2017: 130, 2018: 135, 2019: 135, 2020: 115, 2021: 150, 2022: 300, 2023: 280}
_LAST_NUMBERS = {
    2015: 1750,
    2016: 2160,
    2017: 1950,
    2018: 1700,
    2019: 1760,
    2020: 1620,
    2021: 1800,
    2022: 1900,
}
_USUAL_COUNT, _USUAL_LAST = 180, 1780

#: Forces that refer more than others, and how much more.
_WEIGHTS = {
    "Metropolitan Police Service": 6,
    "West Midlands Police": 4,
    "Greater Manchester Police": 4,
    "West Yorkshire Police": 3,
    "Thames Valley Police": 3,
    "British Transport Police": 2,
    "Kent Police": 2,
    "Merseyside Police": 2,
    "Sussex Police": 2,
}


@dataclass(frozen=True)
class NamedLog:
    """A log that a published letter names, with the forces it gives and what it was to them."""

    number: int
    year: int
    forces: tuple[str, ...]
    scope: Scope
    role: ForceRole
    trigger: Trigger
    subject: str


NAMED: tuple[NamedLog, ...] = tuple(
    NamedLog(number, year, forces, scope, role, trigger, subject)
    for number, year, forces, scope, role, trigger, subject in (
        (1015, 2015, ("Kent Police", "Sussex Police"), Scope.SEVERAL, ForceRole.REFERRED_BY, Trigger.ADVICE,
         "Policing of protests at energy sites"),
        (1371, 2015, ("Staffordshire Police",), Scope.SINGLE, ForceRole.LOGGED_WITH, Trigger.ADVICE,
         "Officers dismissed for gross misconduct"),
        (740, 2016, ("Greater Manchester Police",), Scope.SINGLE, ForceRole.LOGGED_WITH, Trigger.MANDATORY,
         "Requests for reviews and complaints to the Commissioner"),
        (2017, 2016, ("West Midlands Police",), Scope.SINGLE, ForceRole.REFERRED_BY, Trigger.MANDATORY,
         "Undercover officers online"),
        (1800, 2017, ("Durham Constabulary",), Scope.SINGLE, ForceRole.REFERRED_BY, Trigger.ADVICE,
         "Extraction of data from mobile telephones"),
        (636, 2018, ("South Wales Police",), Scope.SINGLE, ForceRole.LOGGED_WITH, Trigger.MANDATORY,
         "Live facial recognition deployments"),
        (681, 2018, ("Staffordshire Police",), Scope.SINGLE, ForceRole.REFERRED_BY, Trigger.MANDATORY,
         "Mobile telephone surveillance equipment"),
        (698, 2020, ("Northamptonshire Police",), Scope.SINGLE, ForceRole.REFERRED_BY, Trigger.ADVICE,
         "Use of drones by the force"),
        (969, 2021, (lancashire.FORCE, "Leicestershire Police"), Scope.SEVERAL, ForceRole.REFERRED_BY,
         Trigger.ADVICE, "Vetting refusals and appeals"),
        (1355, 2022, ("Essex Police", "Humberside Police", "Gwent Police"), Scope.NATIONAL, ForceRole.REFERRED_BY,
         Trigger.MANDATORY, "Cyber attacks on the force"),
        (1782, 2022, ("Metropolitan Police Service",), Scope.SINGLE, ForceRole.REFERRED_BY, Trigger.MANDATORY,
         "Protection of public figures"),
        (43, 2023, (lancashire.FORCE,), Scope.SINGLE, ForceRole.LOGGED_WITH, Trigger.MANDATORY,
         "Conducted energy devices carried by officers"),
        (1480, 2023, ("West Midlands Police",), Scope.SINGLE, ForceRole.REFERRED_BY, Trigger.MANDATORY,
         "Number plate recognition camera sites"),
    )
)  # fmt: skip

_BY_NAME = {subject.name: subject for subject in SUBJECTS}


@dataclass(frozen=True, slots=True)
class _Slot:
    """A log still to be filled: its number and the day it came."""

    number: int
    year: int
    received_on: date


@dataclass(frozen=True, slots=True)
class _Turn:
    """One force that turned to the unit, and how many days after the log's first."""

    name: str
    role: ForceRole
    trigger: Trigger
    days_later: int = 0


@dataclass
class ArchivePlan:
    """Plans the logs up to `until`. `forces` are keys of the forces by name; the same forces give the same plan."""

    forces: dict[str, int]
    until: date
    calendar: WorkingDayCalendar

    def logs(self) -> list[SyntheticLog]:
        """Return the logs, numbered in the order they came."""
        rng = Random(2253)  # noqa: S311 (numbers to repeat, not to keep secret)
        slots = list(_slots(rng, self.until, self.calendar))
        parts = _lancashire_parts(rng, slots)
        named = {(log.number, log.year): log for log in NAMED}
        made = []
        for key, slot in enumerate(slots, start=1):
            log = named.get((slot.number, slot.year))
            if log:
                turns = [
                    _Turn(name, log.role, log.trigger, 3 * place) for place, name in enumerate(log.forces)
                ]
                made.append(self._log(rng, key, slot, log.scope, turns, subject=_BY_NAME[log.subject]))
            elif slot in parts:
                made.append(self._lancashire(rng, key, slot, parts[slot]))
            else:
                made.append(self._any(rng, key, slot))
        return made

    def _any(self, rng: Random, key: int, slot: _Slot) -> SyntheticLog:
        drawn = rng.random()
        if drawn < 0.14:
            count = rng.choice((1, 2, 2, 3, 3, 4, 6))
            turns = self._national(rng, count, is_mandatory=rng.random() < 0.5)
            return self._log(rng, key, slot, Scope.NATIONAL, turns)
        trigger = Trigger.MANDATORY if rng.random() < 0.45 else Trigger.ADVICE
        others = self._others(rng, 2 if drawn < 0.19 else 1)
        turns = [_Turn(name, ForceRole.REFERRED_BY, trigger, 2 * place) for place, name in enumerate(others)]
        return self._log(rng, key, slot, Scope.SEVERAL if len(turns) > 1 else Scope.SINGLE, turns)

    def _lancashire(self, rng: Random, key: int, slot: _Slot, part: Part) -> SyntheticLog:
        """A log on which Lancashire Constabulary has a part."""
        mandatory = part in (Part.ALONE_MANDATORY, Part.NATIONAL_MANDATORY, Part.SEVERAL_MANDATORY)
        trigger = Trigger.MANDATORY if mandatory else Trigger.ADVICE
        own = _Turn(lancashire.FORCE, ForceRole.REFERRED_BY, trigger)
        if part in (Part.ALONE, Part.ALONE_MANDATORY, Part.IN_ERROR):
            return self._log(rng, key, slot, Scope.SINGLE, [own], in_error=part == Part.IN_ERROR)
        if part in (Part.SEVERAL_MANDATORY, Part.SEVERAL_ADVICE):
            other = _Turn(self._others(rng, 1)[0], ForceRole.REFERRED_BY, trigger, 2)
            return self._log(rng, key, slot, Scope.SEVERAL, [own, other])
        if part in (Part.CONSULTED, Part.NATIONAL_SILENT):
            scope = Scope.SINGLE if part == Part.CONSULTED else Scope.NATIONAL
            turns = self._national(rng, 1 if part == Part.CONSULTED else 3, is_mandatory=False)
            return self._log(rng, key, slot, scope, turns, asks=lancashire.FORCE)
        turns = self._national(rng, rng.choice((1, 2, 3)), is_mandatory=mandatory)
        later = 14 if part == Part.NATIONAL_FROM_BEFORE else rng.randrange(0, 6)
        if not mandatory and rng.random() < 0.5:
            own = _Turn(lancashire.FORCE, ForceRole.LOGGED_WITH, Trigger.CORRESPONDENCE, later)
        else:
            own = _Turn(lancashire.FORCE, ForceRole.REFERRED_BY, trigger, later)
        return self._log(rng, key, slot, Scope.NATIONAL, [*turns, own])

    def _national(self, rng: Random, count: int, *, is_mandatory: bool) -> list[_Turn]:
        """Forces on a national log: the first ones referred it, later ones wrote about it."""
        trigger = Trigger.MANDATORY if is_mandatory else Trigger.ADVICE
        return [
            _Turn(name, ForceRole.LOGGED_WITH, Trigger.CORRESPONDENCE, rng.randrange(1, 9))
            if place > 1
            else _Turn(name, ForceRole.REFERRED_BY, trigger, place)
            for place, name in enumerate(self._others(rng, count))
        ]

    def _others(self, rng: Random, count: int) -> list[str]:
        """Forces other than Lancashire Constabulary, whose logs are planned one by one."""
        names = [name for name in self.forces if name != lancashire.FORCE]
        weights = [_WEIGHTS.get(name, 1) for name in names]
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            chosen[rng.choices(names, weights)[0]] = None
        return list(chosen)

    def _log(
        self,
        rng: Random,
        key: int,
        slot: _Slot,
        scope: Scope,
        turns: Sequence[_Turn],
        *,
        subject: Subject | None = None,
        asks: str = "",
        in_error: bool = False,
    ) -> SyntheticLog:
        mandatory = any(turn.trigger == Trigger.MANDATORY for turn in turns)
        is_named, subject = bool(subject), subject or _subject(rng, slot.year, mandatory)
        words = _wording(rng, subject, slot.year)
        course = self._course(rng, slot, is_named=is_named, in_error=in_error)
        forces = [self._force(rng, turn, slot, words, course) for turn in turns]
        if asks:
            forces.append(consulted(self.forces[asks]))
        return SyntheticLog(
            key=key,
            year=slot.year,
            number=slot.number,
            received_on=slot.received_on,
            scope=scope,
            subject=subject,
            title=subject.name,
            words=words,
            forces=forces,
            status=course.status,
            advised_on=course.advised_on,
            ended_on=course.ended_on,
            closing=course.closing,
            grouped_under=None,
            lot=rng.randrange(1 << 30),
        )

    def _course(self, rng: Random, slot: _Slot, *, is_named: bool, in_error: bool) -> Course:
        """How a log ended. Those that letters name were advised on, and only one planned so was logged in error."""
        course = closed_course(rng, slot.received_on, self.until, self.calendar)
        while is_named and course.advised_on is None:
            course = closed_course(rng, slot.received_on, self.until, self.calendar)
        if in_error:
            return Course(course.status, None, course.ended_on, Closing.LOGGED_IN_ERROR)
        if course.closing == Closing.LOGGED_IN_ERROR:
            return Course(course.status, None, course.ended_on, Closing.NO_ADVICE_NEEDED)
        return course

    def _force(self, rng: Random, turn: _Turn, slot: _Slot, words: str, course: Course) -> SyntheticForce:
        contact_on = min(next_day(slot.received_on, turn.days_later), self.until)
        asked_on = contact_on - timedelta(days=rng.randrange(0, 8)) if rng.random() < 0.9 else None
        outcome, uptake = ending(rng, course.advised_on is not None)
        due_on = self.calendar.add_working_days(asked_on, RESPONSE_WORKING_DAYS) if asked_on else None
        return SyntheticForce(
            force=self.forces[turn.name],
            role=turn.role,
            trigger=turn.trigger,
            form_on=contact_on if turn.role == ForceRole.REFERRED_BY else None,
            contact_on=contact_on,
            received_on=asked_on,
            due_on=due_on,
            wording=nearly_the_same(rng, words) if turn.days_later and rng.random() < 0.4 else "",
            outcome=outcome,
            uptake=uptake,
        )


def _slots(rng: Random, until: date, calendar: WorkingDayCalendar) -> Iterator[_Slot]:
    """Numbers, some of every year, and the days they came on."""
    for year in range(FIRST_YEAR, until.year + 1):
        last, count = _LAST_NUMBERS.get(year, _USUAL_LAST), _COUNTS.get(year, _USUAL_COUNT)
        named = {log.number for log in NAMED if log.year == year}
        drawn = rng.sample([n for n in range(1, last + 1) if n not in named], count - len(named))
        for number in sorted({*drawn, *named}):
            received_on = calendar.add_working_days(
                date(year, 1, 1) + timedelta(days=number * 355 // last), 1
            )
            if received_on <= until:
                yield _Slot(number, year, received_on)


def _lancashire_parts(rng: Random, slots: Sequence[_Slot]) -> dict[_Slot, Part]:
    """Which logs Lancashire Constabulary has a part in, far enough from the ends of the years."""
    named = {(log.number, log.year) for log in NAMED}
    free = [slot for slot in slots if (slot.number, slot.year) not in named]
    parts: dict[_Slot, Part] = {}
    for year, wanted in lancashire.YEARS.items():
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        within = [slot for slot in free if first <= slot.received_on <= last - timedelta(days=20)]
        before = [slot for slot in free if first - timedelta(days=13) <= slot.received_on < first]
        rng.shuffle(within)
        for part, count in wanted.items():
            of_those = before if part == Part.NATIONAL_FROM_BEFORE else within
            for _ in range(min(count, len(of_those))):
                parts[of_those.pop()] = part
    return parts


def _subject(rng: Random, year: int, mandatory: bool) -> Subject:
    return rng.choice(
        [one for one in SUBJECTS if one.asked_since <= year and (bool(one.criterion) or not mandatory)]
    )


def _wording(rng: Random, subject: Subject, year: int) -> str:
    """The questions of a subject, or all but one of them, about years before the log's."""
    questions = list(subject.questions)
    if len(questions) > 2 and rng.random() < 0.5:
        questions.pop(rng.randrange(len(questions)))
    asked = [in_another_year(rng, one, year - 7, year - 1) for one in questions]
    listed = "\n".join(f"{number}. {one}" for number, one in enumerate(asked, start=1))
    return "\n\n".join(part for part in (rng.choice(OPENINGS), listed, rng.choice(CLOSINGS)) if part)
