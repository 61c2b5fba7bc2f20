"""On which days a request of the team is worked, from its receipt to its answer."""

from dataclasses import dataclass
from datetime import date

from dashboard.demonstration.data.team.course import Course


@dataclass(frozen=True)
class Schedule:
    """The days of the steps, in this order; each is a working day, and several steps may fall on one."""

    taken_up: date
    searched: date
    decided: date
    submitted: date
    approved: date


def schedule(course: Course, *, delay: int = 0) -> Schedule:
    """Return the days on which a request is worked; it is taken up `delay` working days later than usual.

    What is decided comes after the last question, extension or payment that lies before the answer.
    """
    calendar, ended_on = course.calendar, course.ended_on
    taken_up = min(calendar.add_working_days(course.received_on, 1 + delay), ended_on)
    happened = [fact.on for fact in course.facts if fact.on < ended_on]
    if course.question:
        taken_up = min(taken_up, course.question.asked)
        happened += [day for day in (course.question.asked, course.question.answered) if day]
    taken_up = min([taken_up, *happened])
    since = max([taken_up, *happened])
    days = calendar.count_working_days(since, ended_on)

    def on(number: int) -> date:
        return calendar.add_working_days(since, number) if number > 0 else since

    return Schedule(taken_up, on(min(days // 2, days - 5)), on(days - 5), on(days - 4), on(days - 2))
