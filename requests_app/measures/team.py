"""What a manager's day is laid out by: the next days, the stages, what requests wait for, what is left to do."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.measures.dates import IN_TIME
from requests_app.measures.stages import HAS_SEARCH
from requests_app.measures.standing import has_undelivered_letter, undelivered_letters
from requests_app.measures.view import (
    ALL_STATUSES,
    HAS_ANSWER,
    IS_OPEN,
    RUNS,
    RequestMeasure,
    RequestView,
    has_answer,
    needs,
    runs,
)
from requests_app.models import (
    ContactTask,
    FoiRequest,
    IssueHold,
    Letter,
    LetterStatus,
    RecordedClockEvent,
    SupervisionReview,
)
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.kinds.regulator import COMPLAINT_MADE, DECISION_NOTICE, NOTICES

#: The days ahead that a manager plans.
NEXT_DAYS = 5

#: The answer is written, and waits for somebody to approve or to issue it.
_WITH_ANSWER = (Status.AWAITING_APPROVAL, Status.READY_TO_ISSUE)


def _first_day_after_next(view: RequestView) -> date:
    return view.calendar.first_day_beyond(view.today, NEXT_DAYS)


DUE_NEXT = RequestMeasure(
    code="due_next",
    name="Due in five working days or fewer",
    condition=lambda view: IN_TIME.condition(view) & Q(due_on__lt=_first_day_after_next(view)),
    holds=lambda case, view: (
        IN_TIME.holds(case, view) and bool(case.due_on and case.due_on < _first_day_after_next(view))
    ),
    tone="wait",
    shape="half",
    is_offered=False,
)

CLOCK_STOPPED = RequestMeasure(
    code="clock_stopped",
    name="Open, with the clock stopped",
    # an answer that is open again, to correct it, has no due day either, and no clock that is stopped
    condition=lambda view: IS_OPEN & Q(due_on__isnull=True, responded_on__isnull=True),
    holds=lambda case, view: not case.is_closed and case.due_on is None and case.responded_on is None,
    tone="wait",
    shape="pause",
    is_offered=False,
)

ANSWER_WAITS = RequestMeasure(
    code="answer_waits",
    name="Waiting for approval or issue",
    condition=lambda view: Q(status__in=_WITH_ANSWER),
    holds=lambda case, view: case.status in _WITH_ANSWER,
    tone="wait",
    shape="diamond",
    is_offered=False,
)


def _stage(
    code: str, name: str, tone: str, condition: Q, holds: Callable[[FoiRequest], bool]
) -> RequestMeasure:
    """Where a request stands whose answer is owed and in time: each is in one stage."""
    return RequestMeasure(
        code=f"stage_{code}",
        name=name,
        condition=lambda view: IN_TIME.condition(view) & condition,
        holds=lambda case, view: IN_TIME.holds(case, view) and holds(case),
        tone=tone,
        shape="half",
        filters={"stage": code},
    )


def _is_begun(case: FoiRequest) -> bool:
    return bool(case.searches.all()) or has_answer(case)


_BEGUN = Q(HAS_SEARCH) | Q(HAS_ANSWER)

NOT_STARTED = _stage(
    "not_started",
    "In time, not started",
    "info",
    ~Q(status__in=_WITH_ANSWER) & ~_BEGUN,
    lambda case: case.status not in _WITH_ANSWER and not _is_begun(case),
)
WORKED_ON = _stage(
    "worked_on",
    "In time, being worked on",
    "progress",
    ~Q(status__in=_WITH_ANSWER) & _BEGUN,
    lambda case: case.status not in _WITH_ANSWER and _is_begun(case),
)
ANSWERED_IN_DRAFT = _stage(
    "answer_waits",
    "In time, waiting for approval or issue",
    "wait",
    Q(status__in=_WITH_ANSWER),
    lambda case: case.status in _WITH_ANSWER,
)

TO_BEGIN = RequestMeasure(
    code="to_begin",
    name="With an officer, no search or draft recorded",
    condition=lambda view: RUNS & Q(officer__isnull=False) & ~Q(status__in=_WITH_ANSWER) & ~_BEGUN,
    holds=lambda case, view: (
        runs(case) and case.officer_id is not None and case.status not in _WITH_ANSWER and not _is_begun(case)
    ),
    tone="wait",
    shape="pause",
    filters=needs("to_begin"),
)


def standing_holds() -> QuerySet[IssueHold]:
    """Return the holds whose advice has not come."""
    return IssueHold.objects.filter(ended_at__isnull=True, advised_at__isnull=True)


ADVICE_AWAITED = RequestMeasure(
    code="advice_awaited",
    name="Advice not come",
    condition=lambda view: IS_OPEN & Q(Exists(standing_holds().filter(foi_request=OuterRef("pk")))),
    holds=lambda case, view: (
        not case.is_closed and any(not hold.ended_at and not hold.advised_at for hold in case.holds.all())
    ),
    tone="wait",
    shape="pause",
    filters=needs("advice_awaited"),
)

#: A review is of an answer that went out: most of these requests are closed.
_CLOSED_ALSO = {"status": ALL_STATUSES}

REVIEW_OWED = RequestMeasure(
    code="review_owed",
    name="Internal review: outcome owed",
    condition=lambda view: Q(review_due_on__isnull=False),
    holds=lambda case, view: case.review_due_on is not None,
    tone="wait",
    shape="half",
    filters=needs("review_owed"),
    list_also=_CLOSED_ALSO,
)


def _in_force() -> QuerySet[RecordedClockEvent]:
    return RecordedClockEvent.objects.filter(replaced_by__isnull=True, is_withdrawn=False)


def _in_force_of(case: FoiRequest) -> list[RecordedClockEvent]:
    rows = list(case.recorded_clock_events.all())
    replaced = {row.replaced_row_id for row in rows}
    return [row for row in rows if row.pk not in replaced and not row.is_withdrawn]


def open_complaints() -> QuerySet[RecordedClockEvent]:
    """Return the complaints to the regulator that no decision notice of that day or later has followed."""
    decided = _in_force().filter(
        kind=DECISION_NOTICE.code, foi_request=OuterRef("foi_request"), on__gte=OuterRef("on")
    )
    return _in_force().filter(~Exists(decided), kind=COMPLAINT_MADE.code)


def _has_open_complaint(case: FoiRequest) -> bool:
    in_force = _in_force_of(case)
    decided = [row.on for row in in_force if row.kind == DECISION_NOTICE.code]
    return any(
        row.kind == COMPLAINT_MADE.code and not any(day >= row.on for day in decided) for row in in_force
    )


REGULATOR_AWAITED = RequestMeasure(
    code="regulator_awaited",
    name="Complaint with the regulator",
    condition=lambda view: Q(pk__in=open_complaints().order_by().values("foi_request")),
    holds=lambda case, view: _has_open_complaint(case),
    tone="wait",
    shape="pause",
    filters=needs("regulator_awaited"),
    list_also=_CLOSED_ALSO,
)

_NOTICES = tuple(kind.code for kind in NOTICES)


def required_steps(view: RequestView) -> QuerySet[RecordedClockEvent]:
    """Return the notices whose day to comply by binds (FOIA ss.50(4), 51(1), 52(1)).

    That the steps were taken is not recorded. So a notice on a closed request counts up to its day, and one on an open
    request until that is closed.
    """
    binds = Q(comply_by__gte=view.today) | Q(comply_by__isnull=False) & ~Q(foi_request__status=Status.CLOSED)
    return _in_force().filter(binds, kind__in=_NOTICES)


STEPS_REQUIRED = RequestMeasure(
    code="steps_required",
    name="Steps the regulator requires",
    condition=lambda view: Q(pk__in=required_steps(view).order_by().values("foi_request")),
    holds=lambda case, view: any(
        row.kind in _NOTICES
        and row.comply_by is not None
        and (row.comply_by >= view.today or not case.is_closed)
        for row in _in_force_of(case)
    ),
    tone="wait",
    shape="half",
    filters=needs("steps_required"),
    list_also=_CLOSED_ALSO,
)

_IN_HAND = (LetterStatus.DRAFT, LetterStatus.SUBMITTED, LetterStatus.APPROVED)


def _left_to_do() -> QuerySet[Any, Any]:
    """The requests with something left to do: found from the little that is left, not from the archive."""
    return (
        Letter.objects.filter(status__in=_IN_HAND)
        .order_by()
        .values("foi_request")
        .union(
            undelivered_letters().order_by().values("letter__foi_request"),
            ContactTask.objects.filter(closed_at__isnull=True).order_by().values("foi_request"),
            IssueHold.objects.filter(ended_at__isnull=True).order_by().values("foi_request"),
            SupervisionReview.objects.filter(done_at__isnull=True, action_due_on__isnull=False)
            .order_by()
            .values("foi_request"),
        )
    )


def _is_left_to_do(case: FoiRequest) -> bool:
    return (
        any(letter.status in _IN_HAND for letter in case.letters.all())
        or has_undelivered_letter(case)
        or any(task.closed_at is None for task in case.contact_tasks.all())
        or any(hold.ended_at is None for hold in case.holds.all())
        or any(
            review.action_due_on is not None and review.done_at is None
            for review in case.supervision_reviews.all()
        )
    )


#: What keeps a closed request from being filed, as the page and the guide say it.
UNFILED_MEANS = (
    "Closed, with something left to do: a letter in draft, or not delivered; a promise to the applicant not kept yet; "
    "advice that is awaited or not taken up; an action of a supervision review not done."
)

CLOSED_UNFILED = RequestMeasure(
    code="closed_unfiled",
    name="Closed, with something left to do",
    condition=lambda view: Q(status=Status.CLOSED) & Q(pk__in=_left_to_do()),
    holds=lambda case, view: case.is_closed and _is_left_to_do(case),
    tone="wait",
    shape="triangle",
    filters=needs("closed_unfiled"),
    list_also=_CLOSED_ALSO,
)
