"""Many requests put straight into the database: for what is done to all of them at once, and for long lists."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

from foitracker.accounts.models import User
from foitracker.working_days.queries import current_calendar
from requests_app.models import Clarification, FoiRequest, Regime
from requests_app.rules.casework.workflow import Outcome, Status

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


def archived_requests(number: int, *, still_open: int, by: User, officers: Sequence[User]) -> None:
    """`number` requests, three a week up to FIRST_RECEIVED, the last `still_open` of them open.

    Officers and outcomes take turns, and one in eleven is answered under the EIR.
    """
    outcomes, regimes = cycle(Outcome), cycle([*[Regime.FOIA] * 10, Regime.EIR])
    cases = []
    for count, outcome in zip(range(1, number + 1), outcomes, strict=False):
        received_on = FIRST_RECEIVED - timedelta(days=7 * (number - count) // 3)
        is_open = count > number - still_open
        cases.append(
            FoiRequest(
                number=count,
                year=2026,
                reference=f"{count:04}/2026",
                received_on=received_on,
                channel="email",
                regime=next(regimes),
                subject=f"Patrol plans of area {count}",
                words=f"Please send me the information you hold on the patrols of area {count}. " * 5,
                status=Status.IN_PROGRESS if is_open else Status.CLOSED,
                outcome="" if is_open else outcome,
                due_on=received_on + timedelta(days=28),
                closed_on=None if is_open else received_on + timedelta(days=20 + count % 9),
                officer=officers[count % len(officers)],
                logged_by=by,
                logged_at=AT,
            )
        )
    FoiRequest.objects.bulk_create(cases, batch_size=1000)
