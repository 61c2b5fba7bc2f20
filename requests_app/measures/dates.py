"""The days of a request that come, and those that have passed: of the answer, the notice, the applicant, the review."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from foitracker.accounts.permission_names import Permission
from foitracker.casework.measures import Tile
from foitracker.casework.overdue import is_overdue
from requests_app.measures.view import (
    ALL_STATUSES,
    HAS_ANSWER,
    RUNS,
    RequestMeasure,
    RequestView,
    has_answer,
    needs,
    runs,
)
from requests_app.models import ContactTask, FoiRequest, Regime
from requests_app.rules.casework.workflow import Status

#: Without a draft so many working days before its last day, a request is the manager's business.
NO_DRAFT_DAYS = 3
#: Within so many working days a request is due soon.
SOON_DAYS = 10

#: The limit was extended for the public interest test, which does not extend the time for the notice (s.17(1), (2)).
_IS_EXTENDED = Q(notice_due_on__lt=F("due_on"), regime=Regime.FOIA)


def _is_extended(case: FoiRequest) -> bool:
    return (
        case.regime == Regime.FOIA
        and case.notice_due_on is not None
        and case.due_on is not None
        and case.notice_due_on < case.due_on
    )


def _is_to_come(day: date | None, view: RequestView) -> bool:
    return day is not None and not is_overdue(day, view.today)


def _first_day_beyond(view: RequestView, number: int) -> date:
    """The first day to which there are more than so many working days; a limit may end on a day off (s.17(2))."""
    return view.calendar.first_day_beyond(view.today, number)


IN_TIME = RequestMeasure(
    code="in_time",
    name="Answer owed, and in time",
    condition=lambda view: RUNS & Q(due_on__gte=view.today),
    holds=lambda case, view: runs(case) and _is_to_come(case.due_on, view),
    tone="progress",
    shape="half",
    filters=needs("in_time"),
)

NOT_DRAFTED = RequestMeasure(
    code="not_drafted",
    name="In time, without a draft",
    condition=lambda view: IN_TIME.condition(view) & ~Q(HAS_ANSWER),
    holds=lambda case, view: IN_TIME.holds(case, view) and not has_answer(case),
    tone="progress",
    shape="ring",
    filters=needs("not_drafted"),
)

DUE_SOON = RequestMeasure(
    code="due_soon",
    name="Due in ten working days or fewer",
    condition=lambda view: IN_TIME.condition(view) & Q(due_on__lt=_first_day_beyond(view, SOON_DAYS)),
    holds=lambda case, view: (
        IN_TIME.holds(case, view) and bool(case.due_on and case.due_on < _first_day_beyond(view, SOON_DAYS))
    ),
    tone="wait",
    shape="half",
    filters=needs("due_soon"),
)

NO_DRAFT = RequestMeasure(
    code="no_draft",
    name="Due in three working days or fewer, without a draft",
    condition=lambda view: NOT_DRAFTED.condition(view) & Q(due_on__lt=_first_day_beyond(view, NO_DRAFT_DAYS)),
    holds=lambda case, view: (
        NOT_DRAFTED.holds(case, view)
        and bool(case.due_on and case.due_on < _first_day_beyond(view, NO_DRAFT_DAYS))
    ),
    tone="bad",
    shape="triangle",
    filters=needs("no_draft"),
)

NOTICE_DUE = RequestMeasure(
    code="notice_due",
    name="Extended, with the notice under section 17 to come",
    condition=lambda view: RUNS & _IS_EXTENDED & Q(notice_due_on__gte=view.today),
    holds=lambda case, view: runs(case) and _is_extended(case) and _is_to_come(case.notice_due_on, view),
    tone="wait",
    shape="triangle",
    filters=needs("notice_due"),
)

EXTENDED = RequestMeasure(
    code="extended",
    name="Extended for the public interest test",
    condition=lambda view: RUNS & _IS_EXTENDED & Q(due_on__gte=view.today),
    holds=lambda case, view: runs(case) and _is_extended(case) and _is_to_come(case.due_on, view),
    tone="wait",
    shape="half",
    filters=needs("extended"),
)

CLARIFICATION_AWAITED = RequestMeasure(
    code="clarification_awaited",
    name="Clarification not answered",
    condition=lambda view: Q(status=Status.AWAITING_CLARIFICATION, lapses_on__isnull=False),
    holds=lambda case, view: case.status == Status.AWAITING_CLARIFICATION and case.lapses_on is not None,
    tone="wait",
    shape="pause",
    filters=needs("clarification_awaited"),
)

FEE_AWAITED = RequestMeasure(
    code="fee_awaited",
    name="Fee not paid",
    condition=lambda view: Q(status=Status.AWAITING_FEE, lapses_on__isnull=False),
    holds=lambda case, view: case.status == Status.AWAITING_FEE and case.lapses_on is not None,
    tone="wait",
    shape="pause",
    filters=needs("fee_awaited"),
)

#: A review is of an answer that went out, and a promise may be made after it: many of these requests are closed.
_CLOSED_ALSO = {"status": ALL_STATUSES}

REVIEW_DUE = RequestMeasure(
    code="review_due",
    name="Internal review due",
    condition=lambda view: Q(review_due_on__gte=view.today),
    holds=lambda case, view: _is_to_come(case.review_due_on, view),
    tone="wait",
    shape="half",
    filters=needs("review_due"),
    list_also=_CLOSED_ALSO,
)

REVIEW_OVERDUE = RequestMeasure(
    code="review_overdue",
    name="Internal review overdue",
    condition=lambda view: Q(review_due_on__lt=view.today),
    holds=lambda case, view: is_overdue(case.review_due_on, view.today),
    tone="bad",
    shape="triangle",
    filters=needs("review_overdue"),
    list_also=_CLOSED_ALSO,
)


def _promise_has_come(view: RequestView) -> Q:
    promises = ContactTask.objects.filter(closed_at__isnull=True, due_on__lte=view.today)
    return Q(Exists(promises.filter(foi_request=OuterRef("pk"))))


CONTACT_DUE = RequestMeasure(
    code="contact_due",
    name="Contact promised",
    condition=_promise_has_come,
    holds=lambda case, view: any(task.has_come(view.today) for task in case.contact_tasks.all()),
    tone="wait",
    shape="diamond",
    tiles=(
        Tile("Promises to applicants due", Permission.WORK_CASE, mine=True),
        Tile("Promises to applicants due", Permission.ASSIGN, but_not=Permission.WORK_CASE),
    ),
    filters=needs("contact_due"),
    list_also=_CLOSED_ALSO,
)
