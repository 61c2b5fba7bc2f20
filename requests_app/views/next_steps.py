"""What can be done with a request now, by the person who looks at it; and for the rest, why not."""

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.text import Truncator

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can, why_not
from foitracker.casework.next_step import NextStep
from requests_app.events.response import last_return
from requests_app.models import Letter, LetterStatus
from requests_app.permissions import check_second_person
from requests_app.queries.casefile import Casefile
from requests_app.queries.holds import held_words
from requests_app.rules.casework.dispositions import LetterKind
from requests_app.rules.casework.validity import Element
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED


def next_steps(found: Casefile, user: User, *, allows_own_approval: bool) -> list[NextStep]:
    """Return the next steps of a request, in order.

    `allows_own_approval` is the authority's setting: whether someone who took part in a decision may approve
    it.
    """
    by_status = {
        Status.RECEIVED: _working,
        Status.IN_PROGRESS: _working,
        Status.AWAITING_CLARIFICATION: _waiting,
        Status.AWAITING_FEE: _waiting_for_fee,
        Status.AWAITING_APPROVAL: _approval,
        Status.READY_TO_ISSUE: _issue,
    }
    status = Status(found.case.status)
    if found.case.outcome == Outcome.LAPSED:
        return list(_lapsed(found, user))
    steps = list(by_status.get(status, _none)(found, user))
    if status == Status.AWAITING_APPROVAL and not allows_own_approval:
        refused = why_not(check_second_person, user, found.case)
        return [replace(step, reason=step.reason or refused) for step in steps]
    return steps


def _none(found: Casefile, user: User) -> Iterator[NextStep]:
    yield from ()


def _lapsed(found: Casefile, user: User) -> Iterator[NextStep]:
    why = "If it comes after all, the request opens again as a new receipt."
    yield _step(found, user, Permission.WORK_CASE, "Record a late answer", why, "clarification_answer")


def _step(
    found: Casefile, user: User, permission: Permission, label: str, why: str, name: str, *args: object
) -> NextStep:
    return NextStep(label, _page_url(found, name, *args), why, why_not(check_can, permission, user))


def _page_url(found: Casefile, name: str, *args: object) -> str:
    """The address of a page below the request."""
    return reverse(f"requests_app:{name}", args=[found.case.year, found.case.number, *args])


def _working(found: Casefile, user: User) -> Iterator[NextStep]:
    """The way from receipt to a submitted answer, in the order it is usually gone."""
    kinds = {letter.kind for letter in found.letters if letter.is_issued}
    may_work, may_write = Permission.WORK_CASE, Permission.ISSUE
    if found.case.validity_gaps:
        yield from _invalid(found, user, is_told=LetterKind.INVALID in kinds)
    if not kinds & {LetterKind.ACKNOWLEDGEMENT, LetterKind.INVALID} and found.answer_in_hand is None:
        why = "Tell the applicant that the request has arrived and when an answer is due."
        yield _step(found, user, may_write, "Acknowledge it", why, "letter_draft", LetterKind.ACKNOWLEDGEMENT)
    if found.case.officer_id is None:
        why = "Nobody is responsible for it yet."
        yield _step(found, user, Permission.ASSIGN, "Assign an officer", why, "assign")
    if not found.items:
        why = "Each item is decided and answered on its own."
        yield _step(found, user, may_work, "Split it into items", why, "items")
        return
    if not found.searches:
        why = "Say what was searched, and whether the information is held."
        yield _step(found, user, may_work, "Record a search", why, "search_add")
    if undecided := found.undecided:
        why = f"{len(undecided)} of {len(found.items)} not decided yet; the page leads from one to the next."
        yield _step(found, user, may_work, "Decide the items", why, "item_decide", undecided[0].pk)
        return
    yield _answer(found, user)


def _invalid(found: Casefile, user: User, *, is_told: bool) -> Iterator[NextStep]:
    """How to put an invalid request right; an applicant who `is_told` what is missing is not asked again."""
    if not is_told:
        label = "Write to the applicant about what is missing"
        why = "The request cannot be answered as it stands (sections 8 and 16)."
        yield _step(found, user, Permission.ISSUE, label, why, "letter_draft", LetterKind.INVALID)
    if set(found.case.validity_gaps) - {Element.DESCRIPTION}:
        why = "When the applicant has sent what was missing."
        yield _step(found, user, Permission.SEE_IDENTITY, "Complete who asked", why, "applicant")


def _answer(found: Casefile, user: User) -> NextStep:
    letter = found.answer_in_hand
    if letter is None:
        why = "Every item is decided: the letter is made from the decisions."
        return _step(found, user, Permission.WORK_CASE, "Write the answer", why, "letter_draft", "answer")
    return _step(
        found,
        user,
        Permission.DECIDE,
        "Check the draft and submit it",
        _drafted(found),
        "letter",
        letter.pk,
    )


def _drafted(found: Casefile) -> str:
    returned = last_return(found.events)
    if returned is None:
        return "The answer is drafted."
    by = returned.actor.name if returned.actor else "It"
    return Truncator(f"{by} returned it: {returned.words['reason']}").chars(300)


def _waiting(found: Casefile, user: User) -> Iterator[NextStep]:
    why = "The clock is stopped until the applicant answers."
    yield _step(
        found, user, Permission.WORK_CASE, "Record the applicant's answer", why, "clarification_answer"
    )
    why = "If the applicant has not answered within the time the letter gave."
    yield _step(found, user, Permission.DECIDE, "Close it as lapsed", why, "close")


def _waiting_for_fee(found: Casefile, user: User) -> Iterator[NextStep]:
    why = "No day counts until the fee is paid."
    yield _step(
        found, user, FEE_RECEIVED.recorded_by, "Record the payment", why, "clock_event", FEE_RECEIVED.address
    )
    why = "If the applicant has not paid by the last day."
    yield _step(found, user, Permission.DECIDE, "Close it as lapsed", why, "close")


def _approval(found: Casefile, user: User) -> Iterator[NextStep]:
    letter = found.answer_in_hand
    if letter is not None:
        why = _submitted_by(letter)
        yield _step(found, user, Permission.APPROVE, "Check and approve the letter", why, "letter", letter.pk)


def _submitted_by(letter: Letter) -> str:
    return f"{letter.decided_by} submitted it." if letter.decided_by else "It was submitted."


def _issue(found: Casefile, user: User) -> Iterator[NextStep]:
    letter = found.answer_in_hand
    if letter is not None and letter.status == LetterStatus.APPROVED:
        why = f"{letter.approved_by} approved it."
        step = _step(found, user, Permission.ISSUE, "Issue the letter", why, "letter", letter.pk)
        awaited = [hold.awaited for hold in found.standing_holds]
        yield replace(step, reason=held_words(awaited)) if awaited and not step.reason else step
