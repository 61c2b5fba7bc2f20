"""Requests with the dated facts that returns count, of the quarter July to September 2026."""

from datetime import UTC, date, datetime
from typing import Any

from requests_app.models import Clarification, ExemptionClaim, FoiRequest, RecordedClockEvent
from requests_app.rules.casework.workflow import Outcome, Status
from tests.factories import Staff

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 30)


def closed(received: date, answered: date, outcome: Outcome, **more: Any) -> dict[str, Any]:
    """Return the columns of an answered request, 20 days of the clock unless told otherwise."""
    facts = {"limit_on": date(2026, 9, 30), "answer_days": 15, **more}
    return {
        "received_on": received,
        "responded_on": answered,
        "closed_on": answered,
        "outcome": outcome,
        "status": Status.CLOSED,
        **facts,
    }


def stored(staff: Staff, rows: list[dict[str, Any]]) -> list[FoiRequest]:
    """Store requests with these columns; numbered in order."""
    first = 7000 + FoiRequest.objects.count()
    return FoiRequest.objects.bulk_create(
        FoiRequest(
            number=first + place,
            year=2026,
            reference=f"{first + place}/2026",
            channel="email",
            subject="Bicycles",
            words="How many?",
            logged_by=staff.intake,
            logged_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
            **row,
        )
        for place, row in enumerate(rows)
    )


def quarter(staff: Staff) -> list[FoiRequest]:
    """Store what a quarter has: in time, extended, late, withdrawn, waiting, overdue; reviewed and complained about."""
    july, august, september = (date(2026, month, 10) for month in (7, 8, 9))
    cases = stored(
        staff,
        [
            closed(date(2026, 6, 15), july, Outcome.DISCLOSED),
            closed(july, date(2026, 8, 3), Outcome.PARTLY_DISCLOSED),
            closed(july, date(2026, 9, 4), Outcome.REFUSED, answer_days=38, extended_on=date(2026, 8, 7)),
            closed(august, date(2026, 9, 30), Outcome.NOT_HELD, answer_days=35, limit_on=date(2026, 9, 8)),
            closed(august, date(2026, 10, 20), Outcome.ALREADY_ACCESSIBLE, limit_on=date(2026, 10, 30)),
            {
                "received_on": august,
                "closed_on": date(2026, 8, 20),
                "outcome": Outcome.WITHDRAWN,
                "status": Status.CLOSED,
            },
            {
                "received_on": september,
                "status": Status.AWAITING_CLARIFICATION,
                "awaited_since": date(2026, 9, 14),
            },
            {"received_on": date(2026, 7, 1), "status": Status.IN_PROGRESS, "limit_on": date(2026, 7, 29)},
            {"received_on": september, "status": Status.IN_PROGRESS, "regime": "EIR"},
        ],
    )
    Clarification.objects.create(
        foi_request=cases[6], asked_on=date(2026, 9, 14), question="Which?", asked_by=staff.officer
    )
    ExemptionClaim.objects.bulk_create(
        ExemptionClaim(
            foi_request=cases[place],
            section=section,
            limbs=[section],
            claimed_by=staff.officer,
            claimed_at=AT,
        )
        for place, section in ((1, "40"), (2, "31"), (2, "40"), (4, "21"))
    )
    FoiRequest.objects.filter(pk=cases[2].pk).update(
        review_asked_on=date(2026, 9, 10),
        review_ended_on=date(2026, 9, 28),
        review_limit_on=date(2026, 10, 8),
    )
    RecordedClockEvent.objects.bulk_create(
        RecordedClockEvent(
            foi_request=cases[2],
            kind=kind,
            on=date(2026, 9, 28),
            finding=finding,
            reviewer=staff.decision_maker if finding else None,
            recorded_by=staff.officer,
            recorded_at=AT,
        )
        for kind, finding in (("internal_review_outcome", "upheld"), ("complaint_made", ""))
    )
    return cases
