"""The elements of a notice, each with the check that finds it missing.

To add a check: write a function that takes a `Notice` and its `Element` and yields gaps, and register it under
the element's id in `ELEMENT_CHECKS`. An element that the letter's template always prints goes into
`CARRIED_BY_TEMPLATE` with the template part that prints it; one that other checks answer for goes into
`CHECKED_ELSEWHERE`. A test fails for an element that is in none of them.
"""

import re
from collections.abc import Iterable, Iterator

from requests_app.rules.casework.dispositions import DISCLOSING, REFUSING, SET_ASIDE, Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.letters.notice import ElementCheck, Notice
from requests_app.rules.letters.notice_elements import Element, Gap, natural

#: What the holding statement may say, by what is known of the items: some held, some not held.
_HOLDING_FITS: dict[tuple[bool, bool], frozenset[Holding]] = {
    (True, False): frozenset({Holding.HELD, Holding.PARTLY_HELD}),
    (True, True): frozenset({Holding.PARTLY_HELD}),
    (False, True): frozenset({Holding.NOT_HELD}),
}
_HOLDING_WORDS = {
    Holding.HELD: "held",
    Holding.PARTLY_HELD: "partly held",
    Holding.NOT_HELD: "not held",
    Holding.NEITHER: "neither confirmed nor denied",
}
#: Words that say that something is, or is not, held; “whether we hold” and the like say neither.
_LEAKS = re.compile(
    r"(?<!whether )(?<!that )(?<!if )\bwe (?:do not |don[’']t |do )?hold\b"
    r"|\b(?:is|are|was|were) not held\b"
    r"|\bno (?:\w+ )?(?:information|records?|documents?|data) (?:is|are|was|were) (?:held|found)\b"
    r"|\b(?:we|search(?:es)?) (?:have )?(?:found|located|identified)\b"
    r"|\b(?:was|were) (?:found|located|identified)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\bitems?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.\n]")
_SECTION_NAMED = re.compile(r"(?:\bs\.?|\bsections?)\s*\d{2}", re.IGNORECASE)


def _states_whether_held(notice: Notice, element: Element) -> Iterator[Gap]:
    """The holding statement is there and agrees with what became of the items."""
    decided = {item.disposition for item in notice.facts.items}
    live = {disposition for disposition in decided if disposition} - SET_ASIDE
    holding = notice.facts.holding
    if not live and None not in decided:
        return
    if holding is None:
        yield element.gap("Record what the search showed: held, partly held, not held, or neither.", "search")
        return
    known = live - {Disposition.NEITHER, Disposition.OUTSIDE_FUNCTIONS}
    if known:
        some_held = bool(known & (DISCLOSING | REFUSING))
        fits = _HOLDING_FITS[some_held, Disposition.NOT_HELD in known]
    elif Disposition.NEITHER in live:
        fits = frozenset({Holding.NEITHER})
    else:
        return
    if holding not in fits:
        possible = " or ".join(f"“{_HOLDING_WORDS[one]}”" for one in Holding if one in fits)
        yield element.gap(
            f"The search record says “{_HOLDING_WORDS[holding]}”, which does not agree with the decisions on the "
            f"items. Record {possible}, or change the decisions.",
            "search",
        )


def _communicates(notice: Notice, element: Element) -> Iterator[Gap]:
    """What is disclosed is given; with several items the reader can also see what is given for which."""
    facts = notice.facts
    given = "\n".join([facts.answer, *facts.enclosures])
    bare = [i for i in notice.items(*DISCLOSING) if not i.explanation.strip() and not i.figure_sets]
    if not given.strip():
        for item in bare:
            yield element.gap(
                f"Item {item.label} is disclosed but the letter gives nothing for it. Write the answer, add "
                "figures or list what is enclosed.",
                f"decision:{item.label}",
            )
    elif len(facts.items) > 1 and (unsaid := [i.label for i in bare if not _names_item(given, i.label)]):
        items = f"{'Item' if len(unsaid) == 1 else 'Items'} {in_order(unsaid)}"
        yield element.gap(
            f"{items}: disclosed, but the letter does not say what is given. Answer in the decision, add figures, or "
            "name the item in the answer or the list of enclosures.",
            f"decision:{unsaid[0]}",
            blocks=False,
        )


def _names_item(text: str, label: str) -> bool:
    """Whether a sentence has the label after the word “item”; each sentence is gone through once."""
    bare = label.strip("().: ")
    named = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)", re.IGNORECASE)
    position = 0
    while item := _ITEM.search(text, position):
        stop = _SENTENCE_END.search(text, item.end())
        position = stop.start() if stop else len(text)
        # A label may itself have a stop in it, as 1.1 has.
        found = named.search(text, item.end(), position + len(bare) + 1)
        if found and found.start() <= position:
            return True
    return False


