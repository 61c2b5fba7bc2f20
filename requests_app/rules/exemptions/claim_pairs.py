"""Two claims on one item: what has to be said so that both can be right. Never a refusal: an item is not a document.

Sections 30 and 31(1), and 23(1) and 24(1), cannot cover the same piece of information (FOIA ss.24(1), 31(1)); they may
cover different documents of one item, or be claimed in the alternative ([2021] UKUT 248 (AAC)). Provisions on neither
confirming nor denying may be relied on together: 30(3) with 31(3), 23(5) with 24(2). Withholding something and denying
that anything is held can both be right only where the denial concerns other information.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence

from requests_app.rules.exemptions.claim import ClaimProblem
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.exemptions.questions import YES

_ALTERNATIVE_LAW = "[2021] UKUT 248 (AAC)"


def pair_problems(claims: Sequence[ClaimFacts]) -> tuple[tuple[ClaimFacts, ClaimProblem], ...]:
    """Return what is still to be said where claims meet on an item, each with the claim to say it in. None blocks."""
    found = []
    for one, other in itertools.combinations(sorted(claims, key=_place), 2):
        if set(one.item_labels) & set(other.item_labels):
            found += [problem for check in _CHECKS for problem in check(one, other)]
    return tuple(found)


def _place(claim: ClaimFacts) -> tuple[str, bool, tuple[str, ...]]:
    return claim.section, claim.neither_confirm_nor_deny, claim.refs


def says(claim: ClaimFacts, question: str) -> bool:
    """Return whether a claim answers a question, or ticks it."""
    return bool(claim.answers.get(question))


def is_alternative(one: ClaimFacts, other: ClaimFacts) -> bool:
    """Return whether one of two claims says that they are made in the alternative."""
    return YES in (one.answers.get("in_the_alternative"), other.answers.get("in_the_alternative"))


Found = Iterator[tuple[ClaimFacts, ClaimProblem]]


def _investigations_and_law_enforcement(one: ClaimFacts, other: ClaimFacts) -> Found:
    """Section 31(1) alone is limited to information that section 30 does not cover; 30(3) and 31(3) go together."""
    if (one.section, other.section) != ("30", "31") or _denies(one, other):
        return
    if is_alternative(one, other) or (says(one, "covers") and says(other, "covers")):
        return
    message = (
        f"Sections 30 and 31 are both claimed for {_shared(one, other)}. Section 31(1) covers no information that "
        "section 30 exempts. Say in each claim which documents it covers, or tick “in the alternative”."
    )
    yield other, ClaimProblem("covers", message, "FOIA s.31(1)", blocks=False, element="specifies_exemption")


def _security_and_national_security(one: ClaimFacts, other: ClaimFacts) -> Found:
    """23(1) and 24(1) exclude each other for one piece of information; 23(5) and 24(2) are relied on together."""
    if (one.section, other.section) != ("23", "24") or _denies(one, other):
        return
    if is_alternative(one, other) or (says(one, "covers") and says(other, "covers")):
        return
    message = (
        f"Sections 23(1) and 24(1) are both claimed for {_shared(one, other)}. Tick “in the alternative” in one of "
        "them, so that nobody can tell which applies, or say in each claim which documents it covers."
    )
    yield one, ClaimProblem("in_the_alternative", message, _ALTERNATIVE_LAW, blocks=False, element="masking")


def _withholding_and_denying(one: ClaimFacts, other: ClaimFacts) -> Found:
    """To withhold says that something is held; to deny beside it can only concern anything else."""
    if one.neither_confirm_nor_deny == other.neither_confirm_nor_deny:
        return
    denial, withheld = (one, other) if one.neither_confirm_nor_deny else (other, one)
    if says(denial, "other_information"):
        return
    message = (
        f"{_cited(withheld)} says that information is held for {_shared(one, other)}, while {_cited(denial)} neither "
        "confirms nor denies it. Does the denial concern any other information? If so, tick that it does: the letter "
        "then says so. If not, withdraw one of the two."
    )
    reference = "FOIA s.1(1)(a), s.2(1)"
    yield denial, ClaimProblem("other_information", message, reference, blocks=False, element="no_leak")


_CHECKS: tuple[Callable[[ClaimFacts, ClaimFacts], Found], ...] = (
    _investigations_and_law_enforcement,
    _security_and_national_security,
    _withholding_and_denying,
)


def _denies(one: ClaimFacts, other: ClaimFacts) -> bool:
    return one.neither_confirm_nor_deny or other.neither_confirm_nor_deny


def _cited(claim: ClaimFacts) -> str:
    return f"Section {' and '.join(claim.refs) or claim.section}"


def _shared(one: ClaimFacts, other: ClaimFacts) -> str:
    shared = [label for label in one.item_labels if label in other.item_labels]
    return f"item{'s' if len(shared) > 1 else ''} {', '.join(shared)}"
