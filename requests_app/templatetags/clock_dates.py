"""The dates of a clock by name: what each is called and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from requests_app.rules.statutory_clock import ClockReading, ClockStatus

#: Attribute of a reading, what it is called, and its source under FOIA and under the EIR.
_NAMES: tuple[tuple[str, str, str, str], ...] = (
    ("response_due", "Response due", "s.10(1) to (3)", "regs 5(2) and 7(1)"),
    ("refusal_notice_due", "Refusal notice due", "s.17(1)", "reg 14(2)"),
    ("clarification_lapses_on", "Lapses without an answer after", "s.1(3), the authority's setting", "reg 9"),
    ("fee_payable_by", "Fee payable by", "s.9(2)", "reg 8(5)"),
    ("review_request_by", "Review to be asked for by", "s.45 Code, para 5.3", ""),
    ("representations_by", "Representations by", "", "reg 11(2)"),
    ("review_due", "Review due", "s.45 Code, paras 5.4 and 5.5", "reg 11(4)"),
    ("ico_complaint_by", "Complaint to the regulator by", "s.50(2)(b): six weeks", "reg 18: six weeks"),
    ("tribunal_appeal_by", "Appeal to the tribunal by 5 pm on", "s.57", "reg 18, s.57"),
    ("comply_by", "To comply with the regulator's notice by", "as the notice says", "as the notice says"),
    ("aggregation_window_ends", "60 working days for related requests end", "Fees Regulations, reg 5", ""),
)


#: What ends with the request itself.
_LIMITS = frozenset({"refusal_notice_due", "clarification_lapses_on", "fee_payable_by"})


@dataclass(frozen=True)
class NamedDate:
    """One date of a clock; `day` is None where it does not apply."""

    name: str
    label: str
    law: str
    day: date | None


def named_dates(clock: ClockReading) -> list[NamedDate]:
    """This function will give every date a clock can have, in the order they come."""
    is_eir = clock.regime == "EIR"
    return [
        NamedDate(name, label, eir if is_eir else foia, getattr(clock, name))
        for name, label, foia, eir in _NAMES
    ]


def applying_dates(clock: ClockReading) -> list[NamedDate]:
    """This function will give the dates that apply, without what an answer or a payment has settled."""
    return [entry for entry in named_dates(clock) if entry.day and not _is_settled(entry.name, clock)]


def later_dates(clock: ClockReading, *, ended: bool = False) -> list[NamedDate]:
    """This function will give the dates that apply besides the due date, without those that say the same.

    `ended` leaves out the limits of a request that was closed without an answer.
    """
    return [entry for entry in _later(clock) if not (ended and entry.name in _LIMITS)]


def _later(clock: ClockReading) -> Iterator[NamedDate]:
    for entry in applying_dates(clock):
        if entry.name == "response_due" or (
            entry.name == "refusal_notice_due" and entry.day == clock.response_due
        ):
            continue
        yield entry


def _is_settled(name: str, clock: ClockReading) -> bool:
    waits = clock.status in (ClockStatus.AWAITING_FEE, ClockStatus.LAPSED)
    return name == "fee_payable_by" and not waits