def _specifies_exemption(notice: Notice, element: Element) -> Iterator[Gap]:
    """Each item that is refused has a claim of the right sort (FOIA s.17(1)(b))."""
    for item in notice.items(*REFUSING):
        claims = notice.claims_on(item.label)
        withholding = {claim.section for claim in claims if not claim.neither_confirm_nor_deny}
        if item.disposition is Disposition.NEITHER:
            fits, wanted = any(c.neither_confirm_nor_deny for c in claims), "to neither confirm nor deny"
        elif item.disposition is Disposition.ACCESSIBLE:
            fits, wanted = "21" in withholding, "under section 21"
        elif item.disposition is Disposition.WITHHELD:
            fits, wanted = bool(withholding - {"21"}), "for withholding it (section 21 alone is not one)"
        else:
            other = any(claim.answers.get("other_information") for claim in claims)
            fits, wanted = bool(withholding) or other, "for the part that is not disclosed"
        if not fits:
            yield element.gap(f"Claim an exemption for item {item.label} {wanted}.", f"decision:{item.label}")


def _review_procedure(notice: Notice, element: Element) -> Iterator[Gap]:
    authority = notice.facts.authority
    if not authority.review_address.strip() and not authority.review_email.strip():
        yield element.gap(
            "Give the address to which a request for review can be sent, in the authority’s settings.",
            "authority",
        )


def _regulator(notice: Notice, element: Element) -> Iterator[Gap]:
    regulator = notice.facts.regulator
    reached = (regulator.address, regulator.website, regulator.telephone)
    missing = "" if regulator.name.strip() else "name"
    if not missing and not any(way.strip() for way in reached):
        missing = "website, telephone or confirmed address"
    if missing:
        yield element.gap(
            f"Give the {missing} of the ICO on the day of the letter, in the authority’s settings.",
            "authority",
        )


def _location(notice: Notice, element: Element) -> Iterator[Gap]:
    for item in notice.items(Disposition.ACCESSIBLE):
        if not item.location.strip():
            yield element.gap(
                f"Say where and how the applicant can get the information of item {item.label}.",
                f"decision:{item.label}",
            )


def _advice(notice: Notice, element: Element) -> Iterator[Gap]:
    lacking = [item for item in notice.items(Disposition.NOT_HELD) if not item.explanation.strip()]
    if lacking and not notice.facts.advice.strip():
        yield element.gap(
            "Say who may hold what you do not hold, or how else you can help, as advice in the letter.",
            "letter",
        )


def _no_leak(notice: Notice, element: Element) -> Iterator[Gap]:
    """Nothing else in the letter shows whether the information is held."""
    neither = notice.items(Disposition.NEITHER)
    for item in neither:
        where = f"decision:{item.label}"
        if item.figure_sets or item.location.strip():
            yield element.gap(
                f"Item {item.label} is neither confirmed nor denied, but figures or a location are recorded "
                "for it. Remove them.",
                where,
                blocks=True,
            )
        yield from _leaks(element, f"The explanation of item {item.label}", item.explanation, where)
    for claim in (claim for claim in notice.facts.claims if claim.neither_confirm_nor_deny):
        reasons = (claim.why_applies, claim.harm, claim.factors_for, claim.factors_against, claim.balance)
        for text in (*reasons, *(one.answer for one in claim.particulars)):
            yield from _leaks(
                element, f"A reason for section {claim.section}", text, f"claim:{claim.section}"
            )
    if neither and notice.facts.holding is Holding.NEITHER:
        yield from _leaks_of_all(notice, element)
    elif neither:
        for search in notice.facts.searches:
            yield from _leaks(element, "A search", f"{search.searched}\n{search.criteria}", "search")


def _leaks_of_all(notice: Notice, element: Element) -> Iterator[Gap]:
    """Where nothing at all is confirmed or denied, no other text of the letter may say what is held either."""
    facts = notice.facts
    if facts.enclosures:
        message = "Nothing is confirmed or denied, but the letter lists enclosures. Remove them."
        yield element.gap(message, "letter", blocks=True)
    yield from _leaks(element, "The answer", facts.answer, "letter")
    yield from _leaks(element, "The advice", facts.advice, "letter")
    yield from _leaks(element, "The interpretation", facts.interpretation, "details")


