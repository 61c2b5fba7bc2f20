"""A request that is over, as it is written in bulk: the plan, its number, and whoever worked on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from dashboard.demonstration.archive.copying import moment
from dashboard.demonstration.data.team.course import clock_events
from dashboard.demonstration.data.team.plan import TeamRequest
from dashboard.demonstration.data.team.schedule import Schedule, schedule
from foitracker.accounts.models import User
from requests_app.operations.clock_events import ClockFact
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME


@dataclass(frozen=True)
class Team:
    """Who acts in what is brought over; the officers by their places."""

    intake: User
    officers: Sequence[User]
    reviewer: User
    manager: User


@dataclass(frozen=True)
class Past:
    """A request that is over."""

    made: TeamRequest
    number: int
    team: Team

    @property
    def reference(self) -> str:
        return f"{self.number:04}/{self.made.received_on.year}"

    @property
    def officer(self) -> User:
        return self.team.officers[self.made.officer]

    @cached_property
    def schedule(self) -> Schedule:
        """The days on which it was worked."""
        return schedule(self.made.course)

    @cached_property
    def facts(self) -> list[ClockFact]:
        """The events of its clock, those after the answer among them, with the reviewer."""
        return [
            replace(fact, reviewer=self.team.reviewer) if fact.kind is REVIEW_OUTCOME else fact
            for fact in (*self.made.course.facts, *self.made.after)
        ]

    @cached_property
    def dates(self) -> ClockDates:
        """The dates that it caches."""
        course = self.made.course
        events = clock_events(course.regime, course.question, self.facts)
        if course.is_answered:
            events.append(ClockEvent(RESPONSE_SENT, course.ended_on))
        return clock_dates(course.received_on, events, course.calendar)

    @property
    def is_supervised(self) -> bool:
        """Whether a manager went through it while it was open: more often where the answer was late."""
        return self.made.course.is_answered and self.made.lot % 20 < (9 if self.made.course.is_late else 1)

    def at(self, day: date, hour: int) -> datetime:
        """Return a time of a day; of two on one request the later hour is the later time."""
        return moment(day, hour, self.made.lot)
