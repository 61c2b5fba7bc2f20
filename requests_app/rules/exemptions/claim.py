"""What an exemption claim has to state, and what in one does not fit (FOIA ss.2, 17(1), 17(3)).

What a limb asks is data (`exemptions.json`), so most of what a claim can lack needs no code. To add a check: write a
function from a `_Claim` to problems and put it into `_CHECKS`; name the field that fixes it (a field of ClaimFacts, or
a question). What two claims on one item have to say is in `claim_pairs`.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from foitracker.pages.typed_text import gives_reason
from requests_app.rules.exemptions.catalogue import (
    Catalogue,
    Exemption,
    Limb,
    Requirements,
    UnknownLimb,
    Usable,
)
from requests_app.rules.exemptions.claim_facts import ClaimFacts

SPECIFIES = "FOIA s.17(1)(b)"
WHY = "FOIA s.17(1)(c)"
#: What the Act does not ask for in so many words, and a notice here is not without.
HARM = "House rule; ICO guidance on the prejudice test"
NEED = "House rule; ICO guidance on section 24"
FACTORS = "House rule; ICO guidance on the public interest test"
_WRONG_THRESHOLD = re.compile(
    r"\b(?:more|most)\s+than\s+likely\b|\b(?:could|might|may)\s+be\s+likely\b", re.I
)
_COMMON_LAW = re.compile(r"\bcommon[- ]law\b|\bduty (?:of|to keep) (?:a |the )?confiden\w+", re.IGNORECASE)
_ENACTMENT = re.compile(r"\b(?:Acts?|Orders?|Regulations?|Rules|Measure|S\.?I\.?|GDPR)\b")
#: No provision on neither confirming nor denying covers this: 43(3) speaks of 43(2) alone.
_NEVER_NEITHER = {"43(1)": "43(3) covers commercial interests under 43(2), and not trade secrets."}


@dataclass(frozen=True)
class ClaimProblem:
    """Something a claim lacks or gets wrong: the field of ClaimFacts that fixes it, what to do, and the law.

    `blocks` is False for what only wants attention. `element` is the element of a notice that is missing, where the
    field does not tell.
    """

    field: str
    message: str
    reference: str
    blocks: bool = True
    element: str = ""


@dataclass(frozen=True)
class _Claim:
    """A claim beside what the catalogue says of it; `limbs` are those of its references that are known."""

    facts: ClaimFacts
    exemption: Exemption
    limbs: tuple[Limb, ...]
    asks: Requirements
    catalogue: Catalogue

    @property
    def name(self) -> str:
        return f"section {' and '.join(self.facts.refs)}"

    @property
    def name_first(self) -> str:
        """The name at the beginning of a sentence; the letters of a citation keep their case."""
        return self.name[0].upper() + self.name[1:]


def claim_problems(claim: ClaimFacts, catalogue: Catalogue) -> tuple[ClaimProblem, ...]:
    """Return everything a claim lacks or gets wrong; empty when it is complete.

    What is asked follows from the limbs in the catalogue (FOIA s.2(3) for the public interest test). Reasons
    left out under FOIA s.17(4) are not asked for.
    """
    try:
        exemption = catalogue.exemption(claim.section)
    except UnknownLimb as error:
        return (ClaimProblem("section", str(error), SPECIFIES),)
    limbs, unknown = _known(claim, exemption)
    if not limbs:
        return (*unknown, *_usable(exemption))
    read = _Claim(claim, exemption, limbs, exemption.requirements(limbs), catalogue)
    return (*unknown, *_usable(exemption), *itertools.chain.from_iterable(check(read) for check in _CHECKS))


def _known(claim: ClaimFacts, exemption: Exemption) -> tuple[tuple[Limb, ...], list[ClaimProblem]]:
    limbs, problems = [], []
    for ref in claim.refs:
        try:
            limbs.append(exemption.limb(ref))
        except UnknownLimb as error:
            problems.append(ClaimProblem("limbs", str(error), SPECIFIES))
    if not claim.refs:
        one = (
            exemption.neither_confirm_nor_deny if claim.neither_confirm_nor_deny else ()
        ) or exemption.limbs
        message = f"Choose at least one limb of section {exemption.section}, such as {one[0].ref}."
        problems.append(ClaimProblem("limbs", message, SPECIFIES))
    return tuple(limbs), problems


def _usable(exemption: Exemption) -> Iterator[ClaimProblem]:
    if exemption.usable is not Usable.YES:
        blocks = exemption.usable is Usable.NO
        yield ClaimProblem("section", exemption.usable_reason, exemption.source, blocks)


def _right_subsection(claim: _Claim) -> Iterator[ClaimProblem]:
    """A claim to neither confirm nor deny rests on its own subsection, and a claim to withhold never does."""
    section, instead = claim.exemption.section, _refs(claim.exemption.neither_confirm_nor_deny)
    for limb in claim.limbs:
        if claim.facts.neither_confirm_nor_deny and not limb.neither_confirm_nor_deny:
            if not instead:
                message = (
                    f"Section {section} cannot be used to neither confirm nor deny: say that it is held."
                )
            elif limb.ref in _NEVER_NEITHER:
                message = f"{limb.ref} cannot be used to neither confirm nor deny. {_NEVER_NEITHER[limb.ref]}"
            else:
                message = f"{limb.ref} is for withholding. To neither confirm nor deny, rely on {instead}."
            yield ClaimProblem("limbs", message, "FOIA s.17(1)(b), s.2(1)")
        elif limb.neither_confirm_nor_deny and not claim.facts.neither_confirm_nor_deny:
            yield ClaimProblem(
                "limbs",
                f"{limb.ref} is only for neither confirming nor denying. To withhold, rely on "
                f"{_refs(claim.exemption.limbs)}.",
                "FOIA s.17(1)(b), s.2(2)",
            )


def _limbs_belong_together(claim: _Claim) -> Iterator[ClaimProblem]:
    chosen = {limb.ref for limb in claim.limbs}
    for limb in claim.limbs:
        for group in limb.needs:
            if not chosen & set(group):
                message = f"{limb.ref} applies only together with {_either(group)}. Add it."
                yield ClaimProblem("limbs", message, SPECIFIES)


def _why(claim: _Claim) -> Iterator[ClaimProblem]:
    if not claim.asks.why or gives_reason(claim.facts.why_applies) or claim.facts.reasons_omitted:
        return
    message = f"Say why {claim.name} applies to this information."
    if claim.exemption.section == "23":
        message = (
            f"Say in a sentence why {claim.name} applies: that the information came from, or is about, a body "
            "listed in section 23(3). Do not say which body; nothing more is needed."
        )
    yield ClaimProblem("why_applies", message, WHY)


def _security_body(claim: _Claim) -> Iterator[ClaimProblem]:
    """To name the body says what s.23 protects; to name one beside s.24 undoes a claim in the alternative."""
    if claim.exemption.section not in ("23", "24"):
        return
    reasons = ("why_applies", "harm", "factors_for", "factors_against", "balance")
    texts = {field: getattr(claim.facts, field) for field in reasons} | claim.facts.answers
    for field, text in texts.items():
        if found := claim.catalogue.security_bodies.named_in(text):
            message = (
                f"The reasons for {claim.name} name “{found}”. That can itself disclose what is protected: "
                "leave it out."
            )
            yield ClaimProblem(field, message, "FOIA s.23(1), s.17(4)", blocks=False)


def _harm(claim: _Claim) -> Iterator[ClaimProblem]:
    if claim.asks.likelihood and claim.facts.prejudice is None:
        message = f"Choose for {claim.name} whether harm “would” or “would be likely to” follow."
        yield ClaimProblem("prejudice", message, WHY)
    if claim.asks.harm and not gives_reason(claim.facts.harm) and not claim.facts.reasons_omitted:
        what = "confirming or denying" if claim.facts.neither_confirm_nor_deny else "disclosure"
        message = f"Give the evidence of harm for {claim.name}: what harm, and how {what} leads to it."
        yield ClaimProblem("harm", message, HARM if claim.asks.likelihood else NEED)
    if claim.facts.prejudice is not None and not claim.asks.harm:
        message = f"{claim.name_first} does not depend on harm. Leave “would” or “would be likely” empty."
        yield ClaimProblem("prejudice", message, WHY, blocks=False)


def _threshold(claim: _Claim) -> Iterator[ClaimProblem]:
    for field in ("harm", "why_applies"):
        if found := _WRONG_THRESHOLD.search(getattr(claim.facts, field)):
            message = (
                f"“{found.group()}” is not the test. Write “would” (more likely than not) or “would be "
                "likely to” (a real and significant risk), as chosen for the claim."
            )
            yield ClaimProblem(field, message, WHY, blocks=False)


def _public_interest(claim: _Claim) -> Iterator[ClaimProblem]:
    ncnd = claim.facts.neither_confirm_nor_deny
    parts = {
        "factors_for": f"in favour of {'confirming or denying' if ncnd else 'disclosure'}",
        "factors_against": f"in favour of {'neither confirming nor denying' if ncnd else 'withholding'}",
        "balance": "",
    }
    written = [field for field in parts if getattr(claim.facts, field).strip()]
    reference = "FOIA s.17(3)(a), s.2(1)(b)" if ncnd else "FOIA s.17(3)(b), s.2(2)(b)"
    if claim.asks.public_interest and not claim.facts.reasons_omitted:
        for field in (field for field in parts if not gives_reason(getattr(claim.facts, field))):
            if field == "balance":
                message = f"Say for {claim.name} where the balance of the public interest lies, and why."
            else:
                message = f"Give the public interest factors {parts[field]} for {claim.name}."
            yield ClaimProblem(field, message, reference if field == "balance" else FACTORS)
    elif written and not claim.asks.public_interest and not claim.asks.public_interest_disputed:
        message = f"{claim.name_first} is absolute: remove the public interest reasons."
        yield ClaimProblem(written[0], message, "FOIA s.2(3)")


def _omitted(claim: _Claim) -> Iterator[ClaimProblem]:
    """FOIA s.17(4) excuses a reason only to the extent that giving it would disclose exempt information."""
    if claim.facts.reasons_omitted and not gives_reason(claim.facts.why_applies):
        message = (
            f"The letter gives no reason for {claim.name}. Section 17(4) lets you leave out only what would itself "
            "disclose exempt information: say as much as you can."
        )
        yield ClaimProblem("why_applies", message, "FOIA s.17(4)", blocks=False)


def _questions(claim: _Claim) -> Iterator[ClaimProblem]:
    """What the limbs ask, as their declaration says. Reasons may be left out under s.17(4), an opinion may not."""
    answers = claim.facts.answers
    for question in claim.asks.asks:
        if question.is_needless(answers) or question.is_answered(answers):
            continue
        if claim.facts.reasons_omitted and question.element != "qp_opinion":
            continue
        message = question.missing.replace("{claim}", claim.name)
        yield ClaimProblem(question.name, message, question.reference, element=question.element)


def _names_an_enactment(claim: _Claim) -> Iterator[ClaimProblem]:
    """A duty at common law prohibits nothing for the purposes of s.44(1)(a)."""
    named = claim.facts.answers.get("enactment", "")
    if not named or _ENACTMENT.search(named):
        return
    found = _COMMON_LAW.search(named)
    if found:
        message = (
            f"“{found.group()}” is not an enactment, so it cannot be what {claim.name} rests on. For a confidence, "
            "consider section 41."
        )
    else:
        message = f"“{named[:60]}” names no Act, Order, Regulations or Rules. Name the one that {claim.name} rests on."
    blocks = found is not None
    yield ClaimProblem("enactment", message, "FOIA s.44(1)(a)", blocks, element="specifies_exemption")


def historical_records(claim: ClaimFacts, catalogue: Catalogue, year: int) -> Iterator[ClaimProblem]:
    """Yield a warning for limbs that no longer cover records as old as the claim says (FOIA ss.62(1), 63).

    A record is historical at the end of so many years beginning with the year after the one it was made in; `year` is
    that of the request.
    """
    made = claim.answers.get("records_from", "")
    if not (made.isascii() and made.isdigit() and len(made) == 4):
        return
    limbs = [catalogue.limb(claim.section, ref) for ref in claim.refs]
    fallen = [limb for limb in limbs if limb.falls_away_after and year > int(made) + limb.falls_away_after]
    if fallen:
        message = (
            f"Records made in {made} are historical records, which {_refs(fallen)} no longer covers. Check which of "
            "the information this is about, and claim it for the newer records only."
        )
        yield ClaimProblem("records_from", message, "FOIA s.62(1), s.63", blocks=False)


_CHECKS: tuple[Callable[[_Claim], Iterator[ClaimProblem]], ...] = (
    _right_subsection,
    _limbs_belong_together,
    _why,
    _security_body,
    _harm,
    _threshold,
    _public_interest,
    _omitted,
    _questions,
    _names_an_enactment,
)


def _refs(limbs: Iterable[Limb]) -> str:
    return _either([limb.ref for limb in limbs])


def _either(refs: Sequence[str]) -> str:
    return refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} or {refs[-1]}" if refs else ""
