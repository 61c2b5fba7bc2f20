"""What waits for a person: their live requests by due date, and what they may approve, issue or take."""

from django.db.models import F, Q, QuerySet

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.rules.workflow import Status


def my_requests(user: User) -> QuerySet[FoiRequest]:
    """This function will give the live requests a person is the officer of, the first due first."""
    return _live().filter(officer=user)


def unassigned_requests() -> QuerySet[FoiRequest]:
    """This function will give the live requests that have no officer yet, the first due first."""
    return _live().filter(officer__isnull=True)


def letters_to_approve(user: User) -> QuerySet[Letter]:
    """This function will give the letters that wait for approval and that `user` did not decide."""
    return (
        Letter.objects.filter(status=LetterStatus.SUBMITTED)
        .exclude(
            Q(decided_by=user)
            | Q(foi_request__items__decided_by=user)
            | Q(foi_request__claims__claimed_by=user)
        )
        .select_related("foi_request", "decided_by")
        .defer("html", "pdf", "facts", "foi_request__words", "foi_request__search")
        .order_by(F("foi_request__due_on").asc(nulls_last=True), "id")
    )


def letters_to_issue() -> QuerySet[Letter]:
    """This function will give the approved letters that have not left yet, the first due first."""
    return (
        Letter.objects.filter(status=LetterStatus.APPROVED)
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
