"""Which texts of a letter the authority wrote, so that they are looked through before it goes out."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from requests_app.rules.exemptions.claim_facts import ClaimFacts, LimbFacts
from requests_app.rules.exemptions.questions import Particular
from requests_app.rules.letters.facts import (
    AuthorityFacts,
    ClarificationFacts,
    FigureFacts,
    FigureSetFacts,
    ItemFacts,
    LetterFacts,
    ReferenceDifference,
    SearchFacts,
)
from requests_app.rules.letters.texts import officer_texts
from tests.requests_app.rules.letters.complete_letters import PART_REFUSAL

DAY = date(2025, 5, 6)


def filled(of: type, **given: Any) -> Any:
    """A value whose texts all say where they stand, such as “harm of a claim”."""
    texts = {field.name: f"{field.name} of {of.__name__}" for field in fields(of) if field.type is str}
    return of(**{**texts, **given})


CLAIM = filled(
    ClaimFacts,
    section="31",
    absolute=False,
    neither_confirm_nor_deny=False,
    limbs=(filled(LimbFacts),),
    item_labels=("1",),
    harm_required=True,
    public_interest_required=True,
    particulars=(filled(Particular),),
)
FIGURES = filled(
    FigureSetFacts,
    criteria=("a criterion",),
    figures=(filled(FigureFacts, period_from=DAY, period_to=DAY),),
)
FULL = filled(
    LetterFacts,
    kind="part_refusal",
    received_on=DAY,
    due_on=DAY,
    authority=filled(AuthorityFacts),
    regulator=PART_REFUSAL.regulator,
    addressee=PART_REFUSAL.addressee,
    clarifications=(
        filled(ClarificationFacts, asked_on=DAY, answered_on=DAY, excluded_labels=(), effect=None),
    ),
    searches=(filled(SearchFacts, searched_on=DAY),),
    items=(filled(ItemFacts, label="1", disposition=None, figure_sets=(FIGURES,)),),
    claims=(CLAIM,),
    enclosures=("an enclosure",),
    own={"grounds_of_refund": "The fee was not due.", "refunded_on": DAY},
    reference_differences=(filled(ReferenceDifference),),
)

#: Where each text is mended, and what it is called.
TEXTS = [
    ("details", "the subject"),
    ("details", "the interpretation of the request"),
    ("applicant", "the addressee"),
    ("authority", "the authority’s name"),
    ("authority", "the office’s name"),
    ("authority", "the authority’s address"),
    ("authority", "the line below the signature"),
    ("authority", "the address for reviews"),
    ("authority", "the regulator’s name and address"),
    ("letter", "the advice"),
    ("letter", "the answer"),
    ("letter", "the grounds of refund"),
    ("letter", "what is corrected"),
    ("letter", "the list of enclosures"),
    ("clarification", "the question asked of the applicant"),
    ("search", "the search record"),
    ("references", "the explanation of a difference"),
    ("decision:1", "the explanation of item 1"),
    ("decision:1", "the location of item 1"),
    ("decision:1", "what is counted for item 1"),
    ("decision:1", "the criteria of item 1"),
    ("decision:1", "the caveat of item 1"),
    ("decision:1", "a figure of item 1"),
    ("claim:31", "the reasons for section 31"),
    ("claim:31", "the harm for section 31"),
    ("claim:31", "the factors in favour of disclosure for section 31"),
    ("claim:31", "the factors against disclosure for section 31"),
    ("claim:31", "the balance for section 31"),
    ("claim:31", "“label of Particular” for section 31"),
]


def test_what_a_letter_prints_of_the_authoritys_words_is_looked_through() -> None:
    assert sorted((where, name) for where, name, _ in officer_texts(FULL)) == sorted(TEXTS)


def test_the_applicants_own_words_are_not_among_them() -> None:
    said = "\n".join(text for _, _, text in officer_texts(FULL))
    for theirs in ("words of LetterFacts", "text of ItemFacts", "answer of ClarificationFacts"):
        assert theirs not in said
    assert "question of ClarificationFacts" in said


def test_what_is_empty_is_left_out() -> None:
    bare = replace(FULL, advice=" \n", claims=(replace(CLAIM, harm=""),))
    names = [name for _, name, _ in officer_texts(bare)]
    assert "the advice" not in names
    assert "the harm for section 31" not in names
