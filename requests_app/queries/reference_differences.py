"""Asked against answered: where the references a letter names differ from those the request names."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from requests_app.models import FoiRequest, Letter, RequestItem, RequestLink
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.reference import RequestReference
from requests_app.rules.letters.facts import ReferenceDifference
from requests_app.rules.words.reference_comparison import (
    Comparison,
    FoundReference,
    Reference,
    compare,
    find_references,
)


def compare_letter(letter: Letter, items: Sequence[RequestItem]) -> Comparison | None:
    """Compare the references asked for with those the officer's own words answer.

    Asked are those of the request and of the applicant's clarifications, less those that only items excluded
    by a clarification name. The letter prints every item with its answer, so words that name no reference at
    all leave nothing to compare: None.
    """
    answered = "\n".join([letter.answer, *(item.explanation for item in items), letter.enclosures])
    own = _own_references(letter.foi_request)
    if not {found.reference for found in find_references(answered)} - own:
        return None
    comparison = compare(_asked(letter.foi_request), answered, _excluded(items))
    unexpected = tuple(one for one in comparison.unexpected if one.reference not in own)
    return replace(comparison, unexpected=unexpected)


def _asked(case: FoiRequest) -> str:
    """The request and, below it, what the applicant answered when asked. A reference named again there to be
    left out is excluded by its item; one that is only repeated would be reported as a duplicate, so it is not
    added.
    """
    named = {found.reference for found in find_references(case.words)}
    new = [
        found.written
        for clarification in case.clarifications.all()
        for found in find_references(clarification.answer)
        if found.reference not in named
    ]
    return "\n".join([case.words, *new])


def _excluded(items: Sequence[RequestItem]) -> set[Reference]:
    """What a clarification took out. A reference that another item names as well is still asked for."""
    out, kept = (
        {
            found.reference
            for item in items
            if (item.disposition == Disposition.EXCLUDED) is excluded
            for found in find_references(item.text)
        }
        for excluded in (True, False)
    )
    return out - kept


def _own_references(case: FoiRequest) -> set[Reference]:
    """The request's own reference and those it is linked to: an answer may name them unasked."""
    links = RequestLink.objects.filter(Q(from_request=case) | Q(to_request=case)).values_list(
        "from_request__number", "from_request__year", "to_request__number", "to_request__year"
    )
    pairs = {(case.number, case.year)} | {pair for row in links for pair in (row[:2], row[2:])}
    return {RequestReference(number, year) for number, year in pairs}


def reference_differences(letter: Letter, items: Sequence[RequestItem]) -> tuple[ReferenceDifference, ...]:
    """Return each difference in words, with the officer's explanation if there is one yet.

    Missing ones come in the order they were asked for, unexpected ones in the order they were answered.
    """
    comparison = compare_letter(letter, items)
    if comparison is None:
        return ()
    found = [
        ReferenceDifference(
            "missing",
            str(one.reference),
            f"asked for ({one.where}) and not in the answer{_near(comparison, one)}",
        )
        for one in comparison.missing
    ] + [
        ReferenceDifference(
            "unexpected",
            str(one.reference),
            f"in the answer ({one.where}) and not asked for{_near(comparison, one)}",
        )
        for one in comparison.unexpected
    ]
    explained = letter.difference_explanations
    return tuple(
        ReferenceDifference(one.kind, one.reference, one.detail, explained.get(one.key, "")) for one in found
    )


def _near(comparison: Comparison, one: FoundReference) -> str:
    """What the other side has that may be meant, in words."""
    close = [
        f"{other.reference} ({near.kind})"
        for near in comparison.near_misses
        for this, other in ((near.missing, near.unexpected), (near.unexpected, near.missing))
        if this == one
    ]
    return f"; perhaps {' or '.join(close)} is meant" if close else ""
