"""More time for the response: FOIA ss.10(3) and 17, EIR reg 7."""

from datetime import date

from foitracker.accounts.permission_names import Permission
from foitracker.pages.words import short_date
from requests_app.rules.clock.course import (
    EXTENDED_WORKING_DAYS,
    RESPONSE_WORKING_DAYS,
    ClockOrderError,
    Course,
    Extension,
)
from requests_app.rules.clock.events import ClockEvent, Field, FieldType, Needs, RecordedKind
from requests_app.rules.clock.kinds.fields import happened_on, reason
from requests_app.rules.clock.law import Law

_WHILE_OPEN = Needs(while_open="The request is closed: there is no time limit to extend.")


def _extend_for_public_interest(course: Course, event: ClockEvent) -> None:
    """FOIA s.10(3), s.17(1) and (2): the notice stays due on day 20; at most day 40 unless a reason is given."""
    if course.is_eir:
        raise ClockOrderError(
            "The EIR know no extension for the public interest test. Extend under reg 7 if the request is "
            "complex and voluminous."
        )
    day = event.day
    _check_running(course, day)
    if event.estimate and event.estimate < day:
        raise ClockOrderError(
            f"The estimated date {short_date(event.estimate)} lies before the notice of {short_date(day)}. Check both."
        )
    first, course.extension = course.extension is None, Extension(day, event.estimate)
    named = event.provision or "no qualified exemption is named"
    text = f"Public interest test extended (s.10(3), {named})"
    basic, furthest = course.limit(RESPONSE_WORKING_DAYS), course.limit(EXTENDED_WORKING_DAYS)
    if basic is None or furthest is None:
        course.happened.append((day, f"{text}; the limit follows when the fee is paid"))
        return
    if not event.as_recorded:
        _check_estimate(event, basic, furthest)
    text += f" to {short_date(max(basic, event.estimate or furthest))}"
    if first and day > basic:
        text += f"; the notice was due on {short_date(basic)} (s.17(1))"
    if event.estimate and event.estimate > furthest:
        why = event.reason.strip() or "not by the calendar of the day it was notified"
        text += f"; more than {EXTENDED_WORKING_DAYS} working days: {why}"
    course.happened.append((day, text))


def _check_estimate(event: ClockEvent, basic: date, furthest: date) -> None:
    """FOIA s.17(2): the estimate lies after the 20th day and, unless a reason is given, not after the 40th."""
    if event.estimate and event.estimate <= basic:
        raise ClockOrderError(
            f"The estimated date {short_date(event.estimate)} is not later than the limit of {short_date(basic)}: "
            "there is nothing to extend."
        )
    if event.estimate and event.estimate > furthest and not event.reason.strip():
        raise ClockOrderError(
            f"The estimated date {short_date(event.estimate)} is later than {short_date(furthest)}, the "
            f"{EXTENDED_WORKING_DAYS}th working day. Give the reason why more time is needed, or an earlier date."
        )


def _extend_for_complexity(course: Course, event: ClockEvent) -> None:
    """EIR reg 7(1) and (3): 40 working days, if the applicant is told within the first 20."""
    if not course.is_eir:
        raise ClockOrderError(
            "An extension for complexity and volume exists under the EIR only. Name the regime EIR, or extend "
            "for the public interest test (s.10(3))."
        )
    day = event.day
    _check_running(course, day)
    late = course.passed(day)
    if late:
        course.happened.append((day, f"Extension notified after {short_date(late)}: no effect (reg 7(3))"))
        return
    course.extension = Extension(day, None)
    furthest = course.limit(EXTENDED_WORKING_DAYS)
    until = f"to {short_date(furthest)}" if furthest else "; the limit follows when the charge is paid"
    course.happened.append((day, f"Extended for complexity and volume (reg 7(1)) {until}"))


def _check_running(course: Course, day: date) -> None:
    """Refuse an extension when nothing is there to extend. Raises ClockOrderError."""
    if course.responded:
        raise ClockOrderError(
            f"The time was extended on {short_date(day)}, after the response of {short_date(course.responded)}. "
            "Check both dates."
        )
    if course.started is None:
        raise ClockOrderError(
            f"The time was extended on {short_date(day)}, while the clock stood until the applicant's answer: there "
            "was no limit to extend. Check the dates."
        )


PIT_EXTENSION = RecordedKind(
    code="pit_extension",
    label="Extended for the public interest test",
    law=Law(foia=("FOIA ss.10(3), 17(2)",)),
    fields=(
        happened_on(
            "Date of the notice", json="notice_date", missing="Enter the date of the notice (s.17(1))."
        ),
        Field(
            "provision",
            FieldType.EXEMPTION,
            "Qualified exemption",
            "The one whose public interest test is not finished, such as 31(1)(a).",
            json="provision",
            missing="Name the qualified exemption whose public interest test is not finished (s.10(3)).",
            longest=60,
            phrase="exemption {}",
        ),
        Field(
            "estimate",
            FieldType.DAY,
            "Estimated date of the decision",
            json="estimate",
            missing="Enter the date by which the notice says the decision will be reached (s.17(2)).",
            phrase="decision expected by {}",
        ),
        reason("Needed when the estimate is later than the 40th working day."),
    ),
    rank=50,
    on_limit=_extend_for_public_interest,
    recorded_by=Permission.WORK_CASE,
    needs=_WHILE_OPEN,
    about=(
        "Only the public interest test of a qualified exemption can take longer than 20 working days (section 10(3)). "
        "The refusal notice itself stays due on the 20th working day. This page records the extension; it does not "
        "send the notice.",
        "The ICO expects a decision by the 40th working day. A later estimate needs a reason. An absolute "
        "exemption, the cost limit and a vexatious request give no more time.",
    ),
    notice_has_to=(
        "name the qualified exemption and its subsection, and say why it applies (section 17(1))",
        "say that the public interest has not been decided yet, and by when you expect to decide (section 17(2))",
        "tell how to ask for a review and how to complain to the ICO (section 17(7))",
        "go with whatever is not under that exemption: that is due on the 20th working day (section 10(1))",
    ),
)

EIR_EXTENSION = RecordedKind(
    code="eir_extension",
    label="Extended for complexity and volume",
    law=Law(eir=("EIR reg 7",)),
    fields=(
        happened_on(
            "Date the applicant was told",
            json="notice_date",
            missing="Enter the date of the notice (reg 7(3)).",
        ),
        reason(
            "Why the request is both complex and voluminous (reg 7(1)).",
            missing="Say why the request is complex and voluminous (reg 7(1)).",
        ),
    ),
    rank=50,
    on_limit=_extend_for_complexity,
    recorded_by=Permission.WORK_CASE,
    needs=_WHILE_OPEN,
    about=(
        "The time becomes 40 working days when the request is both complex and voluminous (regulation 7(1)) and the "
        "applicant is told within the first 20 (regulation 7(3)).",
    ),
)
