"""Operations on the response: draft a letter, submit the decision, return it, approve it, correct an issued one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible, NotReady
from requests_app.events.response import (
    ANSWER_CHANGED,
    ANSWER_DRAFTED,
    LETTER_APPROVED,
    LETTER_CHANGED,
    LETTER_DRAFTED,
    LETTER_RETURNED,
    LETTER_SUBMITTED,
)
from requests_app.letters.facts import collect_facts
from requests_app.letters.gaps import letter_gaps
from requests_app.letters.kind import LetterKind
from requests_app.letters.render import TEMPLATE_VERSION
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.operations.casework import check_editable, lock_case, move, take_up
from requests_app.operations.consultation import check_advice_taken_up
from requests_app.permissions import check_can_approve, check_can_return, check_can_submit
from requests_app.queries.took_part import took_part
from requests_app.rules.casework.workflow import Transition
from requests_app.rules.letters.facts import LetterFacts
from requests_app.rules.letters.notice_elements import Gap


@dataclass(frozen=True)
class LetterText:
    """The officer's own words in a letter; enclosures are one a line. `own` are fields that only its kind has."""

    answer: str = ""
    advice: str = ""
    enclosures: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    correction: str = ""
    difference_explanations: Mapping[str, str] = field(default_factory=dict)


class LetterIncomplete(NotReady):
    """The letter cannot go on: `gaps` are all that is missing or wrong, each with its legal reference."""

    def __init__(self, found: tuple[Gap, ...]) -> None:
        super().__init__(f"The letter is not complete: {len(found)} point(s) have to be mended first.", found)


def check_complete(facts: LetterFacts) -> None:
    """Raise LetterIncomplete with every blocking gap, if there is one."""
    if blocking := tuple(gap for gap in letter_gaps(facts) if gap.blocks):
        raise LetterIncomplete(blocking)


def digest_of(facts: LetterFacts) -> str:
    """Return the SHA-256 (hex) of what is approved: the facts and the wording's version.

    The dates that only issue brings are left out.
    """
    approved = facts.as_json() | {
        "letter_date": None,
        "review_request_by": None,
        "template": TEMPLATE_VERSION,
    }
    return hashlib.sha256(json.dumps(approved, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def draft_letter(
    *,
    case_id: int,
    by: User,
    at: datetime,
    kind: LetterKind,
    text: LetterText,
    seen_version: int | None = None,
) -> Letter:
    """Write the draft of a letter, or change it. One answer is in hand at a time.

    Raises TransitionNotAllowed when the request is closed or its letter has been submitted.
    """
    check_can(kind.may_write, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    if kind.is_answer:
        take_up(case, by)
    letter = _draft_in_hand(case, kind) or Letter(foi_request=case, drafted_at=at)
    is_new = letter.pk is None
    letter.kind, letter.is_answer, letter.drafted_by = kind.code, kind.is_answer, by
    letter.answer, letter.advice, letter.enclosures = text.answer, text.advice, text.enclosures
    letter.own_texts = dict(text.own)
    if letter.corrected_letter_id:
        letter.correction = text.correction
    letter.difference_explanations = {
        k: v.strip() for k, v in text.difference_explanations.items() if v.strip()
    }
    letter.save()
    drafted, changed = (
        (ANSWER_DRAFTED, ANSWER_CHANGED) if kind.is_answer else (LETTER_DRAFTED, LETTER_CHANGED)
    )
    save_with_event(case, event=drafted if is_new else changed, by=by, at=at, detail={"kind": kind.code})
    return letter


def _draft_in_hand(case: FoiRequest, kind: LetterKind) -> Letter | None:
    drafts = case.letters.filter(status=LetterStatus.DRAFT)
    return drafts.filter(is_answer=True).first() if kind.is_answer else drafts.filter(kind=kind.code).first()


@transaction.atomic
def submit_letter(
    *, letter_id: int, by: User, at: datetime, today: date, seen_version: int | None = None
) -> Letter:
    """Submit the decision for approval: `by` decides, so someone else approves.

    Raises LetterIncomplete with every blocking gap, NotPossible while it is not said what is done with advice.
    """
    letter, case = lock_letter(letter_id, seen_version)
    check_can_submit(by, letter)
    check_stands(letter, LetterStatus.DRAFT)
    check_advice_taken_up(case)
    check_complete(collect_facts(letter, letter_date=None, today=today))
    move(case, Transition.SUBMIT)
    letter.status, letter.decided_by, letter.decided_at = LetterStatus.SUBMITTED, by, at
    letter.returned_at, letter.approval_fell = None, False
    letter.save()
    save_with_event(case, event=LETTER_SUBMITTED, by=by, at=at, detail={"kind": letter.kind})
    return letter


@transaction.atomic
def return_letter(
    *, letter_id: int, by: User, at: datetime, reason: str, seen_version: int | None = None
) -> Letter:
    """Return a submitted or approved letter to draft, with the reason."""
    letter, case = lock_letter(letter_id, seen_version)
    check_can_return(by, letter)
    if not reason.strip():
        raise NotPossible("Say what has to change.", field="reason")
    check_stands(letter, LetterStatus.SUBMITTED, LetterStatus.APPROVED)
    make_draft_again(letter, case, at=at)
    save_with_event(case, event=LETTER_RETURNED, by=by, at=at, words={"reason": reason})
    return letter


def make_draft_again(letter: Letter, case: FoiRequest, *, at: datetime) -> None:
    """Take decision and approval off a letter, so that it can be changed. Does not save the case."""
    move(case, Transition.RETURN)
    letter.returned_at, letter.approval_fell = at, letter.status == LetterStatus.APPROVED
    letter.status, letter.approved_digest, letter.own_approval = LetterStatus.DRAFT, "", False
    letter.decided_by = letter.decided_at = letter.approved_by = letter.approved_at = None
    letter.save()


@transaction.atomic
def approve_letter(
    *, letter_id: int, by: User, at: datetime, today: date, seen_version: int | None = None
) -> Letter:
    """Approve a submitted letter; what is approved is fixed by its digest.

    Raises NotPermitted when `by` took part in the decision, LetterIncomplete when a gap has opened since.
    """
    letter, case = lock_letter(letter_id, seen_version)
    check_can_approve(by, letter)
    check_stands(letter, LetterStatus.SUBMITTED)
    letter.approved_by, letter.approved_at, letter.status = by, at, LetterStatus.APPROVED
    letter.own_approval = took_part(by, case)
    facts = collect_facts(letter, letter_date=None, today=today)
    check_complete(facts)
    letter.approved_digest = digest_of(facts)
    move(case, Transition.APPROVE)
    letter.save()
    detail = {"kind": letter.kind, "own_approval": letter.own_approval, "digest": letter.approved_digest}
    save_with_event(case, event=LETTER_APPROVED, by=by, at=at, detail=detail)
    return letter


def lock_letter(letter_id: int, seen_version: int | None) -> tuple[Letter, FoiRequest]:
    """Lock the request of a letter (see `lock_case`) and return both as they are now. Raises CaseChanged."""
    case_id = Letter.objects.values_list("foi_request_id", flat=True).get(pk=letter_id)
    case = lock_case(pk=case_id, seen_version=seen_version)
    letter = Letter.objects.select_related("approved_by", "corrected_letter").get(pk=letter_id)
    letter.foi_request = case
    return letter, case


def check_stands(letter: Letter, *statuses: LetterStatus) -> None:
    """Raise NotPossible for a letter that stands in none of `statuses`."""
    if letter.status not in statuses:
        raise NotPossible(f"The letter is “{letter.get_status_display()}” by now. Look at it again.")
