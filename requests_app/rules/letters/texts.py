"""What someone of the authority wrote in a letter: the texts to look through before it goes out."""

from collections.abc import Iterator

from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.letters.facts import ItemFacts, LetterFacts

#: Where the text is corrected, what it is called in a message, and the text.
Text = tuple[str, str, str]

_AUTHORITY = {
    "name": "the authority’s name",
    "office": "the office’s name",
    "address": "the authority’s address",
    "signature_line": "the line below the signature",
    "review_address": "the address for reviews",
}
_CLAIM = {
    "why_applies": "the reasons",
    "harm": "the harm",
    "factors_for": "the factors in favour of disclosure",
    "factors_against": "the factors against disclosure",
    "balance": "the balance",
}


def officer_texts(facts: LetterFacts) -> Iterator[Text]:
    """Return every text of the letter that the authority wrote, empty ones left out.

    The applicant's own words are not among them: the request, the items, the answer to a clarification.
    """
    return (text for text in _texts(facts) if text[2].strip())


def _texts(facts: LetterFacts) -> Iterator[Text]:
    yield "details", "the subject", facts.subject
    yield "details", "the interpretation of the request", facts.interpretation
    yield "applicant", "the addressee", f"{facts.addressee.name}\n{facts.addressee.address}"
    for field, name in _AUTHORITY.items():
        yield "authority", name, getattr(facts.authority, field)
    regulator = facts.regulator
    yield "authority", "the regulator’s name and address", f"{regulator.name}\n{regulator.address}"
    yield from _letter_texts(facts)
    for clarification in facts.clarifications:
        yield "clarification", "the question asked of the applicant", clarification.question
    for search in facts.searches:
        yield "search", "the search record", f"{search.searched}\n{search.searched_by}\n{search.criteria}"
    for difference in facts.reference_differences:
        yield "references", "the explanation of a difference", difference.explanation
    for item in facts.items:
        yield from _item_texts(item)
    for claim in facts.claims:
        yield from _claim_texts(claim)


def _letter_texts(facts: LetterFacts) -> Iterator[Text]:
    """What was written for this letter. A text that only its kind has is called by its name."""
    yield "letter", "the advice", facts.advice
    yield "letter", "the answer", facts.answer
    yield "letter", "what is corrected", facts.correction
    for name, value in facts.own.items():
        if isinstance(value, str):
            yield "letter", f"the {name.replace('_', ' ')}", value
    for enclosure in facts.enclosures:
        yield "letter", "the list of enclosures", enclosure


def _item_texts(item: ItemFacts) -> Iterator[Text]:
    where = f"decision:{item.label}"
    yield where, f"the explanation of item {item.label}", item.explanation
    yield where, f"the location of item {item.label}", item.location
    for figure_set in item.figure_sets:
        yield where, f"what is counted for item {item.label}", figure_set.unit_of_count
        yield where, f"the criteria of item {item.label}", "\n".join(figure_set.criteria)
        yield where, f"the caveat of item {item.label}", figure_set.caveat
        for figure in figure_set.figures:
            yield where, f"a figure of item {item.label}", figure.value


def _claim_texts(claim: ClaimFacts) -> Iterator[Text]:
    for field, name in _CLAIM.items():
        yield f"claim:{claim.section}", f"{name} for section {claim.section}", getattr(claim, field)
    for one in claim.particulars:
        yield f"claim:{claim.section}", f"“{one.label}” for section {claim.section}", one.text
