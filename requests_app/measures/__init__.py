"""What is counted and listed of requests, each declared once."""

from foitracker.casework.measures import Measures
from requests_app.measures.dates import (
    CLARIFICATION_AWAITED,
    DUE_SOON,
    EXTENDED,
    FEE_AWAITED,
    NO_DRAFT,
    NOTICE_DUE,
    REVIEW_DUE,
    REVIEW_OVERDUE,
)
from requests_app.measures.stages import (
    APPROVAL_FELL,
    APPROVAL_LATE,
    APPROVAL_WAITS,
    DRAFT_LATE,
    NOT_ACKNOWLEDGED,
    NOT_ISSUED,
    OFFICER_AWAY,
    OFFICER_GONE,
    QUIET,
    RETURNED,
    SEARCH_LATE,
)
from requests_app.measures.standing import (
    ADVICE_CAME,
    AWAITING_APPROVAL,
    LAPSING,
    NOBODY,
    NOT_DELIVERED,
    OPEN,
    OVERDUE,
    TO_APPROVE,
    TO_ISSUE,
    UNASSIGNED,
)
from requests_app.measures.view import RequestMeasure, RequestView
from requests_app.models import FoiRequest

__all__ = [
    "ADVICE_CAME",
    "AWAITING_APPROVAL",
    "LAPSING",
    "NOBODY",
    "NOT_DELIVERED",
    "OPEN",
    "OVERDUE",
    "REQUESTS",
    "TO_APPROVE",
    "TO_ISSUE",
    "UNASSIGNED",
    "RequestMeasure",
    "RequestView",
]

REQUESTS = Measures(
    about="requests",
    cases=FoiRequest.objects,
    list_page="requests_app:register",
    owner="officer",
    declared=(
        OPEN,
        OVERDUE,
        DUE_SOON,
        NO_DRAFT,
        NOTICE_DUE,
        EXTENDED,
        NOT_ACKNOWLEDGED,
        SEARCH_LATE,
        DRAFT_LATE,
        APPROVAL_LATE,
        TO_APPROVE,
        AWAITING_APPROVAL,
        APPROVAL_WAITS,
        RETURNED,
        APPROVAL_FELL,
        ADVICE_CAME,
        TO_ISSUE,
        NOT_ISSUED,
        NOT_DELIVERED,
        UNASSIGNED,
        OFFICER_GONE,
        OFFICER_AWAY,
        QUIET,
        LAPSING,
        CLARIFICATION_AWAITED,
        FEE_AWAITED,
        REVIEW_DUE,
        REVIEW_OVERDUE,
    ),
)
