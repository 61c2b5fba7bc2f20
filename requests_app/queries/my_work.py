"""What waits for a person: their live requests by due date, and what they may approve, issue or take."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from foitracker.accounts.models import User
from requests_app.models import (
    DueDateChange,
    FoiRequest,
    LapseWarning,
    Letter,
    LetterStatus,
)
from requests_app.queries.took_part import took_part_in
from requests_app.rules.casework.workflow import WAITING_STATUSES, Status


@dataclass(frozen=True)
class WorkCounts:
    """How much waits. `to_approve` leaves out what the person took part in; `awaiting_approval` does not.

    `mine_moved` are the person's requests whose due date moved with the calendar and that they have not seen.
    """

    mine: int
    mine_overdue: int
    mine_moved: int
    overdue: int
    unassigned: int
    awaiting_approval: int
    to_approve: int
    to_issue: int


def work_counts(user: User, *, today: date) -> WorkCounts:
    """Count what waits for a person and for everyone, in two queries."""
    moved = DueDateChange.objects.filter(foi_request=OuterRef("pk"), acknowledged_at__isnull=True)
    # Statuses are counted, not keys: the index of open requests by officer answers all of it by itself.
    live = FoiRequest.objects.exclude(status=Status.CLOSED).aggregate(
        mine=Count("status", filter=Q(officer=user)),
        mine_overdue=Count("status", filter=Q(officer=user, due_on__lt=today)),
        mine_moved=Count("status", filter=Q(Exists(moved), officer=user)),
        overdue=Count("status", filter=Q(due_on__lt=today)),
        unassigned=Count("status", filter=Q(officer__isnull=True)),
        awaiting_approval=Count("status", filter=Q(status=Status.AWAITING_APPROVAL)),
        to_issue=Count("status", filter=Q(status=Status.READY_TO_ISSUE)),
    )
    return WorkCounts(**live, to_approve=letters_to_approve(user).count())


def closed_by(user: User) -> QuerySet[FoiRequest]:
    """Return the closed requests a person was the officer of, the latest first."""
    return (
        FoiRequest.objects.filter(status=Status.CLOSED, officer=user)
        .defer("words", "search")
        .order_by("-closed_on", "-id")
    )


def my_requests(user: User) -> QuerySet[FoiRequest]:
    """Return the live requests a person is the officer of, soonest due first."""
    return _live().filter(officer=user)


def lapse_warnings(user: User) -> QuerySet[LapseWarning]:
    """Return the warnings of requests that will lapse, or have, and still wait; soonest first.

    Those of the person's own requests and of unassigned ones.
    """
    return (
        LapseWarning.objects.filter(
            Q(foi_request__officer=user) | Q(foi_request__officer__isnull=True),
            foi_request__status__in=WAITING_STATUSES,
        )
        .select_related("foi_request")
        .defer("foi_request__words", "foi_request__search")
        .order_by("lapses_on", "id")
    )


def unassigned_requests() -> QuerySet[FoiRequest]:
    """Return the unassigned live requests, soonest due first."""
    return _live().filter(officer__isnull=True)


def letters_to_approve(user: User) -> QuerySet[Letter]:
    """Return the letters that await approval and in whose decision `user` took no part.

    The status of the case says nothing more, but leads through its open ones by due date.
    """
    return (
        Letter.objects.filter(status=LetterStatus.SUBMITTED, foi_request__status=Status.AWAITING_APPROVAL)
        .filter(~took_part_in(user, "foi_request__reference"))
        .select_related("foi_request", "decided_by")
        .defer("html", "pdf", "facts", "foi_request__words", "foi_request__search")
        .order_by(F("foi_request__due_on").asc(nulls_last=True), "id")
    )


def letters_to_issue() -> QuerySet[Letter]:
    """Return the approved letters not yet issued, soonest due first."""
    return (
        Letter.objects.filter(status=LetterStatus.APPROVED, foi_request__status=Status.READY_TO_ISSUE)
        .select_related("foi_request", "approved_by")
        .defer("html", "pdf", "facts", "foi_request__words", "foi_request__search")
        .order_by(F("foi_request__due_on").asc(nulls_last=True), "id")
    )


def _live() -> QuerySet[FoiRequest]:
    return (
        FoiRequest.objects.exclude(status=Status.CLOSED)
        .select_related("officer")
        .defer("words", "search")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )
