"""A log of the demonstration and the steps it takes: declarations, which the player plays."""

from dataclasses import dataclass
from datetime import time

from dashboard.demonstration.data.subject import Subject
from referrals.rules.vocabulary import ForceOutcome, ReferralPriority, Scope, Trigger, Uptake
from referrals.rules.workflow import Closing


@dataclass(frozen=True, kw_only=True)
class LogStep:
    """Something done on a log by the adviser, `after` so many working days from its receipt."""

    after: int
    at: time = time(10)


@dataclass(frozen=True, kw_only=True)
class Triage(LogStep):
    """The criterion of its subject applies, or is set aside."""

    priority: ReferralPriority


@dataclass(frozen=True, kw_only=True)
class Group(LogStep):
    """Logs are grouped under this one, by their names."""

    members: tuple[str, ...]
    at: time = time(10, 30)


@dataclass(frozen=True, kw_only=True)
class Consult(LogStep):
    """The portfolio lead of its subject is asked."""

    at: time = time(11)


@dataclass(frozen=True, kw_only=True)
class RecordReply(LogStep):
    """The lead replies."""

    at: time = time(14)


@dataclass(frozen=True, kw_only=True)
class ChaseForces(LogStep):
    at: time = time(12)


@dataclass(frozen=True, kw_only=True)
class ChaseLead(LogStep):
    at: time = time(12)


@dataclass(frozen=True, kw_only=True)
class RecordLetter(LogStep):
    """The first force writes or rings."""

    text: str
    at: time = time(13)


@dataclass(frozen=True, kw_only=True)
class DraftAdvice(LogStep):
    """Advice is kept that is not finished."""

    at: time = time(15)


@dataclass(frozen=True, kw_only=True)
class GiveAdvice(LogStep):
    """Advice is given; nobody is told yet."""

    at: time = time(15, 30)


@dataclass(frozen=True, kw_only=True)
class Tell(LogStep):
    """Every force that the advice concerns is told."""

    at: time = time(16)


@dataclass(frozen=True, kw_only=True)
class RecordUptake(LogStep):
    """What the forces told did with the advice, the first one first; those without an entry have not said."""

    uptakes: tuple[Uptake, ...]
    at: time = time(16, 20)


@dataclass(frozen=True, kw_only=True)
class RecordOutcome(LogStep):
    """How each force answered."""

    outcome: ForceOutcome
    at: time = time(16, 40)


@dataclass(frozen=True, kw_only=True)
class Close(LogStep):
    closing: Closing
    reason: str = ""
    at: time = time(17)


@dataclass(frozen=True)
class Turn:
    """A force on a log: why it turned to the unit (None: it was only consulted), how many working days after the log
    came, how many working days before that it had the request (None: it did not say), and in how many from today it
    says it must answer."""

    name: str
    trigger: Trigger | None = Trigger.ADVICE
    later: int = 0
    asked_before: int | None = 2
    says_due_in: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlannedLog:
    """A log to make that came so many working days ago, and the steps it takes. `applicant` is the address and name
    that a mark is made of; `name` is what another log groups it by."""

    days_ago: int
    subject: Subject
    words: str
    turns: tuple[Turn, ...]
    steps: tuple[LogStep, ...] = ()
    scope: Scope = Scope.SINGLE
    applicant: tuple[str, str] = ("", "")
    name: str = ""
