"""What a referral pack says about a log: to one force, or to a portfolio lead who is consulted.

Nothing in it identifies the applicant, and nothing about one force is in another's pack.
"""

from dataclasses import dataclass
from datetime import date, datetime

from referrals.rules.vocabulary import Marking


@dataclass(frozen=True)
class PackForce:
    """One force on the log. `reference` is empty in a lead's pack; `wording` where it is the log's own."""

    name: str
    role: str
    reference: str
    form_received_on: date | None
    request_received_on: date | None
    due_on: date | None
    is_stated: bool
    wording: str


@dataclass(frozen=True)
class PackAdvice:
    """Advice that was given. `national_log` names the log it was given on, where that is another one.

    Advice `is_replaced` by a later one on the same log, or by one told later on another.
    """

    number: int
    given_on: date
    marking: Marking
    exemptions: tuple[str, ...]
    text: str
    national_log: str = ""
    told_on: date | None = None
    uptake: str = ""
    is_replaced: bool = False


@dataclass(frozen=True)
class PackLetter:
    """Something written, in or out, between the unit and whom the pack is for."""

    dated_on: date
    what: str
    text: str


@dataclass(frozen=True)
class PackQuestion:
    """What a portfolio lead is asked, and the reply when there is one."""

    text: str
    asked_on: date
    reply_by: date
    replied_on: date | None
    reply: str


@dataclass(frozen=True)
class PackFacts:
    """A pack. `forces` holds one force in the pack of a force. `as_at` is aware, in local time."""

    unit: str
    log_number: str
    subject: str
    prepared_for: str
    is_national: bool
    received_on: date
    wording: str
    criteria: tuple[str, ...]
    forces: tuple[PackForce, ...]
    advice: tuple[PackAdvice, ...]
    letters: tuple[PackLetter, ...]
    question: PackQuestion | None
    as_at: datetime

    @property
    def marking(self) -> Marking:
        """The highest marking of anything in it."""
        if any(one.marking is Marking.OFFICIAL_SENSITIVE for one in self.advice):
            return Marking.OFFICIAL_SENSITIVE
        return Marking.OFFICIAL
