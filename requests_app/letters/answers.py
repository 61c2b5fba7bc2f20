"""What all kinds of letter share that answer a request: two people, the same fields, facts and requirements."""

from foitracker.accounts.permission_names import Permission
from requests_app.letters.kind import (
    ANSWER_ADDRESS,
    CasePart,
    IssueEffect,
    LetterField,
    LetterKind,
    LetterStep,
)
from requests_app.queries.casefile import Casefile
from requests_app.queries.letter_facts import with_answer, with_regulator, with_review_limit, with_validity
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.rules.casework.step_places import StepPlace
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.letters.checks import ANSWER_CHECKS, LETTER_CHECKS, addressee_is_named
from requests_app.rules.letters.notice import Requirements

_FIELDS = (
    LetterField(
        "answer",
        label="Answer",
        hint=(
            "Your own words to the applicant. The letter already prints the request, what is held, the searches, "
            "each item with its answer, figures, exemptions and the right to complain."
        ),
        rows=14,
        max_length=60_000,
    ),
    LetterField(
        "enclosures", label="Enclosures", hint="One a line, as the applicant will find them.", rows=3
    ),
    LetterField(
        "advice",
        label="Advice and assistance",
        hint="What else may help the applicant (section 16): where to ask, how to narrow a request.",
    ),
)

#: The lists of `refusal_elements.json`; which of them a letter needs follows from its items and claims.
_NOTICES = (
    "answer",
    "not_held",
    "absolute_exemption",
    "qualified_exemption_with_pit",
    "ncnd",
    "partial",
    "eir_answer",
    "eir_not_held",
    "eir_refusal",
)

_FIXED_AT = {
    "items": CasePart("items"),
    "decision": CasePart("casefile", anchor="#items"),
    "claim": CasePart("casefile", anchor="#claims"),
    "clarification": CasePart("casefile", anchor="#clarifications"),
    "search": CasePart("search_add"),
    "references": CasePart("letter_draft", (ANSWER_ADDRESS,)),
}


def answer(code: str, label: str, *, outcomes: set[Outcome], is_refusal_notice: bool = False) -> LetterKind:
    """Return the declaration of a letter that answers requests with these outcomes (FOIA ss.1, 17)."""

    def is_offered(found: Casefile) -> bool:
        decided = [entry.item.disposition for entry in found.items]
        return (
            found.answer_in_hand is None
            and bool(decided)
            and all(decided)
            and outcome(map(Disposition, decided)) in outcomes
        )

    return LetterKind(
        code=code,
        label=label,
        is_answer=True,
        may_write=Permission.WORK_CASE,
        may_submit=Permission.DECIDE,
        may_approve=Permission.APPROVE,
        fields=_FIELDS,
        adds_facts=(with_regulator, with_validity, with_answer, with_review_limit),
        requirements=Requirements(
            checks=(addressee_is_named, *LETTER_CHECKS, *ANSWER_CHECKS),
            notices=_NOTICES,
            outcomes=frozenset(outcomes),
            is_refusal_notice=is_refusal_notice,
        ),
        fixed_at=_FIXED_AT,
        step=LetterStep(
            label="Write the answer",
            why="Every item is decided: the letter is made from the decisions.",
            place=StepPlace.ANSWER,
            is_offered=is_offered,
        ),
        on_issue=IssueEffect.ANSWERS,
    )
