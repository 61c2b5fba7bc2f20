"""What the manager of the demonstration does besides: absences, improvement points, a dip sample of issued letters."""

from datetime import UTC, date, datetime, time, timedelta

from dashboard.demonstration.data.days import last_working_day
from dashboard.demonstration.data.improvements import IMPROVEMENTS
from dashboard.demonstration.data.team.plan import begun_on, left_on
from dashboard.demonstration.player.people import Staff
from foitracker.accounts.operations import deactivate_user
from foitracker.improvement.operations import add_point, close_point
from foitracker.reminders.operations.people import enter_absence
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.models import Soundness
from requests_app.operations.dip_sample import assess_letter, draw_sample

#: By their places: who is away, and who covers.
_AWAY, _COVERS = 3, 1
_SAMPLED = 6
_FOUND = (
    (Soundness.SOUND, ""),
    (Soundness.COMMENTS, "The annex repeats the section; say instead what harm would follow."),
    (Soundness.SOUND, ""),
    (
        Soundness.NOT_SOUND,
        "The search does not cover the year asked for. Search again, and correct the answer.",
    ),
)


def supervise(staff: Staff, today: date, calendar: WorkingDayCalendar) -> None:
    """Let one officer be away and another have left; note what is to be improved, and sample what was issued."""
    last = last_working_day(today - timedelta(days=1), calendar)
    enter_absence(
        person=staff.officers[_AWAY],
        from_on=last,
        to_on=calendar.add_working_days(today, 6),
        cover=staff.officers[_COVERS],
        by=staff.manager,
        at=_at(last, 8),
        today=last,
    )
    _improve(staff, today, calendar)
    _sample(staff, begun_on(today, calendar), last)
    left = left_on(today, calendar)
    deactivate_user(user=staff.officers[-1], by=staff.administrator, at=_at(left, 17))


def _improve(staff: Staff, today: date, calendar: WorkingDayCalendar) -> None:
    for planned in IMPROVEMENTS:
        added = last_working_day(today, calendar, planned.added_days_ago)
        point = add_point(
            by=staff.manager,
            at=_at(added, 11),
            today=added,
            text=planned.text,
            source=planned.source,
            owner=staff.officers[planned.owner],
            due_on=calendar.add_working_days(added, planned.due_after),
        )
        if planned.done:
            closed = last_working_day(today, calendar, planned.closed_days_ago)
            close_point(
                point_id=point.pk,
                by=staff.manager,
                at=_at(closed, 15),
                today=closed,
                done=planned.done,
                closed_on=closed,
            )


def _sample(staff: Staff, first: date, last: date) -> None:
    """Six letters of the days since the team has the tracker; two of them are still to be assessed."""
    at = staff.not_to_come(_at(last, 18))
    sample = draw_sample(
        by=staff.manager, at=at, today=last, period_from=first, period_to=last, number=_SAMPLED, seed="2253"
    )
    for letter, (result, comment) in zip(sample.letters.order_by("pk"), _FOUND, strict=False):
        assess_letter(sampled_id=letter.pk, by=staff.manager, at=at, result=result, comment=comment)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)
