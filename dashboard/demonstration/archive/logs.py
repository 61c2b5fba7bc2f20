"""A made-up log as plain values: what came from which forces, how far it has come and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from dashboard.demonstration.data.subject import Subject
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.rules.vocabulary import ForceOutcome, ForceRole, Scope, Trigger, Uptake
from referrals.rules.workflow import Closing, ReferralStatus

_Choice = TypeVar("_Choice")

#: When advice is given, in working days after receipt.
DAYS_TO_ADVICE = (1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 26)
_CLOSINGS = (
    *(Closing.ADVISED,) * 90, *(Closing.NO_ADVICE_NEEDED,) * 6, *(Closing.WITHDRAWN,) * 3,
    Closing.LOGGED_IN_ERROR,
)  # fmt: skip
_OUTCOMES = (
    *(ForceOutcome.PARTLY_DISCLOSED,) * 36, *(ForceOutcome.REFUSED,) * 20, *(ForceOutcome.DISCLOSED,) * 18,
    *(ForceOutcome.NEITHER,) * 12, *(ForceOutcome.NOT_HELD,) * 6, *(ForceOutcome.UNKNOWN,) * 5,
    *(ForceOutcome.WITHDRAWN,) * 3,
)  # fmt: skip
_UPTAKES = (*(Uptake.ADOPTED,) * 82, *(Uptake.IN_PART,) * 12, *(Uptake.DEPARTED,) * 6)


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

    @property
    def reference(self) -> str:
        return f"CRU {self.log_number}"

    def chosen(self, choices: Sequence[_Choice], question: int) -> _Choice:
        """Return one of `choices`, always the same for this log and `question`."""
        return choices[(self.lot >> 3 * question) % len(choices)]

    @property
    def is_mandatory(self) -> bool:
        return any(force.trigger == Trigger.MANDATORY for force in self.forces)


@dataclass(frozen=True, slots=True)
class Course:
    """How far a log has come."""

    status: ReferralStatus
    advised_on: date | None = None
    ended_on: date | None = None
    closing: Closing | None = None


def closed_course(rng: Random, received_on: date, today: date, calendar: WorkingDayCalendar) -> Course:
    """Tell how a log ended that is closed by `today`."""
    closing = rng.choice(_CLOSINGS)
    worked = min(today, calendar.add_working_days(received_on, rng.choice(DAYS_TO_ADVICE)))
    if closing != Closing.ADVISED:
        return Course(ReferralStatus.CLOSED, None, worked, closing)
    ended_on = min(today, calendar.add_working_days(worked, rng.randrange(1, 20)))
    return Course(ReferralStatus.CLOSED, worked, ended_on, closing)


def ending(rng: Random, advised: bool) -> tuple[ForceOutcome | None, Uptake | None]:
    """Tell how a force answered, and what it did with advice where there was any.

    Both are known of most forces. One that departed from advice not to disclose has disclosed.
    """
    uptake = rng.choice(_UPTAKES) if advised and rng.random() < 0.8 else None
    outcome = rng.choice(_OUTCOMES) if rng.random() < 0.9 else None
    return (ForceOutcome.DISCLOSED if outcome and uptake == Uptake.DEPARTED else outcome), uptake


def consulted(force: int) -> SyntheticForce:
    """Return a force that was only consulted."""
    return SyntheticForce(force, ForceRole.CONSULTED, None, None, None, None, None, "", None, None)
