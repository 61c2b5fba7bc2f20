"""Operations of consultation: hold an answer for someone else's advice until it is taken up or the officer goes on.

The clock goes on throughout: nothing in FOIA s.10 stops it for a consultation.
"""

from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from requests_app.events.consultation import HOLD_ENDED, HOLD_OVERRIDDEN, HOLD_PLACED
from requests_app.models import FoiRequest, HoldEnding, IssueHold, Letter
from requests_app.operations.casework import lock_case
from requests_app.queries.holds import advice_to_take_up, held_words, standing_holds


@transaction.atomic
def place_hold(
    *, case_id: int, by: User, at: datetime, awaited: str, page: str, seen_version: int | None = None
) -> IssueHold:
    """Hold the answer to a request until `awaited` arrives.

    `awaited` says what is waited for, such as “CRU log 12/26”; `page` is the address to read about it. Raises
    NotPossible for a closed request, or one that already waits for the same.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    if case.is_closed:
        raise NotPossible("The request is closed, so no advice on its answer can be waited for.")
    if standing_holds(case).filter(awaited=awaited).exists():
        raise NotPossible(f"The request already waits for {awaited}.")
    hold = IssueHold.objects.create(foi_request=case, awaited=awaited, page=page, placed_by=by, placed_at=at)
    save_with_event(case, event=HOLD_PLACED, by=by, at=at, detail={"awaited": awaited, "page": page})
    return hold


@transaction.atomic
def end_hold(*, case_id: int, awaited: str, by: User, at: datetime, ending: HoldEnding) -> bool:
    """End the wait for `awaited`; return whether there was one.

    Advice that has come is waited on until it is taken up, whatever else becomes of it: that alone ends such a
    wait (TAKEN_UP). Whoever ends it need have no role in the case: the caller has checked that they may.
    """
    case = lock_case(pk=case_id)
    has_come = ending == HoldEnding.TAKEN_UP
    hold = standing_holds(case).filter(awaited=awaited, advised_at__isnull=not has_come).first()
    if hold is None:
        return False
    hold.ended_at, hold.ended_by, hold.ending = at, by, ending
    hold.save()
    save_with_event(case, event=HOLD_ENDED, by=by, at=at, detail={"awaited": awaited, "ending": ending})
    return True


@transaction.atomic
def resume_hold(*, case_id: int, awaited: str, by: User, at: datetime) -> bool:
    """Let the answer wait for `awaited` again, where the wait ended without it; return whether it does.

    Not where the officer went on without the advice, nor for a closed request. Whoever takes the advice up
    again need have no role in the case: the caller has checked that they may.
    """
    case = lock_case(pk=case_id)
    last = IssueHold.objects.filter(foi_request=case, awaited=awaited).order_by("pk").last()
    if case.is_closed or last is None or last.ended_at is None or last.override_reason:
        return False
    IssueHold.objects.create(foi_request=case, awaited=awaited, page=last.page, placed_by=by, placed_at=at)
    save_with_event(case, event=HOLD_PLACED, by=by, at=at, detail={"awaited": awaited, "page": last.page})
    return True


@transaction.atomic
def override_hold(
    *, case_id: int, hold_id: int, by: User, at: datetime, reason: str, seen_version: int | None = None
) -> IssueHold:
    """Let the officer go on without the advice, with the reason kept on the case.

    Raises NotPossible without a reason, when the wait is over already, or when the advice has come: then it is
    taken up, and departed from where need be.
    """
    check_can(Permission.WORK_CASE, by)
    if not reason.strip():
        raise NotPossible("Say why the answer goes on without the advice.", field="reason")
    case = lock_case(pk=case_id, seen_version=seen_version)
    hold = standing_holds(case).filter(pk=hold_id).first()
    if hold is None:
        raise NotPossible("The answer no longer waits for this. Go back to the request.")
    if hold.advised_at:
        raise NotPossible(held_words([hold]))
    hold.ended_at, hold.ended_by, hold.ending = at, by, HoldEnding.OVERRIDDEN
    hold.override_reason = reason.strip()
    hold.save()
    save_with_event(
        case,
        event=HOLD_OVERRIDDEN,
        by=by,
        at=at,
        detail={"awaited": hold.awaited},
        words={"reason": hold.override_reason},
    )
    return hold


def check_not_held(case: FoiRequest) -> None:
    """Raise NotPossible, saying what is awaited, while the answer may not be issued."""
    if holds := list(standing_holds(case)):
        raise NotPossible(held_words(holds))


def check_no_later_advice(letter: Letter) -> None:
    """Raise NotPossible for an answer to which advice came after it was approved: it rested on something else."""
    if letter.approved_at and letter.foi_request.holds.filter(advised_at__gt=letter.approved_at).exists():
        raise NotPossible(
            "Advice came after this answer was approved, so it is not sent again as it was. Correct it: the corrected "
            "answer is approved anew."
        )


def check_advice_taken_up(case: FoiRequest) -> None:
    """Raise NotPossible while advice has come and it is not recorded what is done with it."""
    if holds := list(advice_to_take_up(case)):
        raise NotPossible(held_words(holds))
