"""What is counted of internal reviews and of the regulator in a period."""

from collections.abc import Collection, Iterator

from django.db.models import F, Q

from requests_app.measures.periods.view import PeriodMeasure, PeriodView, part
from requests_app.models import FoiRequest, RecordedClockEvent
from requests_app.rules.clock.kinds.regulator import (
    COMPLAINT_MADE,
    DECISION_NOTICE,
    ENFORCEMENT_NOTICE,
    INFORMATION_NOTICE,
)
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME

REVIEWS_RECEIVED = PeriodMeasure(
    code="reviews_received",
    name="Internal reviews asked for",
    definition="Requests of which a review, or reconsideration under the Regulations, was asked for in the period.",
    anchor="review_asked_on",
    condition=lambda view: view.within("review_asked_on"),
    holds=lambda case, view: view.has_within(case.review_asked_on),
)

REVIEWS_ANSWERED = PeriodMeasure(
    code="reviews_answered",
    name="Reviews completed",
    definition="Requests of which the outcome of a review was sent in the period.",
    anchor="review_ended_on",
    condition=lambda view: view.within("review_ended_on"),
    holds=lambda case, view: view.has_within(case.review_ended_on),
)

REVIEWS_IN_TIME = part(
    REVIEWS_ANSWERED,
    code="reviews_in_time",
    name="Reviews completed in time",
    definition="Completed within 20 working days, or 40 where extended (s.45 Code, paras 5.4, 5.5; EIR reg 11(4)).",
    rest=lambda view: Q(review_ended_on__lte=F("review_limit_on")),
    holds=lambda case, view: (
        case.review_ended_on is not None
        and case.review_limit_on is not None
        and case.review_ended_on <= case.review_limit_on
    ),
)

REVIEWS_OWED = PeriodMeasure(
    code="reviews_owed",
    name="Reviews that fell due and are owed",
    definition="The last day for the outcome lies in the period, and no outcome was sent by the as-at day.",
    anchor="review_limit_on",
    condition=lambda view: (
        view.within("review_limit_on")
        & Q(review_limit_on__lt=view.today)
        & (Q(review_ended_on__isnull=True) | Q(review_ended_on__gt=view.today))
    ),
    holds=lambda case, view: (
        view.has_within(case.review_limit_on)
        and case.review_limit_on is not None
        and case.review_limit_on < view.today
        and (case.review_ended_on is None or case.review_ended_on > view.today)
    ),
)


def _happened(view: PeriodView, kinds: Collection[str], **narrowed: object) -> Q:
    """A clock event of one of these kinds, in force, lies in the period."""
    events = RecordedClockEvent.objects.filter(
        kind__in=kinds,
        replaced_by__isnull=True,
        is_withdrawn=False,
        on__gte=view.from_on,
        on__lte=view.last_day,
    )
    return Q(pk__in=events.filter(**narrowed).values("foi_request"))


def _events(case: FoiRequest, view: PeriodView, kinds: Collection[str]) -> Iterator[RecordedClockEvent]:
    """The clock events that `_happened` finds of one request."""
    rows = list(case.recorded_clock_events.all())
    replaced = {row.replaced_row_id for row in rows}
    for row in rows:
        if row.kind in kinds and row.pk not in replaced and not row.is_withdrawn and view.has_within(row.on):
            yield row


def _concluded(view: PeriodView, findings: Collection[str]) -> Q:
    """The latest review ended in the period with one of these findings; what an earlier review found is left out."""
    return _happened(view, (REVIEW_OUTCOME.code,), finding__in=findings, on=F("foi_request__review_ended_on"))


def _is_concluded(case: FoiRequest, view: PeriodView, findings: Collection[str]) -> bool:
    return any(
        row.finding in findings and row.on == case.review_ended_on
        for row in _events(case, view, (REVIEW_OUTCOME.code,))
    )


def _found(code: str, name: str, finding: str) -> PeriodMeasure:
    return part(
        REVIEWS_ANSWERED,
        code=code,
        name=name,
        definition=f"{name}: the latest review ended in the period. It is the decision that is upheld "
        "or overturned.",
        rest=lambda view: _concluded(view, (finding,)),
        holds=lambda case, view: _is_concluded(case, view, (finding,)),
    )


REVIEWS_UPHELD = _found("reviews_upheld", "Decision upheld on review", "upheld")
REVIEWS_PARTLY_UPHELD = _found("reviews_partly_upheld", "Decision upheld in part on review", "partly_upheld")
REVIEWS_OVERTURNED = _found("reviews_overturned", "Decision overturned on review", "overturned")


def _from_the_regulator(code: str, name: str, definition: str, kinds: Collection[str]) -> PeriodMeasure:
    return PeriodMeasure(
        code=code,
        name=name,
        definition=definition,
        condition=lambda view: _happened(view, kinds),
        holds=lambda case, view: any(_events(case, view, kinds)),
    )


COMPLAINTS = _from_the_regulator(
    "complaints",
    "Complaints to the regulator",
    "Requests of which the regulator wrote in the period that a complaint was made (s.50(1)).",
    (COMPLAINT_MADE.code,),
)
NOTICES = _from_the_regulator(
    "notices",
    "Notices of the regulator",
    "Requests on which the regulator sent a decision, information or enforcement notice in the period.",
    tuple(kind.code for kind in (DECISION_NOTICE, INFORMATION_NOTICE, ENFORCEMENT_NOTICE)),
)


def _asked_and_found(code: str, name: str, *findings: str) -> PeriodMeasure:
    """Of the reviews asked for in the period, those with an outcome, of these findings, sent by the as-at day."""

    def condition(view: PeriodView) -> Q:
        return view.within("review_asked_on") & _concluded(view.up_to_today, findings)

    def holds(case: FoiRequest, view: PeriodView) -> bool:
        return view.has_within(case.review_asked_on) and _is_concluded(case, view.up_to_today, findings)

    return PeriodMeasure(
        code=code,
        name=name,
        definition=f"{name}: the review was asked for in the period and its outcome sent by the as-at day.",
        anchor="review_asked_on",
        part_of=REVIEWS_RECEIVED.code,
        condition=condition,
        holds=holds,
    )


REVIEWS_BY_FINDING: tuple[PeriodMeasure, ...] = (
    _asked_and_found("reviews_known", "Outcome of the review known", "upheld", "partly_upheld", "overturned"),
    _asked_and_found("reviews_known_upheld", "Review asked for, decision upheld", "upheld"),
    _asked_and_found("reviews_known_partly", "Review asked for, decision upheld in part", "partly_upheld"),
    _asked_and_found("reviews_known_overturned", "Review asked for, decision overturned", "overturned"),
)
