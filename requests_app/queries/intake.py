"""What intake looks up before a request is logged."""

from datetime import date, datetime

from foitracker.accounts.models import User
from requests_app.models import FoiRequest


def same_request_logged(
    by: User, *, received_on: date, subject: str, words: str, since: datetime
) -> FoiRequest | None:
    """Return the last request that `by` has logged since then with the same day, subject and words."""
    return (
        FoiRequest.objects.filter(
            logged_by=by, received_on=received_on, logged_at__gte=since, subject=subject, words=words
        )
        .order_by("-logged_at")
        .first()
    )
