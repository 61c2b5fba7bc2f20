"""Closing a case that no answer is sent on: withdrawn, lapsed, or never valid."""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, LetterStatus
from requests_app.operations.casework import NotPossible, check_unanswered, lock_case, move, record
from requests_app.permissions import Permission, check_can
from requests_app.rules.dispositions import LetterKind
from requests_app.rules.validity import Element
from requests_app.rules.workflow import UNANSWERED_OUTCOMES, Act, Outcome, Status


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
    """This function will close a request without an answer, on day `on`, and keep the reason.

    WITHDRAWN by the applicant; LAPSED when clarification asked for was not supplied (s.1(3)); INVALID when
    it lacks what s.8 asks for and the applicant, if they can be written to, was told so (s.16). Raises
    NotPossible when the facts of the case do not bear the outcome out, or when it has had its answer.
    """
    check_can(Permission.DECIDE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_unanswered(case)
    if outcome not in UNANSWERED_OUTCOMES:
        raise NotPossible("A case with this outcome is closed by issuing its letter.", field="outcome")
    if not reason.strip():
        raise NotPossible("Give the reason for closing.", field="reason")
    if outcome == Outcome.LAPSED and case.status != Status.AWAITING_CLARIFICATION:
        raise NotPossible("A request lapses only while clarification is awaited.", field="outcome")
    if outcome == Outcome.INVALID and case.is_valid:
        raise NotPossible(
            "The request has a name, an address and a description: it is valid (s.8).", field="outcome"
        )
    if outcome == Outcome.INVALID and not _told_what_is_missing(case):
        raise NotPossible(
            "Nobody has told the applicant what is missing (s.16). Issue that letter first.", field="outcome"
        )
    move(case, Act.CLOSE_UNANSWERED)
    case.outcome, case.closed_on = outcome, on
    return record(case, act="closed_unanswered", by=by, at=at, detail={"outcome": outcome, "reason": reason})


def _told_what_is_missing(case: FoiRequest) -> bool:
    """Also true of an applicant who gave no address to write to."""
    told = case.letters.filter(kind=LetterKind.INVALID, status=LetterStatus.ISSUED)
    return Element.ADDRESS in case.validity_gaps or told.exists()
