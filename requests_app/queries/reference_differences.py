"""Asked against answered: where the references a letter names differ from those the request names."""

from collections.abc import Sequence

from requests_app.models import Clarification, Letter, RequestItem
from requests_app.rules.dispositions import Disposition
from requests_app.rules.letter_facts import ReferenceDifference
from requests_app.rules.reference_comparison import Comparison, compare, find_references


def compare_letter(
    letter: Letter, items: Sequence[RequestItem], clarifications: Sequence[Clarification]
) -> Comparison | None:
    """This function will compare the references asked for with those the officer's own words answer.

    Asked are those of the request, less those of items a clarification excludes. The letter prints every
    item with its answer, so words that name no reference at all leave nothing to compare: None.
    """
    answered = "\n".join([letter.answer, *(item.explanation for item in items)])
    if not find_references(answered):
        return None
    excluded = "\n".join(item.text for item in items if item.disposition == Disposition.EXCLUDED)
    return compare(letter.foi_request.words, answered, excluded=excluded)


def reference_differences(
    letter: Letter, items: Sequence[RequestItem], clarifications: Sequence[Clarification]
) -> tuple[ReferenceDifference, ...]:
    """This function will give each difference with the officer's explanation, if there is one yet."""
    comparison = compare_letter(letter, items, clarifications)
    if comparison is None:
        return ()
    raise NotImplementedError
