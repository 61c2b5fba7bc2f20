"""What requests wait for: how many, since when the oldest, and which day comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from dashboard.team_today.numbers import Number, received_words, since_words
from foitracker.casework.overdue import is_overdue
from foitracker.pages.words import overdue_since, weekday_in_words
from referrals.models import Referral
from referrals.rules.workflow import AWAITING_ADVICE
from requests_app.measures import (
    ADVICE_AWAITED,
    ADVICE_CAME,
    AWAITING_APPROVAL,
    CLARIFICATION_AWAITED,
    CLOSED_UNFILED,
    FEE_AWAITED,
    OPEN,
    REGULATOR_AWAITED,
    REQUESTS,
    REVIEW_OWED,
    STEPS_REQUIRED,
    TO_BEGIN,
    TO_ISSUE,
    RequestMeasure,
    RequestView,
)
from requests_app.measures.team import open_complaints, required_steps
from requests_app.models import IssueHold


@dataclass(frozen=True)
class Waiting:
    """What cases wait for. `since` and `next_date` are said in words; `is_late` when the latter is over."""

    label: str
    number: Number
    since: str
    next_date: str = ""
    is_late: bool = False


def waiting(
    view: RequestView, found: Mapping[str, Any], answers_since: Mapping[str, date | None]
) -> list[Waiting]:
    """Return the rows, from what `count_open` and `answers_wait_since` returned and what is read besides."""
    stopped = _stopped(view)
    advice, reviews, complaints = _advice(view), _reviews(view), _complaints(view)

    def row(
        label: str,
        measure: RequestMeasure,
        number: int,
        since: date | None,
        words: str = "",
        late: bool = False,
    ) -> Waiting:
        listed = Number(number, REQUESTS.list_url(measure), label)
        return Waiting(label, listed, since_words(view, since), words, late)

    def owed(label: str, measure: RequestMeasure, since: date | None) -> Waiting:
        words = _on("next answer due", found[f"{measure.code}_next"])
        return row(label, measure, found[measure.code], since, words)

    return [
        row(
            "Clarification from the applicant",
            CLARIFICATION_AWAITED,
            stopped["clarifications"],
            stopped["asked_since"],
            *_lapse(view, stopped["unanswered_on"]),
        ),
        row(
            "Fee",
            FEE_AWAITED,
            stopped["fees"],
            stopped["notified_since"],
            *_lapse(view, stopped["unpaid_on"]),
        ),
        row(
            "Advice of the Central Referral Unit",
            ADVICE_AWAITED,
            advice["awaited"],
            advice["awaited_since"],
            *due_or_overdue(view, "advice due", advice["advice_due"]),
        ),
        row("The officer, to take up advice that came", ADVICE_CAME, advice["came"], advice["came_since"]),
        _to_begin(view),
        owed("Approval", AWAITING_APPROVAL, answers_since["submitted"]),
        owed("Issue, approved", TO_ISSUE, answers_since["approved"]),
        _review(view, reviews),
        row("The regulator, after a complaint", REGULATOR_AWAITED, complaints["number"], complaints["since"]),
        _steps(view),
    ]


def _on(words: str, day: date | None) -> str:
    return f"{words} {weekday_in_words(day)}" if day else ""


def _lapse(view: RequestView, day: date | None) -> tuple[str, bool]:
    """What is said of the last day for the applicant, and whether it is over, so that the request can be closed."""
    if day and day < view.today:
        return _on("first lapsed", day), True
    return _on("first lapses", day), False


def due_or_overdue(view: RequestView, words: str, day: date | None) -> tuple[str, bool]:
    """Return what is said of a day by which something is due, after `words` unless it is over, and whether it is."""
    if day and is_overdue(day, view.today):
        return overdue_since(day, view.today), True
    return _on(words, day), False


def _stopped(view: RequestView) -> dict[str, Any]:
    """How many wait for clarification and for a fee, since when, and when the first of them lapses."""
    asked, notified = CLARIFICATION_AWAITED.condition(view), FEE_AWAITED.condition(view)
    return (
        REQUESTS.rows(OPEN, view)
        .filter(asked | notified)
        .aggregate(
            clarifications=Count("pk", filter=asked),
            asked_since=Min("awaited_since", filter=asked),
            unanswered_on=Min("lapses_on", filter=asked),
            fees=Count("pk", filter=notified),
            notified_since=Min("awaited_since", filter=notified),
            unpaid_on=Min("lapses_on", filter=notified),
        )
    )


def _to_begin(view: RequestView) -> Waiting:
    """What nobody has begun. Since when an officer has had it is not what is known of it: when it was received is."""
    found = REQUESTS.rows(TO_BEGIN, view).aggregate(
        number=Count("pk"),
        received=Min("received_on"),
        due=Min("due_on", filter=Q(due_on__gte=view.today)),
    )
    label = "The officer, to begin: no search or draft recorded"
    number = Number(found["number"], REQUESTS.list_url(TO_BEGIN), label)
    return Waiting(
        label, number, received_words(view, found["received"]), _on("next answer due", found["due"])
    )


def _advice(view: RequestView) -> dict[str, Any]:
    """How many open requests wait for advice, and for advice that came to be taken up, since when, and until when."""
    logs = Referral.objects.filter(status__in=AWAITING_ADVICE, own_request=OuterRef("foi_request"))
    holds = IssueHold.objects.filter(ended_at__isnull=True, foi_request__in=REQUESTS.rows(OPEN, view))
    came = Q(advised_at__isnull=False)
    return holds.annotate(due=Subquery(logs.order_by("reply_by").values("reply_by")[:1])).aggregate(
        awaited=Count("foi_request", filter=~came, distinct=True),
        awaited_since=Min(F("placed_at__date"), filter=~came),
        advice_due=Min("due", filter=~came),
        came=Count("foi_request", filter=came, distinct=True),
        came_since=Min(F("advised_at__date"), filter=came),
    )


def _reviews(view: RequestView) -> dict[str, Any]:
    return REQUESTS.rows(REVIEW_OWED, view).aggregate(
        number=Count("pk"), since=Min("review_asked_on"), due=Min("review_due_on")
    )


def _review(view: RequestView, found: Mapping[str, Any]) -> Waiting:
    label = "Internal review: outcome owed"
    number = Number(found["number"], REQUESTS.list_url(REVIEW_OWED), label)
    said = due_or_overdue(view, "first due", found["due"])
    return Waiting(label, number, since_words(view, found["since"]), *said)


def _complaints(view: RequestView) -> dict[str, Any]:
    known = open_complaints().filter(foi_request__in=REQUESTS.rows(REGULATOR_AWAITED, view))
    return known.aggregate(number=Count("foi_request", distinct=True), since=Min("on"))


def _steps(view: RequestView) -> Waiting:
    found = (
        required_steps(view)
        .filter(foi_request__in=REQUESTS.rows(STEPS_REQUIRED, view))
        .aggregate(number=Count("foi_request", distinct=True), since=Min("on"), due=Min("comply_by"))
    )
    number = Number(found["number"], REQUESTS.list_url(STEPS_REQUIRED), STEPS_REQUIRED.name)
    said = due_or_overdue(view, "first due", found["due"])
    return Waiting(STEPS_REQUIRED.name, number, since_words(view, found["since"]), *said)


def unfiled(view: RequestView) -> Number:
    """Return how many closed requests have something left to do."""
    number = REQUESTS.rows(CLOSED_UNFILED, view).count()
    return Number(number, REQUESTS.list_url(CLOSED_UNFILED), CLOSED_UNFILED.name)
