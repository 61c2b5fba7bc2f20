"""A request of the demonstration and the steps it takes: declarations, which the player plays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from requests_app.letters.kind import LetterKind
from requests_app.models import ReturnReason
from requests_app.operations.clock_events import ClockFact
from requests_app.operations.exemption import Reasons
from requests_app.operations.intake import Identity
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.clarification_effect import ClockEffect


@dataclass(frozen=True, kw_only=True)
class RequestStep:
    """Something done on a request: `after` so many days from its receipt, on no weekend and no later than today;
    or `on` a day that is known. Items are named by their labels."""

    after: int = 0
    on: date | None = None
    at: time = time(16)


@dataclass(frozen=True, kw_only=True)
class TakeUp(RequestStep):
    """Intake gives it to the officer."""

    at: time = time(14)


@dataclass(frozen=True, kw_only=True)
class ChangeDetails(RequestStep):
    """The officer writes down how the request is read."""

    interpretation: str


@dataclass(frozen=True, kw_only=True)
class Link(RequestStep):
    """It is linked to an earlier request, by its name."""

    to: str
    kind: str
    quote_words: bool = False
    at: time = time(15)


@dataclass(frozen=True, kw_only=True)
class Note(RequestStep):
    text: str


@dataclass(frozen=True, kw_only=True)
class Promise(RequestStep):
    """The officer promises to tell the applicant something `by` a day."""

    promised: str
    by: date


@dataclass(frozen=True, kw_only=True)
class Show(RequestStep):
    """Intake shows it to the reader outside the team."""

    at: time = time(17)


@dataclass(frozen=True, kw_only=True)
class Split(RequestStep):
    """The request is split into its items."""

    at: time = time(15)


@dataclass(frozen=True, kw_only=True)
class AskClarification(RequestStep):
    question: str


@dataclass(frozen=True, kw_only=True)
class AnswerClarification(RequestStep):
    answer: str
    effect: ClockEffect
    effect_reason: str
    excluded: tuple[str, ...] = ()
    at: time = time(17)


@dataclass(frozen=True, kw_only=True)
class Record(RequestStep):
    """An event of the clock is recorded on the day it happened."""

    fact: ClockFact


@dataclass(frozen=True, kw_only=True)
class Supervise(RequestStep):
    """The manager goes through the request; `action` is for its officer, by `action_due_on`."""

    direction: str
    action: str = ""
    action_due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Act(RequestStep):
    """The officer closes the action that the manager asked for last."""

    done: str


@dataclass(frozen=True, kw_only=True)
class Search(RequestStep):
    searched: str
    criteria: str
    holding: Holding


@dataclass(frozen=True, kw_only=True)
class SetFigures(RequestStep):
    """One figure of an item, counted over a period."""

    item: str
    unit_of_count: str
    criteria: tuple[str, ...]
    caveat: str
    period: tuple[date, date]
    value: int
    at: time = time(16, 30)


@dataclass(frozen=True, kw_only=True)
class Decide(RequestStep):
    """What becomes of items, with the officer's explanation; one minute is spent on each."""

    decisions: Mapping[str, tuple[Disposition, str]]
    location: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideDuplicate(RequestStep):
    """An item repeats another one."""

    item: str
    of: str
    at: time = time(16, 35)


@dataclass(frozen=True, kw_only=True)
class Claim(RequestStep):
    """An exemption is claimed for items."""

    section: str
    limbs: tuple[str, ...]
    reasons: Reasons
    items: tuple[str, ...] = ()
    neither_confirm_nor_deny: bool = False
    at: time = time(17)


@dataclass(frozen=True, kw_only=True)
class Draft(RequestStep):
    """The letter that the decisions call for is drafted, or one of the kind given."""

    text: LetterText = field(default_factory=LetterText)
    kind: LetterKind | None = None
    at: time = time(9)


@dataclass(frozen=True, kw_only=True)
class Submit(RequestStep):
    """The letter drafted last is submitted."""

    at: time = time(10)


@dataclass(frozen=True, kw_only=True)
class Approve(RequestStep):
    """It is approved by the second person."""

    at: time = time(12)


@dataclass(frozen=True, kw_only=True)
class Issue(RequestStep):
    """It goes out, by e-mail where there is an address."""

    at: time = time(15)


@dataclass(frozen=True, kw_only=True)
class ComeBack(RequestStep):
    """The letter that went out last comes back, as one that could not be delivered."""

    reason: ReturnReason = ReturnReason.NO_ADDRESS
    at: time = time(17)


@dataclass(frozen=True, kw_only=True)
class Close(RequestStep):
    """It is closed without an answer."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, kw_only=True)
class PlannedRequest:
    """A request to log, and the steps it takes. `name` is what later ones link to it by; a `number` is one that it
    was known by before. `topic` is the name of its topic, `officer` the place of who works on it."""

    received_on: date
    subject: str
    words: str
    identity: Identity
    items: tuple[tuple[str, str], ...] = ()
    steps: tuple[RequestStep, ...] = ()
    channel: str = "email"
    number: int | None = None
    priority: str = "normal"
    priority_reason: str = ""
    name: str = ""
    regime: str = "FOIA"
    topic: str = ""
    officer: int = 0
