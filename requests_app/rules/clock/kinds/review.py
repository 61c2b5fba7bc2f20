"""Internal review and reconsideration: s.45 Code paras 5.3 to 5.5, EIR reg 11."""

from datetime import timedelta

from foitracker.accounts.permission_names import Permission
from foitracker.pages.words import short_date
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import ClockEvent, Field, FieldType, Needs, RecordedKind
from requests_app.rules.clock.kinds.fields import happened_on, reason
from requests_app.rules.clock.law import Law, Regime
from requests_app.rules.clock.remedies import Remedies

#: Section 45 Code, para 5.4.
REVIEW_WORKING_DAYS = 20
#: Section 45 Code, para 5.5; EIR reg 11(4), where it is the limit from the start.
EXTENDED_REVIEW_WORKING_DAYS = 40
#: Asked by the regulator, which may decline a complaint after undue delay (s.50(2)(b)).
COMPLAINT_WEEKS = 6


FINDINGS: dict[str, str] = {
    "upheld": "The answer stands in full",
    "partly_upheld": "The answer stands in part",
    "overturned": "The answer does not stand",
}


def _receive_review(found: Remedies, event: ClockEvent) -> None:
    """Section 45 Code, para 5.4; EIR reg 11(4). There is one stage of review for one response."""
    day = event.day
    if found.review_received and not found.review_ended:
        raise ClockOrderError(
            f"A review was asked for on {short_date(day)}, while the one asked for on "
            f"{short_date(found.review_received)} is not finished. Treat both as one review."
        )
    if found.review_ended and not (found.responded and found.responded >= found.review_ended):
        raise ClockOrderError(
            f"A review was asked for on {short_date(day)}, but the review of this request ended on "
            f"{short_date(found.review_ended)}. A review is not reviewed again: the applicant may complain to the "
            "ICO (s.50)."
        )
    days = EXTENDED_REVIEW_WORKING_DAYS if found.is_eir else REVIEW_WORKING_DAYS
    found.review_due = found.calendar.add_working_days(day, days)
    found.review_received, found.review_ended = day, None
    what = "Representations received (reg 11)" if found.is_eir else "Internal review asked for"
    text = f"{what}: to be answered by {short_date(found.review_due)}"
    last = found.representations_by or found.review_request_by
    if last and day > last:
        text += f"; later than {short_date(last)}, so it may be declined"
    found.happened.append((day, text))


def _receive_representations(found: Remedies, event: ClockEvent) -> None:
    if not found.is_eir:
        raise ClockOrderError(
            "Representations under reg 11 exist under the EIR only. Name the regime EIR, or enter a request for "
            "internal review."
        )
    _receive_review(found, event)


def _extend_review(found: Remedies, event: ClockEvent) -> None:
    """Section 45 Code, para 5.5: 40 working days in all, from the request for review."""
    if found.is_eir:
        raise ClockOrderError("The time for a reconsideration under the EIR cannot be extended (reg 11(4)).")
    if found.review_received is None or (event.on and found.review_ended):
        raise ClockOrderError("A review was extended, but none was under way. Enter the request for review.")
    found.review_due = found.calendar.add_working_days(found.review_received, EXTENDED_REVIEW_WORKING_DAYS)
    if event.on:
        found.happened.append(
            (event.on, f"Review extended to {short_date(found.review_due)} (s.45 Code, para 5.5)")
        )


def _end_review(found: Remedies, event: ClockEvent) -> None:
    day = event.day
    if found.review_ended:
        raise ClockOrderError(
            f"The outcome of a review is dated {short_date(day)}, but the review ended on "
            f"{short_date(found.review_ended)}. Take one of the two out."
        )
    found.review_ended = day
    found.ico_complaint_by = day + timedelta(weeks=COMPLAINT_WEEKS)
    text = f"Outcome of the review sent: complaint to the ICO by {short_date(found.ico_complaint_by)}"
    found.happened.append((day, text))


REVIEW_RECEIVED = RecordedKind(
    code="internal_review_received",
    label="Internal review asked for",
    law=Law(foia=("s.45 Code, para 5.3",), eir=("EIR reg 11",)),
    fields=(happened_on("Date the request for review was received"),),
    rank=80,
    on_remedies=_receive_review,
    recorded_by=Permission.REVIEW,
    needs=Needs(under=Regime.FOIA),  # under the EIR it is recorded as representations
    about=(
        "The review is due 20 working days after it was asked for (section 45 Code, paragraph 5.4). Asked for more "
        "than 40 working days after the answer, it may be declined.",
    ),
    starts_limit=True,
)

REPRESENTATIONS_RECEIVED = RecordedKind(
    code="eir_representations_received",
    label="Representations received",
    law=Law(eir=("EIR reg 11",)),
    fields=(happened_on("Date the representations were received"),),
    rank=80,
    on_remedies=_receive_representations,
    recorded_by=Permission.REVIEW,
    about=(
        "The authority reconsiders within 40 working days (regulation 11(4)). That time cannot be extended.",
    ),
    starts_limit=True,
)

_ASKED_FOR = (REVIEW_RECEIVED, REPRESENTATIONS_RECEIVED)
_NOT_ASKED_FOR = "No review has been asked for."

REVIEW_EXTENDED = RecordedKind(
    code="internal_review_extended",
    label="Internal review extended",
    law=Law(foia=("s.45 Code, para 5.5",)),
    fields=(
        happened_on("Date the applicant was told", required=False),
        reason("Why the review takes longer.", json=""),
    ),
    rank=90,
    on_remedies=_extend_review,
    recorded_by=Permission.REVIEW,
    needs=Needs(after=_ASKED_FOR, not_yet=_NOT_ASKED_FOR),
    about=(
        "A review can take up to 40 working days in all, counted from the request for it (section 45 Code, paragraph "
        "5.5). Tell the applicant.",
    ),
)

REVIEW_OUTCOME = RecordedKind(
    code="internal_review_outcome",
    label="Outcome of the review sent",
    law=Law(foia=("s.45 Code, para 5.4",), eir=("EIR reg 11(4)",)),
    fields=(
        happened_on("Date the outcome was sent"),
        Field(
            "finding",
            FieldType.CODE,
            "How the review ended",
            missing="Choose how the review ended.",
            choices=FINDINGS,
        ),
        Field(
            "reviewer",
            FieldType.PERSON,
            "Who reviewed the answer",
            "Only people who took no part in the decision are offered.",
            missing="Choose who reviewed the answer.",
            phrase="reviewed by {}",
        ),
    ),
    rank=100,
    on_remedies=_end_review,
    recorded_by=Permission.REVIEW,
    needs=Needs(
        after=_ASKED_FOR,
        not_yet=_NOT_ASKED_FOR,
        untimely="No review had been asked for by {}, the day of the outcome. Record the request for review, or "
        "correct the outcome first.",
    ),
    about=(
        "A review is a fresh decision by somebody who took no part in the first one. After it the applicant has six "
        "weeks to complain to the ICO.",
    ),
)
