"""Whether a letter can go out: every gap at once, each with what to do and its legal reference.

What a kind of letter is held to comes with the `Notice`. The elements that notices need are data
(`data/refusal_elements.json`); which of the lists a letter needs follows from its items and claims. A statutory gap
blocks approval, others warn; an empty part or a placeholder blocks.

To add a check: for an element of the data file, register a function in `notice_checks`; for one claim, add it
to `exemptions.claim`; for anything else about a letter, to `checks`. What only one kind of letter needs is in the
folder of that kind.
"""

from collections.abc import Iterator

from requests_app.rules.casework.dispositions import DISCLOSING, Disposition
from requests_app.rules.letters.notice import Notice
from requests_app.rules.letters.notice_checks import ELEMENT_CHECKS
from requests_app.rules.letters.notice_elements import Gap, RefusalElements, natural

#: Where gaps are fixed, in the order they are listed; a place that only one kind of letter knows comes last.
_PLACES = (
    "applicant",
    "details",
    "references",
    "items",
    "decision",
    "clarification",
    "search",
    "claim",
    "letter",
    "authority",
)


def gaps(notice: Notice, elements: RefusalElements) -> tuple[Gap, ...]:
    """Return everything a letter lacks or gets wrong; blocking gaps first, empty when none.

    The order of items and claims makes no difference to the result.
    """
    found = {gap for check in notice.requirements.checks for gap in check(notice)}
    return tuple(sorted(found | set(_element_gaps(notice, elements)), key=_order))


def notice_types(notice: Notice) -> tuple[str, ...]:
    """Return which of its kind's lists of elements a letter needs (ids of the data file).

    A letter that refuses something without a claim counts as a refusal under an absolute exemption, so that
    what every refusal needs is asked for (FOIA s.17(1), (7)). A list without a condition is always needed.
    """
    facts, eir = notice.facts, notice.eir
    dispositions = {item.disposition for item in facts.items}
    refuses = notice.refuses or notice.requirements.is_refusal_notice
    not_held = Disposition.NOT_HELD in dispositions
    ncnd = Disposition.NEITHER in dispositions or any(c.neither_confirm_nor_deny for c in facts.claims)
    withholding = [claim for claim in facts.claims if not claim.neither_confirm_nor_deny]
    qualified = any(not claim.absolute for claim in withholding)
    absolute = any(claim.absolute for claim in withholding)
    applies = {
        "answer": not eir,
        "not_held": not eir and not_held,
        "absolute_exemption": not eir and (absolute or (refuses and not ncnd and not qualified)),
        "qualified_exemption_with_pit": not eir and qualified,
        "ncnd": not eir and ncnd,
        "partial": not eir and refuses and bool(dispositions & DISCLOSING),
        "eir_answer": eir,
        "eir_not_held": eir and not_held,
        "eir_refusal": eir and refuses,
    }
    return tuple(name for name in notice.requirements.notices if applies.get(name, True))


def _element_gaps(notice: Notice, elements: RefusalElements) -> Iterator[Gap]:
    for element in elements.of(notice_types(notice)):
        if check := ELEMENT_CHECKS.get(element.id):
            yield from check(notice, element)
    for element, check in notice.requirements.elements:
        yield from check(notice, element)


def _order(gap: Gap) -> tuple[object, ...]:
    place, _, which = gap.where.partition(":")
    rank = _PLACES.index(place) if place in _PLACES else len(_PLACES)
    return (not gap.blocks, rank, natural(which), gap.id, gap.message)
