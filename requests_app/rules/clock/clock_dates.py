"""The dates of a request that its row caches: what lists, measures and reminders are read from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.rules.clock.counted_days import counted_days
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS, ClockPolicy, Course
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.following import check_received, follow, follow_remedies
from requests_app.rules.clock.kinds.whole_request import REGIME
from requests_app.rules.clock.remedies import Remedies

_AS_THE_ACT_SAYS = ClockPolicy()


@dataclass(frozen=True, slots=True)
class ClockDates:
    """The dates in force. Each is None while it does not apply.

    `due_on` is the last day for the response, `started_on` the day 0 of that limit and `paused_days` the working
    days since then that did not count (s.10(2)): the nth day of the limit is the working day n + `paused_days` after
    day 0, once that day has come. `notice_due_on` is the last day for a notice under s.17(1). While an answer or a
    payment is awaited, `awaited_since` is the day it was asked for and `lapses_on` the last day for it.
    `review_due_on` is the last day for the outcome of the review that is open.

    The others stay once the request is answered. `limit_on` is the last day of the limit as lawfully moved;
    `missed_on` that of a limit which was over before a question was asked that took it away: the breach of s.10(1)
    is not healed by it. `extended_on` is the day of the notice that extended the limit in force. `answer_days` is how
    many days of the clock the answer took. `review_asked_on`, `review_limit_on` and `review_ended_on` are the days of
    the latest review: asked for, to be answered by, and answered.
    """

    due_on: date | None
    started_on: date | None
    paused_days: int
    notice_due_on: date | None
    awaited_since: date | None
    lapses_on: date | None
    review_due_on: date | None
    limit_on: date | None
    missed_on: date | None = None
    extended_on: date | None = None
    answer_days: int | None = None
    review_asked_on: date | None = None
    review_limit_on: date | None = None
    review_ended_on: date | None = None


def clock_dates(
    received_on: date,
    events: Sequence[ClockEvent],
    calendar: WorkingDayCalendar,
    policy: ClockPolicy = _AS_THE_ACT_SAYS,
) -> ClockDates:
    """Return the dates in force, from every event given. Raises ClockOrderError and CalendarNotCovered."""
    if _is_undisturbed(events, policy):  # most requests, and much the faster way
        check_received(received_on)
        due = calendar.add_working_days(received_on, RESPONSE_WORKING_DAYS)
        return ClockDates(due, received_on, 0, due, None, None, None, due)
    course = follow(received_on, events, calendar, policy)
    since, lapses_on = _awaited(course)
    review = _review(events, course, calendar)
    return ClockDates(
        due_on=course.response_due,
        started_on=course.started,
        paused_days=_paused_days(course),
        notice_due_on=course.refusal_notice_due,
        awaited_since=since,
        lapses_on=lapses_on,
        review_due_on=None if review.review_ended else review.review_due,
        limit_on=course.response_due,
        missed_on=course.missed,
        extended_on=course.extension.notified if course.extension else None,
        answer_days=course.counted(course.responded) if course.responded and course.started else None,
        review_asked_on=review.review_received,
        review_limit_on=review.review_due,
        review_ended_on=review.review_ended,
    )


def _is_undisturbed(events: Sequence[ClockEvent], policy: ClockPolicy) -> bool:
    """Whether nothing moves the limit of twenty working days: the regime alone does not (EIR reg 5(2))."""
    if policy.deemed_next_working_day or len(events) > 1:
        return False
    return not events or (events[0].kind is REGIME and events[0].on is None)


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


def _review(events: Iterable[ClockEvent], course: Course, calendar: WorkingDayCalendar) -> Remedies:
    """The dates after the response; none of them where nothing happened after it."""
    after = [event for event in events if event.kind.on_remedies]
    return follow_remedies(after, course.regime, calendar)
