"""Which answer belongs to which question, and which payment to which notice.

FOIA s.1(3) and s.9; EIR reg 9 and reg 8. An answer before its question is refused, and so is one that could
belong to several.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foitracker.pages.words import short_date
from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.calendar_periods import months_beginning_with
from requests_app.rules.clock.events import ClockEvent, ClockOrderError, EventKind, Regime

#: FOIA s.9(2): three months beginning with the day of the notice.
FEE_MONTHS = 3
#: EIR reg 8(5): 60 working days after the notification.
CHARGE_WORKING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Question:
    """Information asked of the applicant; `answered` is None while it has not come."""

    asked: date
    answered: date | None
    restarts: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """A fees notice or the notice of an advance charge. `payable_by` is the last day to pay."""

    notified: date
    payable_by: date
    paid: date | None

    @property
    def is_outstanding(self) -> bool:
        """Whether the duty to comply still waits, or has ended, for want of payment in time."""
        return self.paid is None or self.paid > self.payable_by


def questions(events: Sequence[ClockEvent]) -> tuple[Question, ...]:
    """Return the clarifications, each with its answer, in the order they were asked. Raises ClockOrderError."""
    found = []
    asked = _of_kind(events, EventKind.CLARIFICATION_REQUESTED)
    answers = _of_kind(events, EventKind.CLARIFICATION_RECEIVED)
    if not asked and any(event.kind == EventKind.CLARIFICATION_RECEIVED for event in events):
        raise ClockOrderError("Clarification was received, but none was asked. Enter the question first.")
    pairs = _pair(asked, answers, "Clarification was answered", "asked")
    for question, answer in zip(asked, pairs, strict=True):
        said = [e.restarts for e in (answer, question) if e is not None and e.restarts is not None]
        found.append(
            Question(_day(question), answer.day if answer else None, restarts=said[0] if said else True)
        )
    return tuple(found)


def charges(events: Sequence[ClockEvent], regime: Regime, calendar: WorkingDayCalendar) -> tuple[Charge, ...]:
    """Return the notices of a fee or charge, each with its payment, in order.

    Raises ClockOrderError, also for a notice while an earlier one is unpaid, and CalendarNotCovered.
    """
    notices = _of_kind(events, EventKind.FEES_NOTICE)
    payments = _of_kind(events, EventKind.FEE_RECEIVED)
    found: list[Charge] = []
    pairs = _pair(notices, payments, "The fee was received", "notified")
    for notice, payment in zip(notices, pairs, strict=True):
        day = _day(notice)
        if found and not _is_settled(found[-1], day):
            raise ClockOrderError(
                f"A fees notice was given on {short_date(day)}, but the fee notified on "
                f"{short_date(found[-1].notified)} was not paid in time before. Correct the first notice instead of "
                "adding another."
            )
        payable_by = (
            calendar.add_working_days(day, CHARGE_WORKING_DAYS)
            if regime is Regime.EIR
            else months_beginning_with(day, FEE_MONTHS)
        )
        found.append(Charge(day, payable_by, payment.day if payment else None))
    unpaid = any(event.kind == EventKind.FEE_UNPAID for event in events)
    if unpaid and not (found and found[-1].is_outstanding):
        raise ClockOrderError(
            "A fee is said to be unpaid, but no fees notice is open. Enter the notice, or take the entry out."
        )
    return tuple(found)


def _is_settled(charge: Charge, day: date) -> bool:
    return charge.paid is not None and charge.paid <= min(day, charge.payable_by)


def _of_kind(events: Sequence[ClockEvent], kind: EventKind) -> list[ClockEvent]:
    """The dated events of a kind by day; those of one day in the order given."""
    return sorted((e for e in events if e.kind == kind and e.day is not None), key=_day)


def _day(event: ClockEvent) -> date:
    assert event.day is not None  # noqa: S101 - only dated events get here
    return event.day


def _pair(
    openers: Sequence[ClockEvent], closers: Sequence[ClockEvent], what: str, opened: str
) -> list[ClockEvent | None]:
    """For each opener the closer that belongs to it, or None."""
    found: list[ClockEvent | None] = [None] * len(openers)
    for closer in closers:
        day = _day(closer)
        open_then = [
            number
            for number, opener in enumerate(openers)
            if found[number] is None and _day(opener) <= day and closer.asked in (None, opener.day)
        ]
        if not open_then:
            raise ClockOrderError(
                f"{what} on {short_date(day)}, before it was {opened} or after it had been settled. "
                "Check both dates."
            )
        # A question put on the day another was answered is the next one, not a second one open.
        earlier = [number for number in open_then if _day(openers[number]) < day] or open_then[:1]
        if len(earlier) > 1 and closer.asked is None:
            days = " and ".join(f"{short_date(_day(openers[number]))}" for number in earlier)
            raise ClockOrderError(
                f"{what} on {short_date(day)}, but several were open, {opened} on {days}. "
                "Say which one it belongs to."
            )
        found[earlier[0]] = closer
    return found
