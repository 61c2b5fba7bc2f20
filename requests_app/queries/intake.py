"""What intake looks up before a request is logged."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, SealedWords


def same_request_logged(
    by: User, *, received_on: date, subject: str, words: str, since: datetime
) -> FoiRequest | None:
    """Return the last request that `by` has logged since then with the same day, subject and words as they came."""
    return (
        FoiRequest.objects.filter(
            _came_as(words), logged_by=by, received_on=received_on, logged_at__gte=since, subject=subject
        )
        .order_by("-logged_at")
        .first()
    )


def was_logged_as(case: FoiRequest, *, subject: str, words: str) -> bool:
    """Return whether a request has this subject, and came with these words."""
    return FoiRequest.objects.filter(_came_as(words), pk=case.pk, subject=subject).exists()


def _came_as(words: str) -> Exists:
    sealed = SealedWords.objects.filter(foi_request=OuterRef("pk"), clarification=None, words=words)
    return Exists(sealed)
