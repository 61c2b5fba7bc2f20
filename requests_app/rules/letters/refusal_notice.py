"""Whether a letter can go out: every gap at once, each with what to do and its legal reference.

The elements a notice needs are data (`data/refusal_elements.json`); which kinds of notice a letter is follows
from its items and claims. A statutory gap blocks approval, others warn; an empty part or a placeholder blocks.

To add a check: for an element of the data file, register a function in `notice_checks`; for one claim, add it
to `exemption_claim`; for anything else about a letter, to `letter_checks`.
"""

from collections.abc import Iterator

from requests_app.rules.casework.dispositions import ANSWERS, DISCLOSING, REFUSAL_NOTICES, Disposition
from requests_app.rules.exemptions.catalogue import Catalogue
from requests_app.rules.exemptions.claim import claim_problems, pair_problems
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.letters.checks import ANSWER_CHECKS, LETTER_CHECKS
from requests_app.rules.letters.facts import LetterFacts
from requests_app.rules.letters.notice_checks import ELEMENT_CHECKS, ELEMENT_OF_FIELD, Notice
from requests_app.rules.letters.notice_elements import Gap, RefusalElements, natural

__all__ = ["Gap", "RefusalElements", "gaps", "notice_types"]

_PLACES = (
    "applicant",
    "references",
    "items",
    "decision",
    "clarification",
    "search",
    "claim",
    "letter",
    "authority",
)


def gaps(facts: LetterFacts, elements: RefusalElements, catalogue: Catalogue) -> tuple[Gap, ...]:
    """Return everything a letter lacks or gets wrong; blocking gaps first, empty when none.

    The order of items and claims makes no difference to the result. Letters that answer nothing (an
    acknowledgement) are only checked for what they print.
    """
    notice = Notice(facts, catalogue)
    found = {gap for check in LETTER_CHECKS for gap in check(notice)}
    if facts.kind in ANSWERS:
        found |= {gap for check in ANSWER_CHECKS for gap in check(notice)}
        found |= set(_element_gaps(notice, elements))
        found |= set(_eir_claims(notice) if notice.eir else _claim_gaps(notice))
    return tuple(sorted(found, key=_order))


def notice_types(facts: LetterFacts) -> tuple[str, ...]:
    """Return the kinds of notice whose elements an answer needs (ids of the data file).

    A letter that refuses something without a claim counts as a refusal under an absolute exemption, so that
    what every refusal needs is asked for (FOIA s.17(1), (7)).
    """
    dispositions = {item.disposition for item in facts.items}
    notice = Notice(facts, Catalogue(()))
    refuses = notice.refuses or facts.kind in REFUSAL_NOTICES
    not_held = Disposition.NOT_HELD in dispositions
    if notice.eir:
        applies = {"eir_answer": True, "eir_not_held": not_held, "eir_refusal": refuses}
    else:
        ncnd = Disposition.NEITHER in dispositions or any(c.neither_confirm_nor_deny for c in facts.claims)
        withholding = [claim for claim in facts.claims if not claim.neither_confirm_nor_deny]
        qualified = any(not claim.absolute for claim in withholding)
        absolute = any(claim.absolute for claim in withholding)
        applies = {
            "answer": True,
            "not_held": not_held,
            "absolute_exemption": absolute or (refuses and not ncnd and not qualified),
            "qualified_exemption_with_pit": qualified,
            "ncnd": ncnd,
            "partial": refuses and bool(dispositions & DISCLOSING),
        }
    return tuple(name for name, needed in applies.items() if needed)


def _element_gaps(notice: Notice, elements: RefusalElements) -> Iterator[Gap]:
    for element in elements.of(notice_types(notice.facts)):
        if check := ELEMENT_CHECKS.get(element.id):
            yield from check(notice, element)


def _claim_gaps(notice: Notice) -> Iterator[Gap]:
    claims = notice.facts.claims
    problems = [(claim, one) for claim in claims for one in claim_problems(claim, notice.catalogue)]
    for claim, problem in (*problems, *pair_problems(claims, notice.catalogue)):
        yield Gap(
            _element_id(claim, problem.field),
            problem.message,
            problem.reference,
            problem.blocks,
            f"claim:{claim.section}",
        )


def _element_id(claim: ClaimFacts, field: str) -> str:
    element = ELEMENT_OF_FIELD[field]
    return "pit_reasons_ncnd" if element == "pit_reasons" and claim.neither_confirm_nor_deny else element


def _eir_claims(notice: Notice) -> Iterator[Gap]:
    for claim in notice.facts.claims:
        if claim.section not in ("12", "13"):
            message = (
                f"Section {claim.section} is an exemption of the Freedom of Information Act. This request is dealt "
                "with under the Environmental Information Regulations: name an exception in regulation 12 or 13, or "
                "change the regime."
            )
            yield Gap("regime", message, "FOIA s.39(1); EIR reg 14(3)(a)", True, f"claim:{claim.section}")


def _order(gap: Gap) -> tuple[object, ...]:
    place, _, which = gap.where.partition(":")
    return (not gap.blocks, _PLACES.index(place), natural(which), gap.id, gap.message)
