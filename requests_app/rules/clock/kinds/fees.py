"""A fee, or a charge in advance: days stop counting until it is paid. FOIA ss.9 and 10(2); EIR reg 8."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from foitracker.accounts.permission_names import Permission
from foitracker.pages.words import short_date
from foitracker.working_days.calendar_periods import months_beginning_with
from requests_app.rules.casework.workflow import Transition
from requests_app.rules.clock.course import ClockOrderError, Course
from requests_app.rules.clock.events import (
    ClockEvent,
    Effect,
    EventKind,
    Field,
    FieldType,
    Needs,
    RecordedKind,
)
from requests_app.rules.clock.kinds.fields import happened_on
from requests_app.rules.clock.kinds.pairing import dated, pair
from requests_app.rules.clock.law import Law
from requests_app.rules.clock.paired_events import Charge

#: FOIA s.9(2): three months beginning with the day of the notice.
FEE_MONTHS = 3
#: EIR reg 8(5): 60 working days after the notification.
CHARGE_WORKING_DAYS = 60


def _notices_and_payments(course: Course, events: Sequence[ClockEvent]) -> Iterator[Effect]:
    for charge in _charges(course, events):
        yield charge.notified, FEES_NOTICE.rank, partial(_notify, course, charge)
        if charge.paid:
            yield charge.paid, FEE_RECEIVED.rank, partial(_take_payment, course, charge, charge.paid)


def _charges(course: Course, events: Sequence[ClockEvent]) -> list[Charge]:
    """The notices of a fee or charge, each with its payment, in order.

    Raises ClockOrderError, also for a notice while an earlier one is unpaid, and CalendarNotCovered.
    """
    notices = dated(events, FEES_NOTICE)
    payments = pair(notices, dated(events, FEE_RECEIVED), "The fee was received", "notified")
    found: list[Charge] = []
    for notice, payment in zip(notices, payments, strict=True):
        if found and not _is_settled(found[-1], notice.day):
            raise ClockOrderError(
                f"A fees notice was given on {short_date(notice.day)}, but the fee notified on "
                f"{short_date(found[-1].notified)} was not paid in time before. Correct the first notice instead of "
                "adding another."
            )
        payable_by = (
            course.calendar.add_working_days(notice.day, CHARGE_WORKING_DAYS)
            if course.is_eir
            else months_beginning_with(notice.day, FEE_MONTHS)
        )
        found.append(Charge(notice.day, payable_by, payment.day if payment else None))
    unpaid = any(event.kind is FEE_UNPAID for event in events)
    if unpaid and not (found and found[-1].is_outstanding):
        raise ClockOrderError(
            "A fee is said to be unpaid, but no fees notice is open. Enter the notice, or take the entry out."
        )
    return found


def _is_settled(charge: Charge, day: date) -> bool:
    return charge.paid is not None and charge.paid <= min(day, charge.payable_by)


def _notify(course: Course, charge: Charge) -> None:
    """FOIA ss.9(1) and 10(2); EIR reg 8(4) to (6). A notice after the limit does not reopen it."""
    what = "Charge notified (reg 8)" if course.is_eir else "Fees notice given (s.9)"
    late = course.passed(charge.notified)
    if course.responded or late:
        law = "reg 8(4)" if course.is_eir else "s.9(1)"
        course.happened.append((charge.notified, f"{what}: too late to stop the clock ({law})"))
        return
    course.charges.append(charge)
    course.happened.append(
        (charge.notified, f"{what}: days stop counting; to be paid by {short_date(charge.payable_by)}")
    )


def _take_payment(course: Course, charge: Charge, day: date) -> None:
    if charge not in course.charges:
        effect = "the limit stands"
    elif charge.is_outstanding:
        effect = (
            f"after {short_date(charge.payable_by)}, the last day to pay, so the request stays lapsed; "
            "if you go on with it, log it as a new request"
        )
    else:
        effect = "days count again from the next one"
    course.happened.append((day, f"Payment received: {effect}"))


FEES_NOTICE = RecordedKind(
    code="fees_notice",
    label="Fees notice or charge notified",
    law=Law(foia=("FOIA s.9(1)",), eir=("EIR reg 8(4)",)),
    fields=(
        happened_on("Date the notice was given"),
        Field(
            "amount",
            FieldType.MONEY,
            "Fee in pounds",
            "As the notice states it, such as 35.00. Staff time cannot be charged.",
            missing="Enter the fee, in pounds, as the notice states it (s.9(1)).",
            invalid="Enter the fee as a number, such as 35.00.",
            phrase="£{}",
        ),
    ),
    rank=20,
    in_pairs=_notices_and_payments,
    recorded_by=Permission.WORK_CASE,
    needs=Needs(transition=Transition.NOTIFY_FEE),
    about=(
        "From the day of the notice to the day of payment, both included, no working day counts (section 10(2)). "
        "The fee has to be paid within three months beginning with the day of the notice (section 9(2)). This page "
        "records the notice; it does not send it.",
    ),
    about_eir=(
        "From the day the applicant is told of the charge to the day it is paid, no day counts (regulation 8). It has "
        "to be paid within 60 working days. This page records the notice; it does not send it.",
    ),
)

FEE_RECEIVED = RecordedKind(
    code="fee_received",
    label="Fee or charge paid",
    law=Law(foia=("FOIA s.10(2)",), eir=("EIR reg 8(6)",)),
    fields=(happened_on("Date the fee was received"),),
    rank=40,
    in_pairs=_notices_and_payments,
    recorded_by=Permission.WORK_CASE,
    needs=Needs(after=(FEES_NOTICE,), not_yet="No fees notice is recorded."),
    about=(
        "The days count again from the day after payment. A payment that comes after the last day does not bring the "
        "request back: log what the applicant still wants as a new request.",
    ),
)

FEE_UNPAID = EventKind(
    code="fee_unpaid",
    label="Fee or charge not paid",
    law=Law(foia=("FOIA s.9(2)",), eir=("EIR reg 8(5)",)),
    fields=(happened_on(required=False),),
    in_pairs=_notices_and_payments,
)
