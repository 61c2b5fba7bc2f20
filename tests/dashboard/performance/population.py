"""Requests of two years put straight into the database, with the dates that figures are counted from."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle

from django.utils import timezone

from foitracker.accounts.models import User
from requests_app.models import Channel, ExemptionClaim, FoiRequest, RecordedClockEvent, Regime, Topic
from requests_app.rules.casework.lateness import LateReason, LateStep
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome, Status
from tests.factories import Staff

AT = datetime(2026, 11, 30, 11, 30, tzinfo=UTC)
_ANSWERED = [outcome for outcome in Outcome if outcome not in UNANSWERED_OUTCOMES]
_numbers = count(5000)


def requests_of_two_years(
    staff: Staff,
    number: int = 120,
    *,
    today: date | None = None,
    officers: Sequence[User] = (),
    topics: Sequence[Topic] = (),
) -> list[FoiRequest]:
    """Store `number` requests received evenly over 800 days up to today: most answered, some late, some open."""
    today = today or timezone.localdate()
    outcomes, channels = cycle(_ANSWERED), cycle(Channel.values)
    cases = [
        _request(
            place, today - timedelta(days=800 * (number - 1 - place) // number), today, next(outcomes), staff
        )
        for place in range(number)
    ]
    for place, case in enumerate(cases):
        case.channel = next(channels)
        case.officer = officers[place % len(officers)] if officers else staff.officer
        case.topic = topics[place % len(topics)] if topics and place % 4 else None
    cases = FoiRequest.objects.bulk_create(cases)
    _reviews(cases, staff)
    _claims(cases, staff)
    return cases


def _request(place: int, received: date, today: date, outcome: Outcome, staff: Staff) -> FoiRequest:
    number, days = next(_numbers), place * 7 % 27 + 1
    answered = received + timedelta(days=days + days // 5 * 2)
    limit = received + timedelta(days=28)
    is_late, is_withdrawn = answered > limit, place % 13 == 12
    is_open = answered >= today or place % 17 == 16
    facts: dict[str, object] = {"limit_on": limit, "due_on": limit if is_open else None}
    if is_withdrawn and not is_open:
        facts |= {"outcome": Outcome.WITHDRAWN, "closed_on": answered, "status": Status.CLOSED}
    elif not is_open:
        facts |= {"outcome": outcome, "closed_on": answered, "status": Status.CLOSED}
        facts |= {"responded_on": answered, "answer_days": days}
        if is_late and place % 2:
            facts |= {"late_reason": LateReason.VOLUME, "late_step": LateStep.SEARCH}
    return FoiRequest(
        number=number,
        year=2026,
        reference=f"{number}/2026",
        received_on=received,
        subject="Bicycles",
        words="How many?",
        regime=Regime.EIR if place % 9 == 0 else Regime.FOIA,
        designated_function="(b)" if place % 3 else "",
        logged_by=staff.intake,
        logged_at=AT,
        **{"status": Status.IN_PROGRESS, **facts},
    )


def _reviews(cases: list[FoiRequest], staff: Staff) -> None:
    answered = [case for case in cases if case.responded_on][::5]
    findings = cycle(["upheld", "partly_upheld", "overturned"])
    events = []
    for case in answered:
        assert case.responded_on is not None
        case.review_asked_on = case.responded_on + timedelta(days=3)
        case.review_limit_on = case.responded_on + timedelta(days=31)
        case.review_ended_on = case.responded_on + timedelta(days=30 if case.number % 2 else 35)
        facts = {"finding": next(findings), "reviewer": staff.decision_maker}
        events.append(("internal_review_outcome", case.review_ended_on, case, facts))
        events.append(("complaint_made", case.review_ended_on + timedelta(days=9), case, {}))
    FoiRequest.objects.bulk_update(answered, ["review_asked_on", "review_limit_on", "review_ended_on"])
    RecordedClockEvent.objects.bulk_create(
        RecordedClockEvent(
            foi_request=case, kind=kind, on=on, recorded_by=staff.officer, recorded_at=AT, **facts
        )
        for kind, on, case, facts in events
    )


def _claims(cases: list[FoiRequest], staff: Staff) -> None:
    refused = [case for case in cases if case.outcome in (Outcome.REFUSED, Outcome.PARTLY_DISCLOSED)]
    ExemptionClaim.objects.bulk_create(
        ExemptionClaim(
            foi_request=case, section=section, limbs=[limb], claimed_by=staff.officer, claimed_at=AT
        )
        for case in refused
        # The second limb of the same section is the same request once more.
        for section, limb in (
            ("31", "31(1)(a)"),
            ("31", "31(1)(b)"),
            *([("40", "40(2)")] if case.number % 2 else []),
        )
    )
