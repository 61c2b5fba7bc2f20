"""What came is no request under section 8 yet: the applicant is told what is missing (FOIA ss.8, 16)."""

from collections.abc import Iterator

from foitracker.accounts.permission_names import Permission
from requests_app.letters.kind import LetterField, LetterKind, LetterStep
from requests_app.queries.casefile import Casefile
from requests_app.queries.letter_facts import with_regulator, with_validity
from requests_app.rules.casework.step_places import StepPlace
from requests_app.rules.letters.checks import LETTER_CHECKS
from requests_app.rules.letters.notice import Notice, Requirements
from requests_app.rules.letters.notice_elements import Element, Gap, Level

_WHAT_IS_MISSING = Element(
    "validity", "says what the request lacks to be valid", "FOIA s.8(1)", Level.STATUTORY
)


def _missing_elements(notice: Notice, element: Element) -> Iterator[Gap]:
    if not notice.facts.validity_gaps:
        message = "The request has all that section 8 asks for, so this letter has nothing to say. Answer it."
        yield element.gap(message, "applicant")


def _is_offered(found: Casefile) -> bool:
    told = any(letter.kind == KIND.code and letter.is_issued for letter in found.letters)
    return bool(found.case.validity_gaps) and not told


KIND = LetterKind(
    code="invalid",
    label="What is needed for a valid request",
    may_write=Permission.ISSUE,
    fields=(
        LetterField(
            "advice",
            label="Anything to add",
            hint="Optional. The letter already says when it arrived, what happens next and how to reach us.",
        ),
    ),
    adds_facts=(with_regulator, with_validity),
    # It goes to an applicant without a name, too: a name may be what is missing.
    requirements=Requirements(checks=LETTER_CHECKS, elements=((_WHAT_IS_MISSING, _missing_elements),)),
    step=LetterStep(
        label="Write to the applicant about what is missing",
        why="The request cannot be answered as it stands (sections 8 and 16).",
        place=StepPlace.WHAT_IS_MISSING,
        is_offered=_is_offered,
    ),
)
