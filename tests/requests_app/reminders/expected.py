"""What has to be sent on each day, from a table of rules of its own and the dates of the clock.

Nothing here knows how the tracker looks for it: the rules are read one case at a time, and working days are counted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.requests_app.reminders.dates import Book, Dates, WorkingDays
from tests.requests_app.reminders.facts import CaseFacts, Facts, What

#: Who is reminded, of which case, the kind, the date it is about, and the step.
Due = tuple[str, int, str, date, int]


@dataclass(frozen=True)
class Team:
    """Who works here, by name. Decision makers may approve, and work on a case when it is given to them."""

    officers: tuple[str, ...]
    decision_makers: tuple[str, ...]
    managers: tuple[str, ...]

    @property
    def everybody(self) -> tuple[str, ...]:
        return (*self.officers, *self.decision_makers, *self.managers)


@dataclass(frozen=True)
class Seen:
    """One case as it is seen on a day."""

    case: CaseFacts
    dates: Dates
    facts: Facts
    days: WorkingDays
    today: date

    @property
    def runs(self) -> bool:
        """The time limit runs: an answer is owed and nobody waits for the applicant."""
        return self.dates.due is not None

    @property
    def is_extended(self) -> bool:
        """Extended under s.10(3): the answer may come later, the notice may not."""
        return bool(
            self.case.regime == "FOIA"
            and self.dates.due
            and self.dates.notice
            and self.dates.notice < self.dates.due
        )

    @property
    def officer_is_here(self) -> bool:
        return bool(self.case.officer) and self.case.officer not in self.facts.left

    def left(self, day: date | None) -> int:
        """Return the working days left to a day."""
        assert day is not None
        return self.days.left(self.today, day)

    def is_past(self, day: date | None) -> bool:
        return day is not None and day < self.today

    def is_within(self, number: int) -> bool:
        """Return whether the answer is due today or in so many working days or fewer."""
        due = self.dates.due
        return due is not None and self.today <= due and self.left(due) <= number


def _not_acknowledged(seen: Seen) -> bool:
    return not seen.case.has_letter_out and seen.is_past(seen.days.nth(seen.case.received_on, 2))


def _is_late(seen: Seen, day: int) -> bool:
    return seen.runs and seen.is_past(seen.dates.stages[day])


def _halfway(seen: Seen) -> date | None:
    asked, lapses = seen.case.asked_on, seen.dates.lapses
    return asked + timedelta(days=(lapses - asked).days // 2) if asked and lapses else None


def _awaits_clarification(seen: Seen) -> bool:
    return seen.case.asked_on is not None and seen.dates.lapses is not None


def _awaits_fee(seen: Seen) -> bool:
    return seen.case.asked_on is None and seen.case.fee_asked_on is not None


def _away_since(seen: Seen) -> date | None:
    away = seen.facts.away(seen.case.officer, seen.today) if seen.case.officer else []
    return min((one.first for one in away), default=None)


def _is_away_without_cover(seen: Seen) -> bool:
    return _away_since(seen) is not None and not seen.facts.has_cover(seen.case.officer, seen.today)


def _has_come_back(seen: Seen, *, fell: bool) -> bool:
    return seen.case.stage is What.RETURNED and seen.case.fell == fell


def _date(name: str) -> Callable[[Seen], date | None]:
    return lambda seen: getattr(seen.dates, name)


def _fact(name: str) -> Callable[[Seen], date | None]:
    return lambda seen: getattr(seen.case, name)


_due, _notice, _started, _lapses = map(_date, ("due", "notice", "started", "lapses"))
_received, _stage_on, _last_done = map(_fact, ("received_on", "stage_on", "last_done"))


@dataclass(frozen=True)
class Rule:
    """A kind of reminder: when it holds, the date it is about, the working days before that date, who gets it.

    It is repeated `every` so many working days after the last. One that is `urgent` does not wait for the next day's
    digest: always, or when its clock was moved.
    """

    kind: str
    holds: Callable[[Seen], bool]
    about: Callable[[Seen], date | None]
    offsets: tuple[int, ...]
    who: str
    every: int = 0
    urgent: str = ""


RULES = (
    Rule("overdue", lambda s: s.is_past(s.dates.due), _due, (-1,), "officer and managers", 5, "moved"),
    Rule("due_soon", lambda s: s.is_within(10), _due, (10, 5, 3, 1, 0), "officer", 0, "moved"),
    Rule("no_draft", lambda s: s.is_within(3) and s.case.stage is None, _due, (3,), "managers"),
    Rule("notice_due", lambda s: s.is_extended and not s.is_past(s.dates.notice), _notice, (3, 1, 0), "officer"),
    Rule("extension_ending", lambda s: s.is_extended and not s.is_past(s.dates.due), _due, (7,), "officer"),
    Rule("not_acknowledged", _not_acknowledged, _received, (-1,), "officer"),
    Rule(
        "search_late",
        lambda s: _is_late(s, 8) and not s.case.has_search and s.case.stage is None,
        _started, (-1,), "officer",
    ),
    Rule("draft_late", lambda s: _is_late(s, 12) and s.case.stage is None, _started, (-1,), "officer"),
    Rule("approval_late", lambda s: _is_late(s, 15) and s.case.stage is not What.APPROVED, _started, (-1,), "officer"),
    Rule("returned", lambda s: _has_come_back(s, fell=False), _stage_on, (0,), "officer"),
    Rule("approval_fell", lambda s: _has_come_back(s, fell=True), _stage_on, (0,), "officer", 0, "always"),
    Rule(
        "approval_waits",
        lambda s: s.case.stage is What.SUBMITTED and s.left(s.case.stage_on) <= -2,
        _stage_on, (-2,), "approvers",
    ),
    Rule(
        "not_issued",
        lambda s: s.case.stage is What.APPROVED and s.is_past(s.case.stage_on),
        _stage_on, (-1,), "officer",
    ),
    Rule("clarification_halfway", _awaits_clarification, _halfway, (0,), "officer"),
    Rule("clarification_lapsing", _awaits_clarification, _lapses, (5, -1), "officer"),
    Rule("fee_unpaid", _awaits_fee, _lapses, (30, 5, -1), "officer"),
    Rule(
        "quiet",
        lambda s: s.runs and s.left(s.case.last_done) <= -10 and s.left(s.case.received_on) <= -10,
        _last_done, (-1,), "officer",
    ),
    Rule("no_officer", lambda s: not s.case.officer, _received, (0,), "managers", 5),
    Rule("officer_gone", lambda s: s.case.officer in s.facts.left, _received, (0,), "managers", 5),
    Rule("officer_away", _is_away_without_cover, _away_since, (0,), "managers", 5),
)  # fmt: skip


def step(rule: Rule, left: int) -> int | None:
    """Return the step reached last when there are so many working days left; None before the first."""
    steps = list(rule.offsets)
    while rule.every and steps[-1] > left:
        steps.append(steps[-1] - rule.every)
    reached = [offset for offset in steps if left <= offset]
    return reached[-1] if reached else None


class Expectation:
    """What the rules demand, day after day; what has been sent by them so far, and who was reminded as cover."""

    def __init__(self, team: Team, book: Book) -> None:
        self._team, self._book = team, book
        self.sent: set[Due] = set()
        self.covers: set[str] = set()
        self._made: set[Due] = set()
        self._dates_told: set[tuple[int, date]] = set()
        self._urgent: set[Due] = set()
        self._digest_of: date | None = None

    def due(self, facts: Facts, today: date) -> set[Due]:
        """Return everything that holds on a day, sent before or not."""
        days = self._book.working_days(facts.proclaimed)
        found: set[Due] = set()
        for case in facts.cases.values():
            if not case.is_closed:
                dates = self._book.dates(case, facts.proclaimed)
                found.update(self._of(Seen(case, dates, facts, days, today)))
        return found

    def looks(self, facts: Facts, today: date) -> set[Due]:
        """Return what goes out when it is looked at on a day: the digest the first time, then what does not wait.

        On a day that is no working day nothing does.
        """
        if not self._book.working_days(facts.proclaimed).calendar.is_working_day(today):
            return set()
        due = self.due(facts, today)
        self._made |= due
        new = due - self.sent
        self._urgent |= {one for one in new if self._is_urgent(one)}
        moving = {rule.kind for rule in RULES if rule.urgent == "moved"}
        self._dates_told |= {(case, about) for _, case, kind, about, _ in due if kind in moving}
        if self._digest_of == today:
            new &= self._urgent
        self._digest_of = today
        self.sent |= new
        return new

    def standing(self, facts: Facts, today: date) -> set[Due]:
        """Return what stands after it was looked at: what holds and came up on a working day."""
        return self.due(facts, today) & self._made

    def _is_urgent(self, one: Due) -> bool:
        """Whether it became so during the day, or its clock has moved to a date nobody was told of."""
        _, case, kind, about, offset = one
        urgent = next(rule.urgent for rule in RULES if rule.kind == kind)
        moved = urgent == "moved" and offset <= 0 and (case, about) not in self._dates_told
        return urgent == "always" or moved

    def _of(self, seen: Seen) -> Iterator[Due]:
        for rule in RULES:
            if rule.holds(seen) and (about := rule.about(seen)):
                reached = step(rule, seen.left(about))
                if reached is not None:
                    for person in self._people(rule.who, seen):
                        yield person, seen.case.number, rule.kind, about, reached

    def _people(self, who: str, seen: Seen) -> set[str]:
        left = seen.facts.left
        managers = set(self._team.managers) - left
        if who == "managers":
            return managers
        if who == "approvers":
            return managers | set(self._team.decision_makers) - left - seen.case.took_part
        officer = {seen.case.officer} if seen.officer_is_here else set()
        covers = {
            one.cover for name in officer for one in seen.facts.away(name, seen.today) if one.cover
        } - left
        self.covers |= covers
        return officer | covers | (managers if "managers" in who else set())
