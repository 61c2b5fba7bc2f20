"""Of which requests something was awaited of the applicant at the end of a day: clarification (s.1(3)) or a fee (s.9).

Read from what happened, not from how the request stands now: what lapsed, or ran again, since then was stopped then.
A clarification that only narrowed the request stopped nothing.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from requests_app.models import Clarification, FoiRequest, RecordedClockEvent
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE


def stopped_on(day: date) -> Q:
    """Return the condition that a request was stopped at the end of a day; never unknown, so it can be negated."""
    questions = Clarification.objects.filter(
        Q(answered_on__isnull=True) | Q(answered_on__gt=day), foi_request=OuterRef("pk"), asked_on__lte=day
    ).exclude(effect=ClockEffect.NARROWS)
    paid = _in_force(FEE_RECEIVED.code).filter(
        foi_request=OuterRef("foi_request"), on__gte=OuterRef("on"), on__lte=day
    )
    notices = _in_force(FEES_NOTICE.code).filter(~Exists(paid), foi_request=OuterRef("pk"), on__lte=day)
    return Q(Exists(questions)) | Q(Exists(notices))


def is_stopped_on(case: FoiRequest, day: date) -> bool:
    """Return `stopped_on` of one request, whose clarifications and clock events have been read."""
    return _is_asked(case, day) or _is_unpaid(case, day)


def _in_force(kind: str) -> QuerySet[RecordedClockEvent]:
    return RecordedClockEvent.objects.filter(kind=kind, replaced_by__isnull=True, is_withdrawn=False)


def _is_asked(case: FoiRequest, day: date) -> bool:
    return any(
        asked.asked_on <= day
        and (asked.answered_on is None or asked.answered_on > day)
        and asked.effect != ClockEffect.NARROWS
        for asked in case.clarifications.all()
    )


def _is_unpaid(case: FoiRequest, day: date) -> bool:
    rows = list(case.recorded_clock_events.all())
    replaced = {row.replaced_row_id for row in rows}
    known = [row for row in rows if row.pk not in replaced and not row.is_withdrawn and row.on <= day]
    paid = [row.on for row in known if row.kind == FEE_RECEIVED.code]
    return any(row.kind == FEES_NOTICE.code and not any(on >= row.on for on in paid) for row in known)
