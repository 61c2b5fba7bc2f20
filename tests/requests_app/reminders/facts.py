"""What happens to cases and people, as plain facts: what is planned, played, and expected from."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto

from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.kinds.whole_request import REGIME


class What(Enum):
    """What can happen: to a case, to somebody of the team, to the calendar."""

    LOGGED = auto()
    ASSIGNED = auto()
    ACKNOWLEDGED = auto()
    ASKED = auto()
    ANSWERED = auto()
    EXTENDED = auto()
    FEE_ASKED = auto()
    FEE_PAID = auto()
    SEARCHED = auto()
    DRAFTED = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    APPROVED = auto()
    ISSUED = auto()
    WITHDRAWN = auto()
    LAPSED = auto()

    AWAY = auto()
    BACK = auto()
    LEFT = auto()

    PROCLAIMED = auto()
    CANCELLED = auto()


#: Written straight into the database: they leave nothing on the trail.
UNRECORDED = {What.ACKNOWLEDGED, What.SUBMITTED, What.RETURNED, What.APPROVED, What.ISSUED}


@dataclass(frozen=True)
class Happening:
    """One thing that happens on a day.

    `case` is the number of the case. `who` is the name of who does it, or to whom it happens; `to` of another person:
    the new officer, who covers. `on` and `until` are days it is about: of receipt, of an estimate, of an absence, a
    bank holiday. `restarts` says of an answer that the time limit begins again.
    """

    day: date
    what: What
    case: int = -1
    who: str = ""
    to: str = ""
    on: date | None = None
    until: date | None = None
    restarts: bool = True


@dataclass
class CaseFacts:
    """What is so of one case. `stage` is where its answer is; `last_done` when somebody last did something."""

    number: int
    received_on: date
    regime: str
    officer: str
    last_done: date
    has_letter_out: bool = False
    has_search: bool = False
    stage: What | None = None
    stage_on: date | None = None
    fell: bool = False
    took_part: set[str] = field(default_factory=set)
    questions: list[tuple[date, date | None, bool]] = field(default_factory=list)
    extended: list[tuple[date, date]] = field(default_factory=list)
    fees: list[tuple[date, date | None]] = field(default_factory=list)
    is_closed: bool = False
    changes: int = 0

    @property
    def asked_on(self) -> date | None:
        """When the question was asked that is not answered."""
        return self.questions[-1][0] if self.questions and self.questions[-1][1] is None else None

    @property
    def fee_asked_on(self) -> date | None:
        """When the fee was asked for that is not paid."""
        return self.fees[-1][0] if self.fees and self.fees[-1][1] is None else None

    def clock_events(self) -> list[ClockEvent]:
        """Return the facts as the clock reads them."""
        events = [ClockEvent(REGIME, value=self.regime)]
        for asked, answered, restarts in self.questions:
            events += clarification(asked, answered, restarts=restarts)
        for notified, estimate in self.extended:
            events.append(
                ClockEvent(PIT_EXTENSION, notified, provision="31(1)(a)", estimate=estimate, as_recorded=True)
            )
        for notified, paid in self.fees:
            events.append(ClockEvent(FEES_NOTICE, notified))
            events += [ClockEvent(FEE_RECEIVED, paid)] if paid else []
        return events

    def happens(self, one: Happening) -> None:
        """Take in what happened to the case."""
        self.changes += 1
        if one.what not in UNRECORDED:
            self.last_done = one.day
        self._clock_moves(one)
        match one.what:
            case What.ASSIGNED:
                self.officer = one.to
            case What.ACKNOWLEDGED:
                self.has_letter_out = True
            case What.SEARCHED:
                self.has_search = True
            case What.DRAFTED:
                self.took_part.add(one.who)
                self.stage = one.what
            case What.SUBMITTED | What.APPROVED:
                self.stage, self.stage_on, self.fell = one.what, one.day, False
            case What.RETURNED:
                self.fell = self.stage is What.APPROVED
                self.stage, self.stage_on = one.what, one.day
            case What.ISSUED | What.WITHDRAWN | What.LAPSED:
                self.is_closed = True

    def _clock_moves(self, one: Happening) -> None:
        match one.what:
            case What.ASKED:
                self.questions.append((one.day, None, True))
            case What.ANSWERED:
                self.questions[-1] = (self.questions[-1][0], one.day, one.restarts)
            case What.EXTENDED if one.on:
                self.extended.append((one.day, one.on))
            case What.FEE_ASKED:
                self.fees.append((one.day, None))
            case What.FEE_PAID:
                self.fees[-1] = (self.fees[-1][0], one.day)


@dataclass(frozen=True)
class Away:
    """The days somebody is away, and who covers; empty when nobody does."""

    who: str
    first: date
    last: date
    cover: str

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and self.last >= first


@dataclass
class Facts:
    """What is so of everything, after what has happened so far."""

    cases: dict[int, CaseFacts] = field(default_factory=dict)
    absences: list[Away] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    proclaimed: set[date] = field(default_factory=set)

    def away(self, who: str, day: date) -> list[Away]:
        """Return the absences of somebody on a day."""
        return [one for one in self.absences if one.who == who and one.touches(day, day)]

    def has_cover(self, who: str, day: date) -> bool:
        """Return whether somebody who is there covers for somebody who is away."""
        covers = [one.cover for one in self.away(who, day)]
        return any(name and name not in self.left and not self.away(name, day) for name in covers)

    def happens(self, one: Happening) -> None:
        """Take in what happened."""
        match one.what:
            case What.LOGGED if one.on:
                regime = "FOIA" if one.restarts else "EIR"
                self.cases[one.case] = CaseFacts(one.case, one.on, regime, one.to, one.day)
            case What.AWAY if one.on and one.until:
                self.absences.append(Away(one.who, one.on, one.until, one.to))
            case What.BACK:
                self.absences = [
                    away for away in self.absences if (away.who, away.first) != (one.who, one.on)
                ]
            case What.LEFT:
                self.left.add(one.who)
            case What.PROCLAIMED if one.on:
                self.proclaimed.add(one.on)
            case What.CANCELLED if one.on:
                self.proclaimed.discard(one.on)
            case _:
                self.cases[one.case].happens(one)


def days_from(first: date, last: date) -> list[date]:
    """Return every day from one to another, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
