"""What is missing of a request by the working day it should be there, and what has come back."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, those_who_may
from foitracker.accounts.queries import away_without_cover
from foitracker.audit.models import Entry
from foitracker.casework.local_day import local
from foitracker.casework.measures import Tile
from foitracker.working_days.expressions import nth_day_is_over
from requests_app.measures.standing import TO_APPROVE, TO_ISSUE
from requests_app.measures.view import (
    HAS_ANSWER,
    IS_OPEN,
    RUNS,
    RequestMeasure,
    RequestView,
    has_answer,
    letters,
    needs,
    runs,
)
from requests_app.models import FoiRequest, LetterStatus, SearchRecord
from requests_app.rules.casework.workflow import Status

#: Working days after which a letter has been with the approver for more than a day.
APPROVAL_DAYS = 2

#: A search is recorded.
HAS_SEARCH = Exists(SearchRecord.objects.filter(foi_request=OuterRef("pk")))
_HAS_SENT_A_LETTER = Exists(letters(status__in=[LetterStatus.ISSUED, LetterStatus.SUPERSEDED]))


def _day_is_over(view: RequestView, number: int) -> Q:
    """Today is after this working day of the time limit."""
    return nth_day_is_over("started_on", number, "paused_days", view.today, view.calendar)


def _is_over(case: FoiRequest, view: RequestView, number: int) -> bool:
    return runs(case) and view.has_passed(case.started_on, number + case.paused_days)


NOT_ACKNOWLEDGED = RequestMeasure(
    code="not_acknowledged",
    name="Not acknowledged",
    condition=lambda view: (
        IS_OPEN
        & Q(responded_on__isnull=True)
        & ~Q(_HAS_SENT_A_LETTER)
        & nth_day_is_over("received_on", view.authority.acknowledge_by_day, "", view.today, view.calendar)
    ),
    holds=lambda case, view: (
        not case.is_closed
        and case.responded_on is None
        and not any(letter.is_issued for letter in case.letters.all())
        and view.has_passed(case.received_on, view.authority.acknowledge_by_day)
    ),
    tone="wait",
    shape="triangle",
    filters=needs("not_acknowledged"),
)

SEARCH_LATE = RequestMeasure(
    code="search_late",
    name="No search recorded in time",
    condition=lambda view: (
        RUNS & ~Q(HAS_SEARCH) & ~Q(HAS_ANSWER) & _day_is_over(view, view.authority.search_by_day)
    ),
    holds=lambda case, view: (
        _is_over(case, view, view.authority.search_by_day)
        and not case.searches.all()
        and not has_answer(case)
    ),
    tone="wait",
    shape="triangle",
    filters=needs("search_late"),
)

DRAFT_LATE = RequestMeasure(
    code="draft_late",
    name="No draft in time",
    condition=lambda view: RUNS & ~Q(HAS_ANSWER) & _day_is_over(view, view.authority.draft_by_day),
    holds=lambda case, view: _is_over(case, view, view.authority.draft_by_day) and not has_answer(case),
    tone="wait",
    shape="triangle",
    filters=needs("draft_late"),
)

APPROVAL_LATE = RequestMeasure(
    code="approval_late",
    name="Not approved in time",
    condition=lambda view: (
        RUNS & ~Q(status=Status.READY_TO_ISSUE) & _day_is_over(view, view.authority.approve_by_day)
    ),
    holds=lambda case, view: (
        case.status != Status.READY_TO_ISSUE and _is_over(case, view, view.authority.approve_by_day)
    ),
    tone="wait",
    shape="triangle",
    filters=needs("approval_late"),
)

_FELL = letters(status=LetterStatus.DRAFT, is_answer=True, returned_at__isnull=False)


def _has_fallen(case: FoiRequest, *, from_approval: bool) -> bool:
    return not case.is_closed and any(
        letter.status == LetterStatus.DRAFT
        and letter.is_answer
        and letter.returned_at is not None
        and letter.approval_fell == from_approval
        for letter in case.letters.all()
    )


RETURNED = RequestMeasure(
    code="returned",
    name="Returned by the approver",
    condition=lambda view: IS_OPEN & Q(Exists(_FELL.filter(approval_fell=False))),
    holds=lambda case, view: _has_fallen(case, from_approval=False),
    tone="wait",
    shape="arrow",
    filters=needs("returned"),
)

APPROVAL_FELL = RequestMeasure(
    code="approval_fell",
    name="Approval no longer stands",
    condition=lambda view: IS_OPEN & Q(Exists(_FELL.filter(approval_fell=True))),
    holds=lambda case, view: _has_fallen(case, from_approval=True),
    tone="bad",
    shape="triangle",
    filters=needs("approval_fell"),
)


def _submitted_for_days(view: RequestView) -> Q:
    beyond = view.calendar.first_day_beyond(view.today, -APPROVAL_DAYS)
    return Q(Exists(letters(status=LetterStatus.SUBMITTED, decided_at__date__lt=beyond)))


APPROVAL_WAITS = RequestMeasure(
    code="approval_waits",
    name="With the approver for more than a day",
    condition=lambda view: TO_APPROVE.condition(view) & _submitted_for_days(view),
    holds=lambda case, view: (
        TO_APPROVE.holds(case, view)
        and any(
            letter.status == LetterStatus.SUBMITTED
            and letter.decided_at
            and view.working_days_until(local(letter.decided_at).date()) <= -APPROVAL_DAYS
            for letter in case.letters.all()
        )
    ),
    tone="wait",
    shape="diamond",
    filters=needs("approval_waits"),
    permission=Permission.APPROVE,
)

_APPROVED = letters(status=LetterStatus.APPROVED, is_answer=True)

NOT_ISSUED = RequestMeasure(
    code="not_issued",
    name="Approved and not issued",
    condition=lambda view: (
        TO_ISSUE.condition(view) & Q(Exists(_APPROVED.filter(approved_at__date__lt=view.today)))
    ),
    holds=lambda case, view: (
        TO_ISSUE.holds(case, view)
        and any(
            letter.status == LetterStatus.APPROVED
            and letter.is_answer
            and letter.approved_at
            and local(letter.approved_at).date() < view.today
            for letter in case.letters.all()
        )
    ),
    tone="wait",
    shape="arrow",
    filters=needs("not_issued"),
)


def last_activity() -> Any:
    """Return the events on a request that somebody did, the latest first. What was looked at is no event."""
    return Entry.objects.filter(subject=OuterRef("reference"), actor__isnull=False).order_by("-sequence")


def _first_day_not_quiet(view: RequestView) -> date:
    """The first day on which something done would still count."""
    return view.calendar.first_day_beyond(view.today, -view.authority.quiet_after_days)


QUIET = RequestMeasure(
    code="quiet",
    name="No recent activity",
    condition=lambda view: (
        RUNS
        & Q(received_on__lt=_first_day_not_quiet(view))
        & ~Q(Exists(last_activity().filter(at__date__gte=_first_day_not_quiet(view))))
    ),
    holds=lambda case, view: (
        runs(case)
        and case.received_on < _first_day_not_quiet(view)
        and not Entry.objects.filter(
            subject=case.reference, actor__isnull=False, at__date__gte=_first_day_not_quiet(view)
        ).exists()
    ),
    tone="wait",
    shape="pause",
    filters=needs("quiet"),
)

_MAY_WORK = Q(officer__in=User.objects.filter(those_who_may(Permission.WORK_CASE)))


OFFICER_GONE = RequestMeasure(
    code="officer_gone",
    name="With somebody who has left",
    condition=lambda view: IS_OPEN & Q(officer__isnull=False) & ~_MAY_WORK,
    holds=lambda case, view: (
        not case.is_closed and case.officer is not None and not can(Permission.WORK_CASE, case.officer)
    ),
    tone="bad",
    shape="ring",
    tiles=(Tile("With somebody who has left", Permission.OVERSEE),),
    filters=needs("officer_gone"),
)

OFFICER_AWAY = RequestMeasure(
    code="officer_away",
    name="With somebody who is away without cover",
    condition=lambda view: IS_OPEN & Q(officer__in=away_without_cover(view.today)),
    holds=lambda case, view: (
        not case.is_closed
        and case.officer_id is not None
        and away_without_cover(view.today).filter(pk=case.officer_id).exists()
    ),
    tone="wait",
    shape="ring",
    filters=needs("officer_away"),
)
