"""The time limits of a request, with their working: FOIA ss.1(3), 9, 10, 17; EIR regs 5 to 11, 14.

Dated facts go in; status and dates come out. Nothing is counted on from the day before. The day of receipt
is day 0, also when it is not a working day: s.10(6) asks on which day the request arrived, not whether the
office was open. The answer is due by the end of day 20.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from foitracker.casework.overdue import is_overdue
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS, ClockPolicy, Course
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.following import check_received, follow, follow_remedies
from requests_app.rules.clock.law import Regime
from requests_app.rules.clock.related_requests import related_requests
from requests_app.rules.clock.working import ClockStep, working

_AS_THE_ACT_SAYS = ClockPolicy()


class ClockStatus(StrEnum):
    """What the clock does on the day it is read."""

    RUNNING = "running"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    AWAITING_FEE = "awaiting_fee"
    RESPONDED = "responded"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The clock as it stands at the end of the day `read_on` (the day of the response, once there is one).

    Dates take account of every event given; a date that does not apply is None, and so is `response_due` while
    an answer or a payment is awaited. `status`, `working_day`, `working_days_left` and `is_overdue` say how it
    stood on `read_on`: later events do not touch them. `started_on` is day 0. `working_day` and
    `working_days_left` add up to `limit`, the number of working days allowed (20 unless extended); days left are
    negative once the limit has passed, and all three are None while the clock has no limit. `is_overdue` is True
    from the day after the limit on, also on a weekend, when no working day has been missed yet. `comply_by` is the
    day stated in a notice of the regulator. The other dates are named as in `as_json`.
    """

    status: ClockStatus
    regime: Regime
    received_on: date
    read_on: date
    started_on: date | None
    day_one: date | None
    response_due: date | None
    refusal_notice_due: date | None
    limit: int | None
    working_day: int | None
    working_days_left: int | None
    is_overdue: bool
    responded_on: date | None
    clarification_lapses_on: date | None
    lapse_warning_on: date | None
    fee_payable_by: date | None
    review_request_by: date | None
    review_due: date | None
    representations_by: date | None
    ico_complaint_by: date | None
    tribunal_appeal_by: date | None
    comply_by: date | None
    aggregation_window_ends: date | None
    calendar_version: str
    steps: tuple[ClockStep, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the reading as JSON values, dates in ISO form, under the names `manage.py due_date` prints."""
        found: dict[str, Any] = {"received": self.received_on.isoformat()}
        for name in _JSON_NAMES:
            value = getattr(self, name)
            found[name] = value.isoformat() if isinstance(value, date) else value
        found["steps"] = [
            {"date": step.date.isoformat(), "counts": step.counts, "reason": step.reason}
            for step in self.steps
        ]
        return found


_JSON_NAMES = (
    "day_one",
    "response_due",
    "refusal_notice_due",
    "status",
    "is_overdue",
    "limit",
    "regime",
    "working_day",
    "working_days_left",
    "clarification_lapses_on",
    "fee_payable_by",
    "review_request_by",
    "review_due",
    "representations_by",
    "ico_complaint_by",
    "tribunal_appeal_by",
    "comply_by",
    "aggregation_window_ends",
    "calendar_version",
)


def response_due(
    received_on: date,
    events: Sequence[ClockEvent],
    calendar: WorkingDayCalendar,
    policy: ClockPolicy = _AS_THE_ACT_SAYS,
) -> date | None:
    """Return the last day for the response: the 20th working day after receipt (s.10(1)), or the extended limit.

    None while information (s.1(3)) or a fee (s.9) is awaited, and when the request has lapsed for want of either.
    Raises ClockOrderError and CalendarNotCovered.
    """
    if not events and not policy.deemed_next_working_day:
        check_received(received_on)
        return calendar.add_working_days(received_on, RESPONSE_WORKING_DAYS)
    return follow(received_on, events, calendar, policy).response_due


def response_due_dates(received_on: Sequence[date], calendar: WorkingDayCalendar) -> list[date]:
    """Return the last day for the response to each of many requests without events, in their order.

    Raises ClockOrderError and CalendarNotCovered.
    """
    if received_on:
        check_received(min(received_on))
    return calendar.add_working_days_to_each(received_on, RESPONSE_WORKING_DAYS)


def read_clock(
    received_on: date,
    events: Sequence[ClockEvent],
    calendar: WorkingDayCalendar,
    *,
    on: date,
    policy: ClockPolicy = _AS_THE_ACT_SAYS,
) -> ClockReading:
    """Read the clock of a request at the end of the day `on`, with its working in `steps`.

    Raises ClockOrderError for impossible facts, CalendarNotCovered for dates that cannot be counted.
    """
    course = follow(received_on, events, calendar, policy)
    then = follow(received_on, _known_on(on, events), calendar, policy)
    return _reading(course, then, events, on)


def _reading(course: Course, then: Course, events: Sequence[ClockEvent], on: date) -> ClockReading:
    """The dates of `course`, which knows every event, and how it stood `then`, at the end of the day `on`."""
    received_on, calendar = course.received_on, course.calendar
    later = follow_remedies(events, course.regime, calendar)
    window, related = (None, []) if course.is_eir else related_requests(received_on, events, calendar)
    status, lapses_on = _status(then, on), course.lapses_on
    read_on = then.responded or on
    day = None if then.started is None or status is ClockStatus.LAPSED else then.counted(read_on)
    return ClockReading(
        status=status,
        regime=course.regime,
        received_on=received_on,
        read_on=read_on,
        started_on=course.started,
        day_one=course.day_one,
        response_due=course.response_due,
        refusal_notice_due=course.refusal_notice_due,
        limit=None if day is None else then.limit_days,
        working_day=day,
        working_days_left=None if day is None else then.limit_days - day,
        is_overdue=is_overdue(then.response_due, read_on),
        responded_on=course.responded,
        clarification_lapses_on=lapses_on,
        lapse_warning_on=lapses_on and lapses_on - timedelta(days=course.policy.lapse_warning_days),
        fee_payable_by=course.charges[-1].payable_by if course.charges else None,
        review_request_by=later.review_request_by,
        review_due=later.review_due,
        representations_by=later.representations_by,
        ico_complaint_by=later.ico_complaint_by,
        tribunal_appeal_by=later.tribunal_appeal_by,
        comply_by=later.comply_by,
        aggregation_window_ends=window,
        calendar_version=calendar.version,
        steps=working(course, (*course.happened, *later.happened, *related), on),
    )


def _known_on(on: date, events: Sequence[ClockEvent]) -> list[ClockEvent]:
    """The events up to a day, and what holds for the request as a whole."""
    return [event for event in events if (event.on and event.on <= on) or event.kind.holds_throughout]


def _status(course: Course, on: date) -> ClockStatus:
    """FOIA s.1(3) and s.9(2): without the answer or the payment in its time there is no duty to comply."""
    if course.responded:
        return ClockStatus.RESPONDED
    if course.lapses_on:
        return ClockStatus.LAPSED if on > course.lapses_on else ClockStatus.AWAITING_CLARIFICATION
    if course.unpaid:
        return ClockStatus.LAPSED if on > course.unpaid.payable_by else ClockStatus.AWAITING_FEE
    return ClockStatus.RUNNING
