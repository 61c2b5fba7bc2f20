"""What is counted of all open requests at once: for the tiles, the ages and most of what is waited for."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q
from django.db.models.expressions import Combinable

from dashboard.team_today.numbers import aged
from requests_app.measures import (
    ANSWER_WAITS,
    AWAITING_APPROVAL,
    CLOCK_STOPPED,
    DUE_NEXT,
    NOT_DRAFTED,
    OPEN,
    OVERDUE,
    REQUESTS,
    TO_ISSUE,
    UNASSIGNED,
    RequestMeasure,
    RequestView,
)
from requests_app.models import Letter, LetterStatus

#: Working days overdue, from and to.
LATE_BANDS: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 20), (21, None))
#: Working days since receipt, from and to. The regulator's enforcement notices count what is older than 20.
AGE_BANDS: tuple[tuple[int, int | None], ...] = (
    (0, 5),
    (6, 10),
    (11, 15),
    (16, 20),
    (21, 40),
    (41, 60),
    (61, 120),
    (121, None),
)


def count_open(view: RequestView) -> dict[str, Any]:
    """Return the numbers and days of the open requests by name: a measure's code, or what stands below."""
    return REQUESTS.rows(OPEN, view).aggregate(
        **_counts(view),
        **{f"late_{number}": _late(view, band) for number, band in enumerate(LATE_BANDS)},
        **{f"aged_{number}": _aged(view, band) for number, band in enumerate(AGE_BANDS)},
        undrafted=Count("pk", filter=DUE_NEXT.condition(view) & NOT_DRAFTED.condition(view)),
        due_next_of_nobody=Count("pk", filter=DUE_NEXT.condition(view) & UNASSIGNED.condition(view)),
        overdue_since=Min("due_on", filter=OVERDUE.condition(view)),
        no_officer_since=Min("received_on", filter=UNASSIGNED.condition(view)),
        **{
            f"{measure.code}_next": Min("due_on", filter=measure.condition(view) & Q(due_on__gte=view.today))
            for measure in (AWAITING_APPROVAL, TO_ISSUE)
        },
    )


def _counts(view: RequestView) -> dict[str, Combinable]:
    measures: tuple[RequestMeasure, ...] = (
        OPEN,
        OVERDUE,
        DUE_NEXT,
        UNASSIGNED,
        ANSWER_WAITS,
        CLOCK_STOPPED,
        AWAITING_APPROVAL,
        TO_ISSUE,
    )
    return {measure.code: Count("pk", filter=measure.condition(view)) for measure in measures}


def _late(view: RequestView, band: tuple[int, int | None]) -> Combinable:
    return Count("pk", filter=OVERDUE.condition(view) & aged(view, *band).condition("due_on"))


def _aged(view: RequestView, band: tuple[int, int | None]) -> Combinable:
    return Count("pk", filter=aged(view, *band).condition("received_on"))


def answers_wait_since(view: RequestView) -> dict[str, date | None]:
    """Return since when the oldest answer waits for approval (`submitted`) and for issue (`approved`; `held` too).

    These are days in the authority's time.
    """
    answers = Letter.objects.filter(
        is_answer=True,
        status__in=[LetterStatus.SUBMITTED, LetterStatus.APPROVED],
        foi_request__in=REQUESTS.rows(ANSWER_WAITS, view),
    )
    submitted = Q(status=LetterStatus.SUBMITTED)
    to_issue = Q(status=LetterStatus.APPROVED, foi_request__in=REQUESTS.rows(TO_ISSUE, view))
    return answers.aggregate(
        submitted=Min(F("decided_at__date"), filter=submitted),
        approved=Min(F("approved_at__date"), filter=to_issue),
        held=Min(F("approved_at__date"), filter=~submitted & ~to_issue),
    )
