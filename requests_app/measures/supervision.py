"""Supervision: the requests that want a supervisor's review, and those with an action that is late."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from foitracker.working_days.expressions import nth_day_is_over
from requests_app.measures.view import ALL_STATUSES, IS_OPEN, RequestMeasure, RequestView, needs
from requests_app.models import FoiRequest, SupervisionReview

_REVIEWS = SupervisionReview.objects.filter(foi_request=OuterRef("pk"))


def _first_day_recent(view: RequestView) -> date:
    """The first day on which a review is recent enough that no other is wanted yet."""
    yesterday = view.today - timedelta(days=1)
    return view.calendar.first_day_beyond(yesterday, -view.authority.supervise_every_days)


def _first_is_late(view: RequestView) -> Q:
    """Today is after the working day by which a request has its first review.

    That is a day of the time limit; while no limit runs, it is counted from receipt.
    """
    number = view.authority.supervise_by_day
    in_limit = nth_day_is_over("started_on", number, "paused_days", view.today, view.calendar)
    since_receipt = nth_day_is_over("received_on", number, "", view.today, view.calendar)
    return Q(started_on__isnull=False) & in_limit | Q(started_on__isnull=True) & since_receipt


def supervision_wanted_on(case: FoiRequest, view: RequestView) -> date:
    """Return the last day for the next supervision review of an open request, read from its reviews.

    So many working days after the last one, or the working day of the time limit that the authority has set.
    """
    reviewed = [review.reviewed_on for review in case.supervision_reviews.all()]
    if reviewed:
        return view.calendar.add_working_days(max(reviewed), view.authority.supervise_every_days)
    number = view.authority.supervise_by_day
    if case.started_on is None:
        return view.calendar.add_working_days(case.received_on, number)
    return view.calendar.add_working_days(case.started_on, number + case.paused_days)


SUPERVISION_DUE = RequestMeasure(
    code="supervision_due",
    name="Supervision review overdue",
    condition=lambda view: (
        IS_OPEN
        & ~Q(Exists(_REVIEWS.filter(reviewed_on__gte=_first_day_recent(view))))
        & (Q(Exists(_REVIEWS)) | _first_is_late(view))
    ),
    holds=lambda case, view: not case.is_closed and supervision_wanted_on(case, view) < view.today,
    tone="wait",
    shape="triangle",
    filters=needs("supervision_due"),
)

SUPERVISION_ACTION_OVERDUE = RequestMeasure(
    code="supervision_action_overdue",
    name="Supervision action overdue",
    condition=lambda view: Q(Exists(_REVIEWS.filter(done_at__isnull=True, action_due_on__lt=view.today))),
    holds=lambda case, view: any(
        review.is_action_overdue(view.today) for review in case.supervision_reviews.all()
    ),
    tone="bad",
    shape="triangle",
    filters=needs("supervision_action_overdue"),
    list_also={"status": ALL_STATUSES},
)
