"""Correcting an issued answer: reopen the case for a letter that supersedes it, or let the issued one stand."""

from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from requests_app.events.response import CORRECTION_ABANDONED, CORRECTION_OPENED
from requests_app.letters.facts import collect_facts
from requests_app.letters.kinds import kind_of
from requests_app.models import Letter, LetterStatus
from requests_app.operations.casework import move
from requests_app.operations.clock import refresh_due
from requests_app.operations.delivery import follow_delivery
from requests_app.operations.response import check_stands, lock_letter
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.rules.casework.workflow import Transition

#: What a letter says of the case; the rest is settings, addresses and the letter's own words.
_OF_THE_CASE = (
    "items",
    "claims",
    "holding",
    "searches",
    "clarifications",
    "interpretation",
    "subject",
    "regime",
)


@transaction.atomic
def correct_letter(
    *, letter_id: int, by: User, at: datetime, correction: str, seen_version: int | None = None
) -> Letter:
    """Reopen a closed request to correct its issued answer, and draft the correction.

    The issued letter stays as it is, and stays in force, until the corrected one is issued and supersedes it.
    """
    issued, case = lock_letter(letter_id, seen_version)
    check_can(kind_of(issued.kind).may_write, by)
    if not correction.strip():
        raise NotPossible(
            "Say what was wrong in the letter; the corrected one will say so too.", field="correction"
        )
    check_stands(issued, LetterStatus.ISSUED)
    if not issued.is_answer:
        raise NotPossible("Only an answer is corrected. Send a new letter of this kind instead.")
    move(case, Transition.CORRECT)
    case.outcome, case.closed_on = "", None
    refresh_due(case, field="correction")
    letter = Letter.objects.create(
        foi_request=case,
        kind=issued.kind,
        is_answer=issued.is_answer,
        answer=issued.answer,
        advice=issued.advice,
        enclosures=issued.enclosures,
        own_texts=issued.own_texts,
        difference_explanations=issued.difference_explanations,
        corrected_letter=issued,
        correction=correction,
        drafted_by=by,
        drafted_at=at,
    )
    save_with_event(case, event=CORRECTION_OPENED, by=by, at=at, words={"correction": correction})
    return letter


@transaction.atomic
def abandon_correction(
    *, letter_id: int, by: User, at: datetime, reason: str, seen_version: int | None = None
) -> Letter:
    """Give up a correction that is still a draft: the issued letter stays in force.

    The draft is kept, abandoned. Raises NotPossible when the case no longer says what the issued letter says:
    then the change has to be taken back first, or told to the applicant in a corrected letter.
    """
    letter, case = lock_letter(letter_id, seen_version)
    check_can(kind_of(letter.kind).may_write, by)
    if not reason.strip():
        raise NotPossible("Say why the issued letter stands after all.", field="reason")
    check_stands(letter, LetterStatus.DRAFT)
    issued = letter.corrected_letter
    if issued is None or issued.facts is None or issued.issued_on is None:
        raise NotPossible("This letter corrects no other one.")
    issued.foi_request = case
    now = collect_facts(issued, letter_date=issued.issued_on, today=issued.issued_on).as_json()
    changed = [name for name in _OF_THE_CASE if now[name] != issued.facts[name]]
    if changed:
        raise NotPossible(
            f"The case was changed since it was reopened ({', '.join(changed)}), so it no longer says what the issued "
            "letter says. Take the change back, or issue the corrected letter."
        )
    move(case, Transition.ABANDON_CORRECTION)
    case.outcome = outcome(Disposition(item["disposition"]) for item in issued.facts["items"])
    case.closed_on = issued.issued_on
    letter.status = LetterStatus.ABANDONED
    letter.save()
    follow_delivery(case, field="reason")
    save_with_event(case, event=CORRECTION_ABANDONED, by=by, at=at, words={"reason": reason})
    return issued
