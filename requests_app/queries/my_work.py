"""What My work lists of requests: those a measure counts as a list shows them, their letters and their warnings."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, LapseWarning, Letter, LetterStatus
from requests_app.rules.casework.workflow import Status


def soonest_due(cases: QuerySet[FoiRequest]) -> QuerySet[FoiRequest]:
    """Return requests with their officers, soonest due first."""
    return (
        cases.select_related("officer")
        .defer("words", "search")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )


def closed_by(user: User) -> QuerySet[FoiRequest]:
    """Return the closed requests a person was the officer of, the latest first."""
    return (
        FoiRequest.objects.visible_to(user)
        .filter(status=Status.CLOSED, officer=user)
        .defer("words", "search")
        .order_by("-closed_on", "-id")
    )


def letters_in_hand(cases: Collection[FoiRequest], status: LetterStatus) -> QuerySet[Letter]:
    """Return the letters of requests that have this status, those of the request due soonest first."""
    return (
        Letter.objects.filter(foi_request__in=cases, status=status)
        .select_related("foi_request", "decided_by", "approved_by")
        .defer("html", "pdf", "facts", "foi_request__words", "foi_request__search")
        .order_by(F("foi_request__due_on").asc(nulls_last=True), "foi_request_id", "id")
    )


def warnings_for(user: User, cases: QuerySet[FoiRequest]) -> QuerySet[LapseWarning]:
    """Return the warnings of those of the requests that are a person's own or nobody's; soonest first."""
    return (
        LapseWarning.objects.filter(foi_request__in=cases.filter(Q(officer=user) | Q(officer__isnull=True)))
        .select_related("foi_request")
        .defer("foi_request__words", "foi_request__search")
        .order_by("lapses_on", "id")
    )
