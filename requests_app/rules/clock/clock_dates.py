"""The dates of a request that its row caches: what lists, measures and reminders are read from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.rules.clock.counted_days import counted_days
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS, ClockPolicy, Course
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.following import check_received, follow, follow_remedies

_AS_THE_ACT_SAYS = ClockPolicy()


@dataclass(frozen=True, slots=True)
class ClockDates:
    """The dates in force. Each is None while it does not apply.

    `due_on` is the last day for the response, `started_on` the day 0 of that limit and `paused_days` the working
    days since then that did not count (s.10(2)): the nth day of the limit is the working day n + `paused_days` after
    day 0, once that day has come. `notice_due_on` is the last day for a notice under s.17(1). While an answer or a
    payment is awaited, `awaited_since` is the day it was asked for and `lapses_on` the last day for it.
    `review_due_on` is the last day for the outcome of the review that is open.
    """

    due_on: date | None
    started_on: date | None
    paused_days: int
    notice_due_on: date | None
    awaited_since: date | None
    lapses_on: date | None
    review_due_on: date | None


def clock_dates(
    received_on: date,
    events: Sequence[ClockEvent],
    calendar: WorkingDayCalendar,
    policy: ClockPolicy = _AS_THE_ACT_SAYS,
) -> ClockDates:
    """Return the dates in force, from every event given. Raises ClockOrderError and CalendarNotCovered."""
    if not events and not policy.deemed_next_working_day:  # most requests, and much the faster way
        check_received(received_on)
        due = calendar.add_working_days(received_on, RESPONSE_WORKING_DAYS)
        return ClockDates(due, received_on, 0, due, None, None, None)
    course = follow(received_on, events, calendar, policy)
    since, lapses_on = _awaited(course)
    return ClockDates(
        due_on=course.response_due,
        started_on=course.started,
        paused_days=_paused_days(course),
        notice_due_on=course.refusal_notice_due,
        awaited_since=since,
        lapses_on=lapses_on,
        review_due_on=_review_due(events, course, calendar),
    )


def _awaited(course: Course) -> tuple[date | None, date | None]:
    """Since when an answer or a payment is awaited, and the last day for it (ss.1(3), 9(2))."""
    if course.responded:
        return None, None
    if course.open_questions:
        return max(question.asked for question in course.open_questions), course.lapses_on
    if course.unpaid:
        return course.unpaid.notified, course.unpaid.payable_by
    return None, None


def _paused_days(course: Course) -> int:
    """How many working days after day 0 did not count; 0 while the clock stands, because it has no day then."""
    if course.started is None or course.unpaid or not course.charges:
        return 0
    last = max(end for _, end in course.pauses)
    if last <= course.started:
        return 0
    through = course.calendar.count_working_days(course.started, last)
    return through - counted_days(course.started, last, course.pauses, course.calendar)


def _review_due(events: Iterable[ClockEvent], course: Course, calendar: WorkingDayCalendar) -> date | None:
    after = [event for event in events if event.kind.on_remedies]
    if not after:
        return None
    later = follow_remedies(after, course.regime, calendar)
    return later.review_due if later.review_received and not later.review_ended else None
