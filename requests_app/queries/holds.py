"""What an answer waits for before it may be issued."""

from collections.abc import Sequence

from django.db.models import QuerySet

from requests_app.models import FoiRequest, IssueHold


def held_words(awaited: Sequence[str]) -> str:
    """Return why an answer is not issued yet, and what can be done."""
    return (
        f"The answer waits for advice: {', '.join(awaited)}. It can be issued when the advice is in, or when the "
        "officer goes on without it and says why. The time limit goes on meanwhile."
    )


def standing_holds(case: FoiRequest) -> QuerySet[IssueHold]:
    """Return what the answer is waiting for now."""
    return IssueHold.objects.filter(foi_request=case, ended_at__isnull=True)
