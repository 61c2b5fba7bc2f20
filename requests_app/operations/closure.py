"""Closing a case that no answer is sent on: withdrawn, lapsed, or never valid."""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from requests_app.events.closure import CLOSED_UNANSWERED
from requests_app.letters.kinds import invalid
from requests_app.models import COUNTS, FoiRequest, LetterDespatch, LetterStatus
from requests_app.operations.casework import check_unanswered, lock_case, move
from requests_app.operations.clock import lapse_day
from requests_app.queries.clock import clock_of
from requests_app.rules.casework.validity import Element
from requests_app.rules.casework.workflow import (
    LAPSED_OUTCOMES,
    UNANSWERED_OUTCOMES,
    Outcome,
    Status,
    Transition,
)


@transaction.atomic
def close_unanswered(
    *,
    case_id: int,
    by: User,
    at: datetime,
    on: date,
    outcome: Outcome,
    reason: str,
    seen_version: int | None = None,
) -> FoiRequest:
    """Close a request without an answer, on day `on`, and keep the reason.

    WITHDRAWN by the applicant; LAPSED when clarification asked for was not supplied in time (s.1(3)),
    FEE_UNPAID when a fee was not paid in time (s.9(2)); INVALID when it lacks what s.8 asks for and the applicant,
    if they can be written to, was told so (s.16). Raises NotPossible when the facts of the case do not bear the
    outcome out, or when it has had its answer.
    """
    check_can(Permission.DECIDE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_unanswered(case)
    if outcome not in UNANSWERED_OUTCOMES:
        raise NotPossible("A case with this outcome is closed by issuing its letter.", field="outcome")
    if not reason.strip():
        raise NotPossible("Give the reason for closing.", field="reason")
    if outcome in LAPSED_OUTCOMES.values():
        _check_lapsed(case, outcome, on)
    if outcome == Outcome.INVALID and case.is_valid:
        raise NotPossible(
            "The request has a name, an address and a description: it is valid (s.8).", field="outcome"
        )
    if outcome == Outcome.INVALID and not _was_told_what_is_missing(case):
        raise NotPossible(
            "Nobody has told the applicant what is missing (s.16), or the letter did not arrive. "
            "Issue that letter first, or send it again.",
            field="outcome",
        )
    move(case, Transition.CLOSE_UNANSWERED)
    case.outcome, case.closed_on = outcome, on
    return save_with_event(
        case,
        event=CLOSED_UNANSWERED,
        by=by,
        at=at,
        detail={"outcome": outcome},
        words={"reason": reason},
    )


def _check_lapsed(case: FoiRequest, outcome: Outcome, on: date) -> None:
    if LAPSED_OUTCOMES.get(Status(case.status)) != outcome:
        waited_for = "clarification" if outcome == Outcome.LAPSED else "a fee"
        raise NotPossible(f"A request lapses this way only while {waited_for} is awaited.", field="outcome")
    last_day = lapse_day(clock_of(case, on))
    if last_day and on <= last_day:
        raise NotPossible(
            f"The applicant has until {short_date(last_day)}. The request can be closed as lapsed after that day.",
            field="outcome",
        )


def _was_told_what_is_missing(case: FoiRequest) -> bool:
    """Also true of an applicant who gave no address to write to."""
    told = LetterDespatch.objects.filter(
        COUNTS, letter__foi_request=case, letter__kind=invalid.KIND.code, letter__status=LetterStatus.ISSUED
    )
    return Element.ADDRESS in case.validity_gaps or told.exists()
