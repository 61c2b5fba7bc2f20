"""What can be done with a letter now, and for what cannot be done, why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import Person, check_can, why_not
from foitracker.casework.refusals import NotPossible
from requests_app.letters.kinds import kind_of
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.operations.consultation import check_advice_taken_up, check_not_held
from requests_app.permissions import check_can_approve, check_can_return, check_can_submit


@dataclass(frozen=True)
class Action:
    """A button on the page of a letter. `reason` says why it is not open to this person; empty when it is."""

    label: str
    url: str
    reason: str


def letter_actions(letter: Letter, user: Person, *, blocking: int) -> list[Action]:
    """Return what can be done with a letter that has `blocking` gaps; the first is the one to do next."""
    if letter.status == LetterStatus.DRAFT:
        return list(_of_draft(letter, user, blocking))
    by_status = {
        LetterStatus.SUBMITTED: _of_submitted,
        LetterStatus.APPROVED: _of_approved,
        LetterStatus.ISSUED: _of_issued,
    }
    found = by_status.get(LetterStatus(letter.status))
    return list(found(letter, user)) if found else []


def _of_draft(letter: Letter, user: Person, blocking: int) -> Iterator[Action]:
    """A draft with gaps is changed first; one without goes on."""
    kind, gaps = kind_of(letter.kind), _incomplete(blocking)
    not_to_write = why_not(check_can, kind.may_write, user)
    change = Action("Change the draft", _draft_url(letter), not_to_write)
    if letter.is_answer:
        reason = why_not(check_can_submit, user, letter) or _refused(check_advice_taken_up, letter) or gaps
        onward = Action("Submit for approval", _url(letter, "letter_submit"), reason)
    else:
        onward = Action("Issue", _url(letter, "letter_issue"), _not_to_issue(letter, user) or gaps)
    yield from (change, onward) if blocking else (onward, change)
    if letter.corrected_letter_id:
        yield Action("Abandon the correction", _url(letter, "letter_abandon"), not_to_write)


def _of_submitted(letter: Letter, user: Person) -> Iterator[Action]:
    as_read = f"{_url(letter, 'letter_approve')}?version={letter.foi_request.version}"
    yield Action("Approve", as_read, why_not(check_can_approve, user, letter))
    yield _return(letter, user)


def _of_approved(letter: Letter, user: Person) -> Iterator[Action]:
    yield Action(
        "Issue", _url(letter, "letter_issue"), _not_to_issue(letter, user) or _refused(check_not_held, letter)
    )
    yield _return(letter, user)


def _of_issued(letter: Letter, user: Person) -> Iterator[Action]:
    if last := letter.despatches.select_related("message").last():
        reason = why_not(check_can, Permission.SEND_LETTER_AGAIN, user)
        if last.failure:
            yield Action("Send it again", _url(letter, "letter_again"), reason)
        elif not last.is_on_its_way:
            yield Action("Record that it came back", _url(letter, "letter_returned"), reason)
    if letter.is_answer:
        reason = why_not(check_can, kind_of(letter.kind).may_write, user)
        yield Action("Correct this letter", _url(letter, "letter_correct"), reason)


def _return(letter: Letter, user: Person) -> Action:
    reason = why_not(check_can_return, user, letter)
    return Action("Return for more work", _url(letter, "letter_return"), reason)


def _not_to_issue(letter: Letter, user: Person) -> str:
    return why_not(check_can, kind_of(letter.kind).may_issue, user)


def _incomplete(blocking: int) -> str:
    if not blocking:
        return ""
    gaps = "1 gap is" if blocking == 1 else f"{blocking} gaps are"
    return f"The letter is not complete: {gaps} listed on this page, to be closed first."


def _refused(check: Callable[[FoiRequest], None], letter: Letter) -> str:
    """Why a check of the request does not let an answer go on; empty when it does."""
    try:
        check(letter.foi_request)
    except NotPossible as refusal:
        return str(refusal)
    return ""


def _draft_url(letter: Letter) -> str:
    case = letter.foi_request
    address = kind_of(letter.kind).address
    return reverse("requests_app:letter_draft", args=[case.year, case.number, address])


def _url(letter: Letter, page: str) -> str:
    case = letter.foi_request
    return reverse(f"requests_app:{page}", args=[case.year, case.number, letter.pk])
