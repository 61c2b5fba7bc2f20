"""Every kind of event, in the order they are offered and listed."""

from collections.abc import Mapping

from requests_app.rules.clock.events import EventKind, RecordedKind
from requests_app.rules.clock.kinds import (
    clarification,
    extensions,
    fees,
    regulator,
    related_request,
    response,
    review,
    whole_request,
)

#: By code.
KINDS: Mapping[str, EventKind] = {
    kind.code: kind
    for kind in (
        clarification.CLARIFICATION_REQUESTED,
        clarification.CLARIFICATION_RECEIVED,
        fees.FEES_NOTICE,
        fees.FEE_RECEIVED,
        fees.FEE_UNPAID,
        extensions.PIT_EXTENSION,
        extensions.EIR_EXTENSION,
        whole_request.REGIME,
        whole_request.POLICY,
        response.RESPONSE_SENT,
        review.REVIEW_RECEIVED,
        review.REVIEW_EXTENDED,
        review.REVIEW_OUTCOME,
        review.REPRESENTATIONS_RECEIVED,
        regulator.COMPLAINT_MADE,
        regulator.DECISION_NOTICE,
        regulator.INFORMATION_NOTICE,
        regulator.ENFORCEMENT_NOTICE,
        related_request.RELATED_REQUEST,
        whole_request.NOTE,
    )
}

#: Those with a page of their own on a case.
RECORDED: Mapping[str, RecordedKind] = {
    code: kind for code, kind in KINDS.items() if isinstance(kind, RecordedKind)
}