def _leaks(element: Element, what: str, text: str, where: str) -> Iterator[Gap]:
    if found := _LEAKS.search(text):
        yield element.gap(f"{what} says “{found.group()}”. Make sure it does not show what is held.", where)


def _weighed_together(notice: Notice, element: Element) -> Iterator[Gap]:
    """Qualified exemptions on one item may be weighed together ([2025] UKSC 27): each claim says so, or none does."""
    qualified = [c for c in notice.facts.claims if c.public_interest_required and not c.reasons_omitted]
    for claim in qualified:
        others = [other for other in qualified if _weighed_with(claim, other)]
        said = claim.answers.get("weighed")
        agreed = all(other.answers.get("weighed") == said for other in others)
        if others and not (said and agreed):
            sections = sorted({claim.section, *(other.section for other in others)})
            message = (
                f"Several qualified exemptions meet on one item ({', '.join(f's.{s}' for s in sections)}). Choose in "
                "each claim, and alike, whether the public interest was weighed for it alone or for all of them "
                "together: the letter says which."
            )
            yield element.gap(message, f"claim:{sections[0]}")
        elif said == "together" and not others:
            message = (
                f"Section {claim.section} says that the public interest was weighed together with other exemptions, "
                "and none is claimed for its items. Change the one or the other."
            )
            yield element.gap(message, f"claim:{claim.section}")


def _weighed_with(claim: ClaimFacts, other: ClaimFacts) -> bool:
    """Whether two claims could be weighed together. The interest in what is held is not that in whether it is."""
    same = claim.neither_confirm_nor_deny == other.neither_confirm_nor_deny
    return other is not claim and same and bool(set(other.item_labels) & set(claim.item_labels))


def _redaction_codes(notice: Notice, element: Element) -> Iterator[Gap]:
    for enclosure in notice.facts.enclosures:
        if "redact" in enclosure.lower() and not _SECTION_NAMED.search(enclosure):
            yield element.gap(
                f"Name the exemption of the redactions in the enclosure “{enclosure}”, such as “redacted under "
                "s.40(2)”.",
                "letter",
            )


def _eir_exception(notice: Notice, element: Element) -> Iterator[Gap]:
    for item in notice.items(*REFUSING):
        if not any(claim.section in ("12", "13") for claim in notice.claims_on(item.label)):
            yield element.gap(
                f"Item {item.label} is refused under the Regulations, whose exceptions cannot be recorded here yet. "
                "Prepare this refusal outside the tracker (regulation 14(3)), or change the regime if the Act applies.",
                f"decision:{item.label}",
            )


def _eir_public_interest(notice: Notice, element: Element) -> Iterator[Gap]:
    for claim in notice.facts.claims:
        if claim.section == "12" and not claim.balance.strip():
            yield element.gap(
                f"Say what was considered on the public interest for regulation {', '.join(claim.refs) or '12'}.",
                "claim:12",
            )


def _eir_unfinished(notice: Notice, element: Element) -> Iterator[Gap]:
    for claim in notice.facts.claims:
        if "12(4)(d)" in claim.refs and not claim.why_applies.strip():
            yield element.gap(
                "Say why regulation 12(4)(d) applies: who is preparing the material and when it is expected to "
                "be complete.",
                "claim:12",
            )


ELEMENT_CHECKS: dict[str, ElementCheck] = {
    "confirm_held": _states_whether_held,
    "communicates": _communicates,
    "specifies_exemption": _specifies_exemption,
    "complaints_procedure": _review_procedure,
    "reg11": _review_procedure,
    "s50_right": _regulator,
    "enforcement": _regulator,
    "s21_location": _location,
    "advice": _advice,
    "no_leak": _no_leak,
    "cumulative_pit": _weighed_together,
    "redaction_codes": _redaction_codes,
    "exception": _eir_exception,
    "pit": _eir_public_interest,
    "unfinished": _eir_unfinished,
}

#: Elements that are printed whenever they apply, and the part of the letter that prints them.
CARRIED_BY_TEMPLATE: dict[str, str] = {
    "states_fact": "parts/notice.html",
    "schedule": "parts/notice.html",
    "no_pit_statement": "parts/claim_public_interest.html",
    "no_inference": "parts/holding.html",
    "ir_window": "parts/complaint.html",
    "in_writing": "base.html",
}

#: Elements that another check answers for: the element and the check's id.
CHECKED_ELSEWHERE: dict[str, str] = {
    "states_not_held": "confirm_held",
    "scope_split": "item_decided",
}


def in_order(labels: Iterable[str]) -> str:
    """Return labels as a list in words, the same whatever order they came in."""
    return ", ".join(sorted(labels, key=natural))
