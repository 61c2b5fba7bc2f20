"""Advice on a request that came from elsewhere: it is read, and taken up, before the answer leaves.

What is done with it is recorded where the advice is kept, in an app above; here the answer waits for that.
"""

from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.casework.record import save_with_event
from foitracker.mail.kinds import MessageKind
from foitracker.mail.operations import Message, queue_messages
from requests_app.events.consultation import ADVICE_CAME
from requests_app.events.response import LETTER_RETURNED
from requests_app.models import FoiRequest, HoldEnding, IssueHold, Letter, LetterStatus
from requests_app.operations.casework import lock_case
from requests_app.operations.consultation import end_hold
from requests_app.operations.response import make_draft_again
from requests_app.queries.holds import standing_holds

#: To the people who work on a request, about what happened to it.
NOTICE = MessageKind("notice", "Notice to a colleague", resent_by=Permission.RESEND_MAIL)


@transaction.atomic
def advice_came(*, case_id: int, awaited: str, page: str, number: str, by: User, at: datetime) -> bool:
    """Let the answer wait until its officer says what is done with advice that has come; return whether it does.

    `awaited` and `page` are as for `place_hold`; `number` tells one advice from the next. An answer that was
    submitted or approved without it becomes a draft again: decision and approval rested on something else, and
    only so can what the advice changes be changed. Its officer, and who submitted and approved it, are told by
    e-mail at once. A closed request is left as it is. Whoever gives the advice need have no role in the case: the
    caller has checked that they may.
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
    told = _to_tell(case, letter)
    if letter:
        make_draft_again(letter, case)
        save_with_event(case, event=LETTER_RETURNED, by=None, at=at, words={"reason": _reason(hold)})
    save_with_event(
        case, event=ADVICE_CAME, by=by, at=at, detail={"awaited": awaited, "returned": letter is not None}
    )
    queue_messages(messages=[_notice(case, hold, number, user, letter) for user in told], at=at)
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


def _to_tell(case: FoiRequest, letter: Letter | None) -> list[User]:
    """Officer, decider and approver, each once; those who can no longer sign in are not written to."""
    concerned = [case.officer, *([letter.decided_by, letter.approved_by] if letter else [])]
    return [user for user in dict.fromkeys(concerned) if user is not None and user.is_active]


def _notice(case: FoiRequest, hold: IssueHold, number: str, user: User, letter: Letter | None) -> Message:
    went_back = (
        "The answer had already been submitted or approved, so it has been returned to draft.\n\n"
        if letter
        else ""
    )
    return Message(
        kind=NOTICE,
        about=case.reference,
        page=case.get_absolute_url(),
        key=f"advice-came-{number}-{user.pk}",
        to=user.email,
        subject=f"Advice received on request {case.reference}",
        body=(
            f"Advice on {hold.awaited} has been received for request {case.reference}.\n\n{went_back}"
            "Open the request and read it. The answer can be issued once the use of the advice is recorded.\n"
        ),
    )
