"""Many open requests put straight into the database: for what is done to all of them at once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from foitracker.accounts.models import User
from foitracker.working_days.queries import current_calendar
from requests_app.models import Clarification, FoiRequest
from requests_app.rules.casework.workflow import Status

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIRST_RECEIVED = date(2026, 10, 5)


def many_requests(number: int, *, by: User, officers: Sequence[User] = (), days: int = 28) -> None:
    """Make `number` requests received over `days` days; one in ten was asked something, half of those answered.

    Their due dates are empty and of no calendar, as if they had just been brought over.
    """
    cases = [
        FoiRequest(
            number=count,
            year=2026,
            reference=f"{count:04}/2026",
            received_on=FIRST_RECEIVED + timedelta(days=count % days),
            channel="email",
            subject=f"Patrol plans of area {count}",
            words="Please send me the patrol plan of the area, and the map that goes with it. " * 5,
            status=Status.AWAITING_CLARIFICATION if count % 20 == 10 else Status.IN_PROGRESS,
            officer=officers[count % len(officers)] if officers else None,
            logged_by=by,
            logged_at=AT,
        )
        for count in range(1001, 1001 + number)
    ]
    FoiRequest.objects.bulk_create(cases, batch_size=1000)
    asked = FoiRequest.objects.filter(number__in=range(1010, 1001 + number, 10)).order_by("pk")
    Clarification.objects.bulk_create(
        _clarification(case, by, answered=case.status != Status.AWAITING_CLARIFICATION) for case in asked
    )
    assert current_calendar().version  # there is one to compute with


def _clarification(case: FoiRequest, by: User, *, answered: bool) -> Clarification:
    asked_on = case.received_on + timedelta(days=2)
    answer = {
        "answered_on": asked_on + timedelta(days=5),
        "answer": "The whole area.",
        "effect": "restarts" if case.number % 40 else "narrows",
        "effect_reason": "It could not be answered before.",
    }
    return Clarification(
        foi_request=case,
        asked_on=asked_on,
        question="Which area?",
        asked_by=by,
        **(answer if answered else {}),
    )
