"""Supervision reviews of a request, and the actions of all."""

from datetime import date

from django.db.models import F, QuerySet

from requests_app.models import FoiRequest, SupervisionReview


def reviews_of(case: FoiRequest) -> QuerySet[SupervisionReview]:
    """Return the supervision reviews of a request, the latest first, with the people named in them."""
    return case.supervision_reviews.select_related("reviewed_by", "action_by", "done_by")


def review_of(case: FoiRequest, pk: int) -> SupervisionReview | None:
    """Return the review of a request with this key that has an action; None when there is none."""
    return reviews_of(case).filter(pk=pk, action_due_on__isnull=False).first()


def actions(show: str, *, today: date) -> QuerySet[SupervisionReview]:
    """Return the actions that are open (""), "overdue" or "all", the first due first and closed ones last."""
    found = SupervisionReview.objects.filter(action_due_on__isnull=False)
    if show != "all":
        found = found.filter(done_at__isnull=True)
    if show == "overdue":
        found = found.filter(action_due_on__lt=today)
    return (
        found.select_related("foi_request", "action_by")
        .defer("foi_request__words", "foi_request__search")
        .order_by(F("done_at").desc(nulls_first=True), "action_due_on", "pk")
    )
