"""Recovery plans: what a plan would be about, its list of requests, and its planned and actual lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Least

from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from requests_app.models import FoiRequest, PlannedRequest, RecoveryPlan
from requests_app.rules.casework.recovery import LONGEST_DAYS, old_before, planned_open, week_ends
from requests_app.rules.casework.workflow import Status

#: Neither answered nor closed. Answered and open again, to correct the letter, is answered.
UNANSWERED = ~Q(status=Status.CLOSED) & Q(responded_on__isnull=True)


@dataclass(frozen=True)
class RecoveryWeek:
    """A point of both lines: how many requests of a plan are to be open at the end of a day, and how many are.

    `actual` is None for a day that is not over.
    """

    week: date
    planned: int
    actual: int | None


def old_requests(today: date, calendar: WorkingDayCalendar) -> QuerySet[FoiRequest]:
    """Return the unanswered requests that have waited longer than 20 working days since receipt, the oldest first."""
    old = Q(received_on__lt=old_before(today, calendar))
    return FoiRequest.objects.filter(UNANSWERED & old).order_by("received_on", "pk")


def plans() -> QuerySet[RecoveryPlan]:
    """Return the recovery plans, the latest first, with how many requests each has and how many are unanswered."""
    unanswered = Q(planned__foi_request__responded_on__isnull=True) & ~Q(
        planned__foi_request__status=Status.CLOSED
    )
    return (
        RecoveryPlan.objects.select_related("made_by")
        .annotate(size=Count("planned"), still_open=Count("planned", filter=unanswered))
        .order_by("-made_on", "-pk")
    )


def requests_of(plan: RecoveryPlan) -> QuerySet[PlannedRequest]:
    """Return the requests of a plan as they stand now, the oldest first."""
    return (
        PlannedRequest.objects.filter(plan=plan)
        .select_related("foi_request__officer")
        .defer("foi_request__words", "foi_request__search")
        .order_by("foi_request__received_on", "foi_request__pk")
    )


def recovery_weeks(plan: RecoveryPlan, today: date, calendar: WorkingDayCalendar) -> list[RecoveryWeek]:
    """Return the lines of a plan: the day it was made, every Friday after it, and its last day.

    Where requests are still open after that, it goes on to the last Friday, for a year at most. How many were open on
    a day is read from the days they were answered or closed; one that is open again counts as open throughout.
    """
    cleared = list(
        PlannedRequest.objects.filter(plan=plan).values_list(
            Least("foi_request__responded_on", "foi_request__closed_on"), flat=True
        )
    )
    days = week_ends(plan.made_on, plan.clear_by)
    days += [day for day in _after(plan, cleared, today) if day not in days]
    return [
        RecoveryWeek(
            day,
            _planned(len(cleared), plan, day, calendar),
            _open_on(day, cleared) if day <= today else None,
        )
        for day in days
    ]


def _planned(number: int, plan: RecoveryPlan, day: date, calendar: WorkingDayCalendar) -> int:
    """The planned line; none can be worked out where a change of the calendar has left the plan outside it."""
    try:
        return planned_open(number, plan.made_on, plan.clear_by, day, calendar)
    except CalendarNotCovered:
        return number if day < plan.clear_by else 0


def _after(plan: RecoveryPlan, cleared: Sequence[date | None], today: date) -> list[date]:
    """The Fridays after the last day of a plan until the last request was cleared, or until now."""
    late = [day for day in cleared if day is None or day > plan.clear_by]
    if not late:
        return []
    last = max((day for day in late if day), default=plan.clear_by)
    until = today if None in late else last + timedelta(days=6)
    until = min(until, today, plan.clear_by + timedelta(days=LONGEST_DAYS))
    return [day for day in week_ends(plan.clear_by, until + timedelta(days=1))[1:] if day <= until]


def _open_on(day: date, cleared: Sequence[date | None]) -> int:
    return sum(on is None or on > day for on in cleared)


def still_open(plan: RecoveryPlan) -> int:
    """Return how many requests of a plan are unanswered now."""
    return FoiRequest.objects.filter(UNANSWERED, pk__in=plan.planned.values("foi_request")).count()
