"""Advice on a request that came from elsewhere: it is read, and taken up, before the answer leaves.

What is done with it is recorded where the advice is kept, in an app above; here the answer waits for that.
"""

from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.casework.record import save_with_event
from requests_app.events.consultation import ADVICE_CAME
from requests_app.events.response import LETTER_RETURNED
from requests_app.models import HoldEnding, IssueHold, LetterStatus
from requests_app.operations.casework import lock_case
from requests_app.operations.consultation import end_hold
from requests_app.operations.response import make_draft_again
from requests_app.queries.holds import standing_holds


@transaction.atomic
def advice_came(*, case_id: int, awaited: str, page: str, by: User, at: datetime) -> bool:
    """Let the answer wait until its officer says what is done with advice that has come; return whether it does.

    `awaited` and `page` are as for `place_hold`. An answer that was
    submitted or approved without it becomes a draft again: decision and approval rested on something else, and
    only so can what the advice changes be changed. Reminders tell its officer, and who approved it. A closed
    request is left as it is. Whoever gives the advice need have no role in the case: the caller has checked that they
    may.
    """
    case = lock_case(pk=case_id)
    if case.is_closed:
        return False
    standing = standing_holds(case).filter(awaited=awaited).first()
    hold = standing or IssueHold(foi_request=case, awaited=awaited, page=page, placed_by=by, placed_at=at)
    hold.advised_at = at
    hold.save()
    letter = case.letters.filter(
        is_answer=True, status__in=[LetterStatus.SUBMITTED, LetterStatus.APPROVED]
    ).first()
    if letter:
        make_draft_again(letter, case, at=at)
        save_with_event(case, event=LETTER_RETURNED, by=None, at=at, words={"reason": _reason(hold)})
    save_with_event(
        case, event=ADVICE_CAME, by=by, at=at, detail={"awaited": awaited, "returned": letter is not None}
    )
    return True


@transaction.atomic
def advice_taken_up(*, case_id: int, awaited: str, by: User, at: datetime) -> bool:
    """Let the answer go on: it is recorded what is done with all advice of `awaited`; return whether it waited."""
    return end_hold(case_id=case_id, awaited=awaited, by=by, at=at, ending=HoldEnding.TAKEN_UP)


def _reason(hold: IssueHold) -> str:
    return (
        f"Advice on {hold.awaited} was received after this. Read it, record how it was used, amend the answer if "
        "needed, and submit it again."
    )
