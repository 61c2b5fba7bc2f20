"""A plan of days drawn at random from a seed: what happens to every case and person, and when it is looked at."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from requests_app.rules.clock.course import ClockPolicy
from tests.requests_app.reminders.dates import Book, Dates
from tests.requests_app.reminders.expected import Team
from tests.requests_app.reminders.facts import Away, CaseFacts, Facts, Happening, What, days_from

MORNING, AFTERNOON = time(7, 0), time(16, 30)


@dataclass(frozen=True)
class Size:
    """How much is planned. `leaves_on` is when an officer leaves.

    `holidays` are told of on a day, for another; `cancelled` says on which day one of them is taken back.
    """

    seed: int
    cases: int
    first: date
    last: date
    leaves_on: date
    holidays: Mapping[date, date]
    cancelled: Mapping[date, date] = field(default_factory=dict)
    lapse_months: int = 3
    team: Team = field(
        default_factory=lambda: Team(
            officers=tuple(f"officer {number}" for number in range(1, 7)),
            decision_makers=("decider 1", "decider 2"),
            managers=("manager 1", "manager 2"),
        )
    )

    @property
    def policy(self) -> ClockPolicy:
        return ClockPolicy(clarification_lapse_months=self.lapse_months)


@dataclass(frozen=True)
class Plan:
    """What happens on each day, in order, and at which times reminders are looked at."""

    size: Size
    happenings: Mapping[date, Sequence[Happening]]
    looks: Mapping[date, Sequence[time]]

    @property
    def days(self) -> list[date]:
        return days_from(self.size.first, self.size.last)


@dataclass(frozen=True)
class Manner:
    """How a case goes: how likely something happens on a day, whether the applicant ever writes again."""

    pace: float
    is_silent: bool


def plan_of(size: Size) -> Plan:
    """Draw the plan. The same size gives the same plan."""
    planner = _Planner(size)
    happenings = {day: list(planner.day(day)) for day in days_from(size.first, size.last)}
    return Plan(size, happenings, planner.looks())


class _Planner:
    """Draws a day at a time, from what is so by then."""

    def __init__(self, size: Size) -> None:
        self.size, self.random = size, Random(size.seed)
        self.facts, self.book = Facts(), Book(size.policy)
        self.manners: dict[int, Manner] = {}
        self.logged: dict[date, list[Happening]] = defaultdict(list)
        for number in range(size.cases):
            one = self._receipt(number)
            self.logged[one.day].append(one)

    def looks(self) -> dict[date, Sequence[time]]:
        """Mostly every morning; now and then in the afternoon as well or alone, and some days in a row not at all."""
        drawn: dict[date, Sequence[time]] = {}
        missed = 0
        for day in days_from(self.size.first, self.size.last):
            chance = self.random.random()
            missed = missed - 1 if missed else (self.random.randint(2, 5) if chance < 0.02 else 0)
            times = [MORNING] if chance < 0.8 else [AFTERNOON] if chance < 0.85 else [MORNING, AFTERNOON]
            drawn[day] = () if missed else times
        return drawn

    def day(self, day: date) -> Iterator[Happening]:
        """Yield what happens on a day; each is so before the next is drawn."""
        for drawn in (self._team(day), self.logged[day], self._cases(day)):
            for one in drawn:
                self.facts.happens(one)
                yield one

    def _receipt(self, number: int) -> Happening:
        """A receipt, logged on its day or somewhat later. Some have an officer from the beginning."""
        size, draw = self.size, self.random
        received = draw.choice(days_from(size.first - timedelta(days=20), size.last - timedelta(days=15)))
        later = draw.choice((0, 0, 0, 0, 1, 2, 3, 13))
        logged = min(max(received + timedelta(days=later), size.first), size.last)
        officer = draw.choice(size.team.officers) if draw.random() < 0.4 else ""
        if officer == size.team.officers[-1] and logged >= size.leaves_on:
            officer = ""
        self.manners[number] = Manner(draw.choice((0.05, 0.12, 0.25, 0.4)), draw.random() < 0.4)
        is_foia = draw.random() < 0.9
        return Happening(logged, What.LOGGED, number, to=officer, on=received, restarts=is_foia)

    def _team(self, day: date) -> Iterator[Happening]:
        size = self.size
        if day == size.leaves_on:
            yield Happening(day, What.LEFT, who=size.team.officers[-1])
        if day in size.holidays:
            yield Happening(day, What.PROCLAIMED, on=size.holidays[day])
        if day in size.cancelled:
            yield Happening(day, What.CANCELLED, on=size.cancelled[day])
        for who in (*size.team.officers, *size.team.decision_makers):
            if self.random.random() < 0.02 and (one := self._absence(who, day)):
                yield one
        for away in list(self.facts.absences):
            if away.first <= day < away.last and self.random.random() < 0.03:
                yield Happening(day, What.BACK, who=away.who, on=away.first)

    def _absence(self, who: str, day: date) -> Happening | None:
        """Somebody is away, from today or later, with cover or without. Who leaves is away no more from then on."""
        team, draw = self.size.team, self.random
        first = day + timedelta(days=draw.choice((0, 0, 1, 5)))
        last = first + timedelta(days=draw.choice((0, 1, 4, 9, 14)))
        if who in self.facts.left or (who == team.officers[-1] and last >= self.size.leaves_on):
            return None
        if self._is_away(who, first, last):
            return None
        covers = [
            name
            for name in team.officers
            if name != who and name not in self.facts.left and not self._is_away(name, first, last)
        ]
        cover = draw.choice(covers) if covers and draw.random() < 0.5 else ""
        return Happening(day, What.AWAY, who=who, to=cover, on=first, until=last)

    def _is_away(self, who: str, first: date, last: date) -> bool:
        return any(one.who == who and one.touches(first, last) for one in self.facts.absences)

    def _cases(self, day: date) -> Iterator[Happening]:
        days = self.book.working_days(self.facts.proclaimed)
        is_worked = days.calendar.is_working_day(day)
        for case in list(self.facts.cases.values()):
            pace = self.manners[case.number].pace * (1 if is_worked else 0.05)
            if not case.is_closed and self.random.random() < pace:
                possible = list(self._possible(case, day))
                if possible:
                    weights = [weight for weight, _ in possible]
                    yield self.random.choices([one for _, one in possible], weights)[0]

    def _possible(self, case: CaseFacts, day: date) -> Iterator[tuple[float, Happening]]:
        """Yield what can happen to a case on a day, with how likely it is among the others."""
        dates = self.book.dates(case, self.facts.proclaimed)
        who = self._who_works_on(case, day)
        needs_officer = not case.officer or case.officer in self.facts.left
        yield (8 if needs_officer else 0.3), self._assignment(case, day)
        if not case.has_letter_out:
            yield 4, Happening(day, What.ACKNOWLEDGED, case.number)
        if not who:
            return
        for weight, what in self._steps(case, dates, day):
            yield weight, Happening(day, what, case.number, who, restarts=self.random.random() < 0.6)
        if self._can_extend(case, dates, day):
            assert dates.started
            pauses = [(notified, paid) for notified, paid in case.fees if paid]
            days = self.book.working_days(self.facts.proclaimed)
            estimate = days.nth(dates.started, self.random.randint(22, 40), pauses)
            yield 2, Happening(day, What.EXTENDED, case.number, who, on=estimate)

    def _steps(self, case: CaseFacts, dates: Dates, day: date) -> Iterator[tuple[float, What]]:
        """Yield what whoever works on a case can do next."""
        has_lapsed = dates.lapses is not None and day > dates.lapses
        is_silent = self.manners[case.number].is_silent
        if case.stage in (None, What.DRAFTED, What.RETURNED):
            yield 0.2, What.WITHDRAWN
        if case.asked_on:
            yield from [(3, What.LAPSED)] if has_lapsed else []
            yield from [] if is_silent else [(6, What.ANSWERED)]
        elif case.fee_asked_on:
            yield from [(3, What.LAPSED)] if has_lapsed else []
            yield from [] if is_silent or has_lapsed else [(2, What.FEE_PAID)]
        else:
            yield from self._work(case, dates, day)

    def _work(self, case: CaseFacts, dates: Dates, day: date) -> Iterator[tuple[float, What]]:
        if case.stage in (None, What.DRAFTED, What.RETURNED) and len(case.questions) < 2:
            yield 1.5, What.ASKED
        if case.stage in (None, What.DRAFTED, What.RETURNED):
            yield from [] if case.has_search else [(3, What.SEARCHED)]
        if case.stage is None:
            yield 2, What.DRAFTED
            if case.regime == "FOIA" and not case.fees and dates.notice and day <= dates.notice:
                yield 1.2, What.FEE_ASKED
        if case.stage in (What.DRAFTED, What.RETURNED):
            yield 3, What.SUBMITTED
        if case.stage is What.SUBMITTED:
            yield 2, What.APPROVED
        if case.stage in (What.SUBMITTED, What.APPROVED):
            yield 0.7, What.RETURNED
        if case.stage is What.APPROVED:
            yield 2, What.ISSUED

    def _can_extend(self, case: CaseFacts, dates: Dates, day: date) -> bool:
        """Not yet extended, and within the twenty working days."""
        waits = case.asked_on or case.fee_asked_on
        running = case.regime == "FOIA" and not waits and dates.due == dates.notice
        return bool(running and dates.started and dates.notice and dates.started < day <= dates.notice)

    def _who_works_on(self, case: CaseFacts, day: date) -> str:
        """The officer, or while they are away whoever covers; empty when nobody is there."""
        if not case.officer or case.officer in self.facts.left:
            return ""
        away: list[Away] = self.facts.away(case.officer, day)
        if not away:
            return case.officer
        cover = away[0].cover
        return cover if cover and cover not in self.facts.left else ""

    def _assignment(self, case: CaseFacts, day: date) -> Happening:
        people = [name for name in self.size.team.officers if name not in self.facts.left]
        to = self.random.choice([*people, "decider 1"])
        return Happening(day, What.ASSIGNED, case.number, to=to)
