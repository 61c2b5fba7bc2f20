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
from requests_app.letters.kinds import KINDS, kind_label, kind_of
from requests_app.models import Letter, LetterStatus
from requests_app.permissions import check_can_approve, check_can_submit
from requests_app.queries.casefile import Casefile
from requests_app.queries.holds import held_words
from requests_app.rules.casework.step_places import StepPlace
from requests_app.rules.casework.validity import Element
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED

#: A step and its place among the others.
Placed = tuple[StepPlace, NextStep]


def next_steps(found: Casefile, user: User) -> list[NextStep]:
    """Return the next steps of a request, in order."""
    steps = [*_of_case(found, user), *_letters_to_write(found, user)]
    return [step for _, step in sorted(steps, key=lambda placed: placed[0])]


def _of_case(found: Casefile, user: User) -> Iterator[Placed]:
    """The steps that are no letter to write, by where the request stands."""
    status = Status(found.case.status)
    if found.case.outcome == Outcome.LAPSED:
        yield from _lapsed(found, user)
    elif status in (Status.RECEIVED, Status.IN_PROGRESS):
        yield from _working(found, user)
    elif status == Status.AWAITING_CLARIFICATION:
        yield from _waiting(found, user)
    elif status == Status.AWAITING_FEE:
        yield from _waiting_for_fee(found, user)
    elif status == Status.AWAITING_APPROVAL:
        yield from _approval(found, user)
    elif status == Status.READY_TO_ISSUE:
        yield from _issue(found, user)
    if status != Status.CLOSED:
        yield from _undelivered(found, user)


def _letters_to_write(found: Casefile, user: User) -> Iterator[Placed]:
    """The letters that their kinds offer now."""
    status = Status(found.case.status)
    for kind in KINDS:
        if kind.step and status in kind.step.statuses and kind.step.is_offered(found):
            step = kind.step
            yield (
                step.place,
                _step(found, user, kind.may_write, step.label, step.why, "letter_draft", kind.address),
            )


def _step(
    found: Casefile, user: User, permission: Permission, label: str, why: str, name: str, *args: object
) -> NextStep:
    return NextStep(label, _page_url(found, name, *args), why, why_not(check_can, permission, user))


def _page_url(found: Casefile, name: str, *args: object) -> str:
    """The address of a page below the request."""
    return reverse(f"requests_app:{name}", args=[found.case.year, found.case.number, *args])


def _lapsed(found: Casefile, user: User) -> Iterator[Placed]:
    why = "If it comes after all, the request opens again as a new receipt."
    yield (
        StepPlace.APPLICANT_AWAITED,
        _step(found, user, Permission.WORK_CASE, "Record a late answer", why, "clarification_answer"),
    )


def _working(found: Casefile, user: User) -> Iterator[Placed]:
    """The way from receipt to a submitted answer."""
    may_work = Permission.WORK_CASE
    if set(found.case.validity_gaps) - {Element.DESCRIPTION}:
        why = "When the applicant has sent what was missing."
        step = _step(found, user, Permission.SEE_IDENTITY, "Complete who asked", why, "applicant")
        yield StepPlace.WHO_ASKED, step
    if found.case.officer_id is None:
        why = "Nobody is responsible for it yet."
        yield StepPlace.OFFICER, _step(found, user, Permission.ASSIGN, "Assign an officer", why, "assign")
    if not found.items:
        why = "Each item is decided and answered on its own."
        yield StepPlace.ITEMS, _step(found, user, may_work, "Split it into items", why, "items")
        return
    if not found.searches:
        why = "Say what was searched, and whether the information is held."
        yield StepPlace.SEARCH, _step(found, user, may_work, "Record a search", why, "search_add")
    if any(hold.advised_at for hold in found.standing_holds):
        label, why = "Record how the advice was used", "It has been received and may change the answer."
        url, reason = f"{found.case.get_absolute_url()}#advice", why_not(check_can, may_work, user)
        yield StepPlace.ADVICE, NextStep(label, url, why, reason)
    if undecided := found.undecided:
        why = f"{len(undecided)} of {len(found.items)} not decided yet; the page leads from one to the next."
        step = _step(found, user, may_work, "Decide the items", why, "item_decide", undecided[0].pk)
        yield StepPlace.DECISION, step
    elif letter := found.answer_in_hand:
        label, why = "Check the draft and submit it", _drafted(found)
        reason = why_not(check_can_submit, user, letter) or _advice_comes_first(found)
        yield StepPlace.ANSWER, NextStep(label, _page_url(found, "letter", letter.pk), why, reason)


def _advice_comes_first(found: Casefile) -> str:
    advised = [hold for hold in found.standing_holds if hold.advised_at]
    return held_words(advised) if advised else ""


def _drafted(found: Casefile) -> str:
    returned = last_return(found.events)
    if returned is None:
        return "The answer is drafted."
    by = f"{returned.actor.name} returned it" if returned.actor else "It came back"
    return Truncator(f"{by}: {returned.words['reason']}").chars(300)


def _waiting(found: Casefile, user: User) -> Iterator[Placed]:
    place = StepPlace.APPLICANT_AWAITED
    label, why = "Record the applicant's answer", "The clock is stopped until the applicant answers."
    yield place, _step(found, user, Permission.WORK_CASE, label, why, "clarification_answer")
    why = "If the applicant has not answered within the time the letter gave."
    yield place, _step(found, user, Permission.DECIDE, "Close it as lapsed", why, "close")


def _waiting_for_fee(found: Casefile, user: User) -> Iterator[Placed]:
    place, paid = StepPlace.APPLICANT_AWAITED, FEE_RECEIVED
    label, why = "Record the payment", "No day counts until the fee is paid."
    yield place, _step(found, user, paid.recorded_by, label, why, "clock_event", paid.address)
    why = "If the applicant has not paid by the last day."
    yield place, _step(found, user, Permission.DECIDE, "Close it as lapsed", why, "close")


def _approval(found: Casefile, user: User) -> Iterator[Placed]:
    letter = found.answer_in_hand
    if letter is not None:
        label, why = "Check and approve the letter", _submitted_by(letter)
        reason = why_not(check_can_approve, user, letter)
        yield StepPlace.APPROVAL, NextStep(label, _page_url(found, "letter", letter.pk), why, reason)


def _undelivered(found: Casefile, user: User) -> Iterator[Placed]:
    """The letters to be sent again: before anything else, because the applicant waits for them."""
    for letter in found.undelivered:
        label = f"Send again: {kind_label(letter.kind).lower()}"
        why = "It did not arrive. Correct the address first, or choose another way."
        step = _step(found, user, Permission.SEND_LETTER_AGAIN, label, why, "letter_again", letter.pk)
        yield StepPlace.UNDELIVERED, step


def _submitted_by(letter: Letter) -> str:
    return f"{letter.decided_by} submitted it." if letter.decided_by else "It was submitted."


def _issue(found: Casefile, user: User) -> Iterator[Placed]:
    letter = found.answer_in_hand
    if letter is not None and letter.status == LetterStatus.APPROVED:
        why, may_issue = f"{letter.approved_by} approved it.", kind_of(letter.kind).may_issue
        step = _step(found, user, may_issue, "Issue the letter", why, "letter", letter.pk)
        holds = found.standing_holds
        yield (
            StepPlace.ISSUE,
            replace(step, reason=held_words(holds)) if holds and not step.reason else step,
        )
