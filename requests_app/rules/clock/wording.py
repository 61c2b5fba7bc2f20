"""What the clock's facts and dates are called, and the law each rests on: for pages and printed workings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from foitracker.pages.words import short_date
from requests_app.rules.clock.events import ClockEvent, EventKind, Regime
from requests_app.rules.clock.statutory_clock import ClockReading, ClockStatus

#: An event as a person would enter it.
EVENT_LABELS: dict[EventKind, str] = {
    EventKind.CLARIFICATION_REQUESTED: "Clarification asked",
    EventKind.CLARIFICATION_RECEIVED: "Clarification received",
    EventKind.FEES_NOTICE: "Fees notice or charge notified",
    EventKind.FEE_RECEIVED: "Fee or charge paid",
    EventKind.FEE_UNPAID: "Fee or charge not paid",
    EventKind.PIT_EXTENSION: "Extended for the public interest test",
    EventKind.EIR_EXTENSION: "Extended for complexity and volume",
    EventKind.REGIME: "Law",
    EventKind.POLICY: "Reading",
    EventKind.RESPONSE_SENT: "Response sent",
    EventKind.REVIEW_RECEIVED: "Internal review asked for",
    EventKind.REVIEW_EXTENDED: "Internal review extended",
    EventKind.REVIEW_OUTCOME: "Outcome of the review sent",
    EventKind.REPRESENTATIONS_RECEIVED: "Representations received",
    EventKind.DECISION_NOTICE: "Decision notice sent by the regulator",
    EventKind.INFORMATION_NOTICE: "Information notice sent by the regulator",
    EventKind.ENFORCEMENT_NOTICE: "Enforcement notice sent by the regulator",
    EventKind.RELATED_REQUEST: "Related request received",
    EventKind.NOTE: "Note",
}

#: The law an event belongs to, under FOIA and under the EIR; "" where the event has no place.
EVENT_LAW: dict[EventKind, tuple[str, str]] = {
    EventKind.CLARIFICATION_REQUESTED: ("FOIA s.1(3)", "EIR reg 9"),
    EventKind.CLARIFICATION_RECEIVED: ("FOIA s.10(6)", "EIR reg 9(4)"),
    EventKind.FEES_NOTICE: ("FOIA s.9(1)", "EIR reg 8(4)"),
    EventKind.FEE_RECEIVED: ("FOIA s.10(2)", "EIR reg 8(6)"),
    EventKind.FEE_UNPAID: ("FOIA s.9(2)", "EIR reg 8(5)"),
    EventKind.PIT_EXTENSION: ("FOIA ss.10(3), 17(2)", ""),
    EventKind.EIR_EXTENSION: ("", "EIR reg 7"),
    EventKind.RESPONSE_SENT: ("FOIA s.10(1)", "EIR reg 5(2)"),
    EventKind.REVIEW_RECEIVED: ("s.45 Code, para 5.3", "EIR reg 11"),
    EventKind.REVIEW_EXTENDED: ("s.45 Code, para 5.5", ""),
    EventKind.REVIEW_OUTCOME: ("s.45 Code, para 5.4", "EIR reg 11(4)"),
    EventKind.REPRESENTATIONS_RECEIVED: ("", "EIR reg 11"),
    EventKind.DECISION_NOTICE: ("FOIA s.50", "FOIA s.50; EIR reg 18"),
    EventKind.INFORMATION_NOTICE: ("FOIA s.51", "FOIA s.51; EIR reg 18"),
    EventKind.ENFORCEMENT_NOTICE: ("FOIA s.52", "FOIA s.52; EIR reg 18"),
    EventKind.RELATED_REQUEST: ("Fees Regulations 2004, reg 5", "Fees Regulations 2004, reg 5"),
}


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
        "Complaint to the regulator by",
        "complaint to the regulator by",
        "FOIA s.50(2)(b); six weeks are the regulator’s guidance",
        "FOIA s.50(2)(b), EIR reg 18; six weeks are the regulator’s guidance",
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
    law = 1 if regime is Regime.EIR else 0
    told = [Fact(received_on, "Request received", "", ("FOIA s.10(6)", "EIR reg 5(2)")[law])]
    told += [
        Fact(event.day, EVENT_LABELS[event.kind], _detail(event), EVENT_LAW[event.kind][law])
        for event in events
        if event.kind in EVENT_LAW
    ]
    return tuple(sorted(told, key=lambda fact: fact.day or date.max))


def _detail(event: ClockEvent) -> str:
    parts = [tell(event) for applies, tell in _DETAILS if applies(event)]
    return "; ".join(parts)


_DETAILS: tuple[tuple[Callable[[ClockEvent], object], Callable[[ClockEvent], str]], ...] = (
    (lambda e: e.kind is EventKind.CLARIFICATION_RECEIVED and e.day is None, lambda e: "not yet"),
    (lambda e: e.asked, lambda e: f"asked on {short_date(e.asked)}"),
    (lambda e: e.restarts is False, lambda e: "narrows the request only"),
    (lambda e: e.provision, lambda e: e.provision),
    (lambda e: e.estimate, lambda e: f"decision expected by {short_date(e.estimate)}"),
    (lambda e: e.comply_by, lambda e: f"to be complied with by {short_date(e.comply_by)}"),
)
