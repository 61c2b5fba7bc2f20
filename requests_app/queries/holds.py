"""What an answer waits for before it may be issued."""

from collections.abc import Sequence

from django.db.models import QuerySet

from requests_app.models import FoiRequest, IssueHold


def held_words(holds: Sequence[IssueHold]) -> str:
    """Return why an answer is not issued yet, and what can be done."""
    advised = [hold.awaited for hold in holds if hold.advised_at]
    awaited = [hold.awaited for hold in holds if not hold.advised_at]
    words = []
    if advised:
        words.append(
            f"Advice received: {', '.join(advised)}. Record first whether it is adopted, adopted in part or departed "
            "from, and why."
        )
    if awaited:
        words.append(
            f"The answer is waiting for advice: {', '.join(awaited)}. It can be issued once the use of the advice is "
            "recorded, or if the officer proceeds without it and says why. The time limit keeps running."
        )
    return " ".join(words)


def standing_holds(case: FoiRequest) -> QuerySet[IssueHold]:
    """Return what the answer is waiting for now."""
    return IssueHold.objects.filter(foi_request=case, ended_at__isnull=True)


def advice_to_take_up(case: FoiRequest) -> QuerySet[IssueHold]:
    """Return those of them whose advice has come and awaits what the officer does with it."""
    return standing_holds(case).filter(advised_at__isnull=False)
