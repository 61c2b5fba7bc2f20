"""The request has arrived, and this is when an answer is due (code of practice under FOIA s.45)."""

from foitracker.accounts.permission_names import Permission
from requests_app.letters.kind import LetterKind, LetterStep
from requests_app.queries.casefile import Casefile
from requests_app.rules.casework.step_places import StepPlace
from requests_app.rules.letters.checks import LETTER_CHECKS, addressee_is_named
from requests_app.rules.letters.notice import Requirements


def _is_offered(found: Casefile) -> bool:
    """Any letter that has gone out, and an answer on its way, says that the request arrived."""
    return found.answer_in_hand is None and not any(letter.is_issued for letter in found.letters)


KIND = LetterKind(
    code="acknowledgement",
    label="Acknowledgement",
    may_write=Permission.ISSUE,
    requirements=Requirements(checks=(addressee_is_named, *LETTER_CHECKS)),
    step=LetterStep(
        label="Acknowledge it",
        why="Tell the applicant that the request has arrived and when an answer is due.",
        place=StepPlace.RECEIPT,
        is_offered=_is_offered,
    ),
)
