"""Statistics on advice: what logs are counted by, and how long advice took."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from foitracker.statistics.periods import Period
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.rules.statistics import CountedForce

_TENTH = Decimal("0.1")


class CountedBy(StrEnum):
    """What the logs of a period are counted by."""

    ALL = "all"
    ADVICE = "advice"
    DEADLINE = "deadline"
    UPTAKE = "uptake"
    SCOPE = "scope"
    TRIGGER = "trigger"
    TOPIC = "topic"
    CRITERION = "criterion"
    ADVISER = "adviser"


class AdviceState(StrEnum):
    """Whether a log has had its advice."""

    ADVISED = "advised"
    AWAITED = "awaited"
    CLOSED_WITHOUT = "closed_without"


class AgainstDeadline(StrEnum):
    """When advice came, seen from the first of the forces' deadlines."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_YET = "not_yet"
    CLOSED_WITHOUT = "closed_without"
    NO_DEADLINE = "no_deadline"


class ToldState(StrEnum):
    """What became of advice at a force."""

    ADOPTED = "adopted"
    IN_PART = "in_part"
    DEPARTED = "departed"
    NOT_REPORTED = "not_reported"
    NOT_TOLD = "not_told"


ADVICE_LABELS: dict[AdviceState, str] = {
    AdviceState.ADVISED: "Advised",
    AdviceState.AWAITED: "Advice still awaited",
    AdviceState.CLOSED_WITHOUT: "Closed without advice",
}
DEADLINE_LABELS: dict[AgainstDeadline, str] = {
    AgainstDeadline.IN_TIME: "Advised by the first deadline",
    AgainstDeadline.LATE: "Advised after it",
    AgainstDeadline.NOT_YET: "Not advised yet",
    AgainstDeadline.CLOSED_WITHOUT: "Closed without advice",
    AgainstDeadline.NO_DEADLINE: "No deadline known",
}
TOLD_LABELS: dict[ToldState, str] = {
    ToldState.ADOPTED: "Adopted",
    ToldState.IN_PART: "Adopted in part",
    ToldState.DEPARTED: "Departed from",
    ToldState.NOT_REPORTED: "Told, and has not said what it did",
    ToldState.NOT_TOLD: "Not told of the advice yet",
}


@dataclass(frozen=True, slots=True)
class AdviceQuestion:
    """The logs received in a period; with forces, those on which one of them sent a form or wrote."""

    period: Period
    forces: tuple[CountedForce, ...] = ()


@dataclass(frozen=True, slots=True)
class DaysToAdvice:
    """Working days from the day a log came to the day of its first advice; None where none was advised."""

    measured: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True)
class AdviceResult:
    """How many logs there are of each kind: by what, then by its value as the database holds it."""

    question: AdviceQuestion
    as_at: datetime
    logs: int
    by: Mapping[CountedBy, Mapping[str, int]]
    days: DaysToAdvice

    def number(self, by: CountedBy, value: str) -> int:
        """Return how many logs there are of one kind."""
        return self.by.get(by, {}).get(value, 0)


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in per cent, to one decimal; None when the whole is 0."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def working_day_ordinals(calendar: WorkingDayCalendar, first: date, last: date) -> tuple[date, list[int]]:
    """Number each day from `first` to `last` by the working days up to it.

    The working days between two days are the difference of their numbers. Where the calendar covers fewer
    days, the first one it covers is returned, with the numbers from there on.
    """
    start = max(first, date(calendar.first_year, 1, 1))
    end = min(last, date(calendar.last_year, 12, 31))
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return start, [calendar.count_working_days(start, day) for day in days]
