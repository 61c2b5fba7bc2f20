"""What the clock's events and dates are called, and the law each rests on: for pages and printed workings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from foitracker.pages.words import short_date
from requests_app.rules.clock.events import ClockEvent, EventKind, Field, FieldType
from requests_app.rules.clock.law import Law, Regime
from requests_app.rules.clock.statutory_clock import ClockReading, ClockStatus


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date that follows from the facts. `name` is the attribute of the reading, `short` its name in a list."""

    name: str
    label: str
    short: str
    day: date
    law: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, in words. `day` is None for what has no date, or has not come."""

    day: date | None
    label: str
    detail: str
    law: str


#: Name, label, name in a list of deadlines, law under FOIA, law under the EIR.
_DATES: tuple[tuple[str, str, str, str, str], ...] = (
    ("day_one", "First day that counts", "time runs", "FOIA s.10(1) and (6)", "EIR reg 5(2)"),
    (
        "refusal_notice_due",
        "Notice of refusal or extension due",
        "refusal notice due",
        "FOIA s.17(1) and (2)",
        "EIR reg 14(2)",
    ),
    ("response_due", "Response due", "answer due", "FOIA s.10(1)", "EIR reg 5(2), 7(1)"),
    ("responded_on", "Response sent", "answered", "FOIA s.10(1)", "EIR reg 5(2)"),
    (
        "lapse_warning_on",
        "Warn that the request will lapse",
        "warn of the lapse",
        "The authority’s practice",
        "The authority’s practice",
    ),
    (
        "clarification_lapses_on",
        "Lapses without an answer after",
        "clarification lapses",
        "FOIA s.1(3); the time is the authority’s practice",
        "EIR reg 9; the time is the authority’s practice",
    ),
    ("fee_payable_by", "Last day to pay", "last day to pay", "FOIA s.9(2)", "EIR reg 8(5)"),
    (
        "review_request_by",
        "Review can be asked for until",
        "review can be asked for until",
        "s.45 Code, para 5.3",
        "s.45 Code, para 5.3",
    ),
    (
        "representations_by",
        "Representations can be made until",
        "representations until",
        "EIR reg 11(2)",
        "EIR reg 11(2)",
    ),
    (
        "review_due",
        "Outcome of the review due",
        "review due",
        "s.45 Code, paras 5.4 and 5.5",
        "EIR reg 11(4)",
    ),
    (
        "ico_complaint_by",
        "Complaint to the ICO by",
        "complaint to the ICO by",
        "FOIA s.50(2)(b); six weeks are ICO guidance",
        "FOIA s.50(2)(b), EIR reg 18; six weeks are ICO guidance",
    ),
    (
        "tribunal_appeal_by",
        "Appeal to the tribunal by 5 pm on",
        "appeal to the tribunal by 5 pm",
        "FOIA s.57; Tribunal Rules 2009, rr.12 and 22",
        "FOIA s.57, EIR reg 18; Tribunal Rules 2009, rr.12 and 22",
    ),
    (
        "comply_by",
        "Comply with the notice by",
        "comply with the notice",
        "As the notice says (FOIA ss.50 to 52)",
        "As the notice says (FOIA ss.50 to 52, EIR reg 18)",
    ),
    (
        "aggregation_window_ends",
        "Related requests count together until",
        "related requests count until",
        "Fees Regulations 2004, reg 5",
        "Fees Regulations 2004, reg 5",
    ),
)

#: The names in the order a request meets the dates.
DATE_NAMES: tuple[str, ...] = tuple(name for name, *_ in _DATES)

_STATUS = {
    ClockStatus.RUNNING: "Running",
    ClockStatus.AWAITING_CLARIFICATION: "Stopped: an answer to a question is awaited",
    ClockStatus.AWAITING_FEE: "Stopped: payment is awaited",
    ClockStatus.RESPONDED: "Answered",
    ClockStatus.LAPSED: "Lapsed without an answer or payment",
}


def named_dates(reading: ClockReading) -> tuple[NamedDate, ...]:
    """Return every date that applies, in the order a request meets them, with the law beside each.

    Under the EIR a refusal falls due with the response (reg 14(2)), so that date is given once.
    """
    eir = reading.regime is Regime.EIR
    found = []
    for name, label, short, foia_law, eir_law in _DATES:
        day: date | None = getattr(reading, name)
        if day is None or (eir and name == "refusal_notice_due"):
            continue
        law = eir_law if eir else foia_law
        if name == "response_due" and not eir and day != reading.refusal_notice_due:
            law = "FOIA s.10(3)"
        found.append(NamedDate(name, label, short, day, law))
    return tuple(found)


def standing(reading: ClockReading) -> str:
    """Return the state of the clock in words: “Running: working day 14 of 20, 6 left”."""
    words = _STATUS[reading.status]
    if reading.status is ClockStatus.RESPONDED and reading.is_overdue:
        words = "Answered late"
    elif reading.status is ClockStatus.RUNNING and reading.is_overdue:
        words = "Overdue"
    if reading.limit is None or reading.working_day is None or reading.working_days_left is None:
        return words
    left = reading.working_days_left
    rest = f"{left} left" if left >= 0 else f"{-left} too many"
    return f"{words}: working day {reading.working_day} of {reading.limit}, {rest}"


def facts(received_on: date, events: Iterable[ClockEvent], regime: Regime) -> tuple[Fact, ...]:
    """Return receipt and every event in words, by day; what has no date comes last. Remarks are left out."""
    found = [Fact(received_on, "Request received", "", _RECEIPT.cited(regime))]
    found += [
        Fact(event.on, event.kind.label, _detail(event), event.kind.law.cited(regime))
        for event in events
        if event.kind.has_law
    ]
    return tuple(sorted(found, key=lambda fact: fact.day or date.max))


def _detail(event: ClockEvent) -> str:
    """The particulars of an event; prose is not shown to a regulator."""
    values = {field.name: getattr(event, field.name) for field in event.kind.json_fields.values()}
    return "; ".join(particulars(event.kind, values, day_in_words=short_date))


def particulars(
    kind: EventKind, values: Mapping[str, Any], *, day_in_words: Callable[[Any], str], prose: bool = False
) -> Iterator[str]:
    """Return what is known of an event besides kind and day, a phrase for each field, by the names of the fields.

    A person is given by name, a day as `day_in_words` reads it. Officers' prose only with `prose`.
    """
    for field in kind.fields:
        value = values.get(field.name)
        if field.name == "on":
            if value is None and field.nullable:
                yield "not yet"
        elif field.type is FieldType.UNLESS_TICKED:
            if value is False:
                yield field.phrase
        elif value not in (None, "") and (prose or field.type is not FieldType.PROSE):
            yield field.phrase.format(_in_words(field, value, day_in_words))


def _in_words(field: Field, value: Any, day_in_words: Callable[[Any], str]) -> str:
    if field.type is FieldType.DAY:
        return day_in_words(value)
    return field.choices[value] if field.type is FieldType.CODE else str(value)


_RECEIPT = Law(foia=("FOIA s.10(6)",), eir=("EIR reg 5(2)",))
