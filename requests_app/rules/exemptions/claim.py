"""What an exemption claim has to state, and what in one does not fit (FOIA ss.2, 17(1), 17(3)).

To add a check: write a function from a `_Claim` to problems and put it into `_CHECKS`; name the field that
fixes it (a field of ClaimFacts). Problems between two claims are in `pair_problems`.
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
_STATISTICS = re.compile(r"\b36\s*\(4\)")
_IN_THE_ALTERNATIVE = re.compile(r"\balternative", re.IGNORECASE)
_WRONG_THRESHOLD = re.compile(
    r"\b(?:more|most)\s+than\s+likely\b|\b(?:could|might|may)\s+be\s+likely\b", re.I
)
#: The bodies of FOIA s.23(3) by the names people use for them.
_SECURITY_BODY = re.compile(
    r"\b(?:MI5|MI6|SIS|GCHQ|NCA|NCIS|SOCA|ISC|(?:Security|Secret Intelligence) Service|Government Communications "
    r"Headquarters|[Ss]pecial [Ff]orces|SAS|SBS|Investigatory Powers Tribunal|Interception of Communications Tribunal|"
    r"Intelligence Services Tribunal|Security Vetting Appeals Panel|Security Commission|National Criminal Intelligence "
    r"Service|Serious Organised Crime Agency|National Crime Agency|Intelligence and Security Committee|Judicial "
    r"Commissioner)\b"
)
#: No provision on neither confirming nor denying covers this: 43(3) speaks of 43(2) alone.
_NEVER_NEITHER = {"43(1)": "43(3) covers commercial interests under 43(2), and not trade secrets."}


@dataclass(frozen=True)
class ClaimProblem:
    """Something a claim lacks or gets wrong: the field of ClaimFacts that fixes it, what to do, and the law.

    `blocks` is False for what only wants attention.
    """

    field: str
    message: str
    reference: str
    blocks: bool = True


@dataclass(frozen=True)
class _Claim:
    """A claim beside what the catalogue says of it; `limbs` are those of its references that are known."""

    facts: ClaimFacts
    exemption: Exemption
    limbs: tuple[Limb, ...]
    asks: Requirements

    @property
    def name(self) -> str:
        return f"section {' and '.join(self.facts.refs)}"


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
    read = _Claim(claim, exemption, limbs, exemption.requirements(limbs))
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
    if gives_reason(claim.facts.why_applies) or claim.facts.reasons_omitted:
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
    for field in ("why_applies", "harm", "factors_for", "factors_against", "balance"):
        if found := _SECURITY_BODY.search(getattr(claim.facts, field)):
            message = (
                f"The reasons for {claim.name} name “{found.group()}”. That can itself disclose what is protected: "
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
        yield ClaimProblem("harm", message, WHY)
    if claim.facts.prejudice is not None and not claim.asks.harm:
        message = (
            f"{claim.name.capitalize()} does not depend on harm. Leave “would” or “would be likely” empty."
        )
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
            yield ClaimProblem(field, message, reference)
    elif written and not claim.asks.public_interest and not claim.asks.public_interest_disputed:
        message = f"{claim.name.capitalize()} is absolute: remove the public interest reasons."
        yield ClaimProblem(written[0], message, "FOIA s.2(3)")


def _omitted(claim: _Claim) -> Iterator[ClaimProblem]:
    """FOIA s.17(4) excuses a reason only to the extent that giving it would disclose exempt information."""
    if claim.facts.reasons_omitted and not gives_reason(claim.facts.why_applies):
        message = (
            f"The letter gives no reason for {claim.name}. Section 17(4) lets you leave out only what would itself "
            "disclose exempt information: say as much as you can."
        )
        yield ClaimProblem("why_applies", message, "FOIA s.17(4)", blocks=False)


def _purpose(claim: _Claim) -> Iterator[ClaimProblem]:
    if not claim.asks.purpose:
        return
    named = re.sub(r"\s+", "", claim.facts.purpose).lower()
    if not any(purpose.ref in named for purpose in claim.exemption.purposes_31_2):
        last = claim.exemption.purposes_31_2[-1].ref
        message = (
            f"Name the purpose relied on for {claim.name}: one of 31(2)(a) to {last.removeprefix('31(2)')}."
        )
        yield ClaimProblem("purpose", message, "FOIA s.31(2)")


def _enactment(claim: _Claim) -> Iterator[ClaimProblem]:
    if claim.asks.enactment and not claim.facts.enactment.strip():
        message = (
            f"Name what forbids disclosure for {claim.name}: the Act and section, obligation or court order."
        )
        yield ClaimProblem("enactment", message, "FOIA s.44(1)")


def _opinion(claim: _Claim) -> Iterator[ClaimProblem]:
    """Statistics need no opinion (FOIA s.36(4)): the reasons then name that subsection."""
    if not claim.asks.qualified_person or _STATISTICS.search(claim.facts.why_applies):
        return
    if not claim.facts.qualified_person.strip():
        message = f"Name the qualified person whose reasonable opinion {claim.name} rests on."
        yield ClaimProblem("qualified_person", message, "FOIA s.36(2), (5)")
    if claim.facts.opinion_on is None:
        message = f"Give the date of the qualified person’s opinion for {claim.name}."
        yield ClaimProblem("opinion_on", message, "FOIA s.36(2), (5)")


_CHECKS: tuple[Callable[[_Claim], Iterator[ClaimProblem]], ...] = (
    _right_subsection,
    _limbs_belong_together,
    _why,
    _security_body,
    _harm,
    _threshold,
    _public_interest,
    _omitted,
    _purpose,
    _enactment,
    _opinion,
)


def pair_problems(
    claims: Sequence[ClaimFacts], catalogue: Catalogue
) -> tuple[tuple[ClaimFacts, ClaimProblem], ...]:
    """Return claims that meet on an item and cannot both be right, each with one of the two.

    Sections 30 and 31 exclude each other (FOIA s.31(1)), as do 23(1) and 24(1); both pairs may be claimed in
    the alternative ([2021] UKUT 248 (AAC)), which one of the claims has to say.
    """
    known = {exemption.section: exemption for exemption in catalogue.exemptions}
    found = []
    for one, other in itertools.combinations(sorted(claims, key=lambda claim: claim.section), 2):
        if not set(one.item_labels) & set(other.item_labels) or one.section not in known:
            continue
        if _IN_THE_ALTERNATIVE.search(f"{one.why_applies} {other.why_applies}"):
            continue
        both = f"Sections {one.section} and {other.section} are claimed for the same item"
        if other.section in known[one.section].mutually_exclusive_with:
            message = (
                f"{both}. Claim one of them, or say in the reasons that they are claimed in the alternative."
            )
            found.append((one, ClaimProblem("section", message, "FOIA s.31(1)")))
        elif other.section in known[one.section].alternative_with:
            message = (
                f"{both}. Say in the reasons that they are claimed in the alternative, so that nobody can tell "
                "which of them applies."
            )
            found.append((one, ClaimProblem("alternative", message, "[2021] UKUT 248 (AAC)", blocks=False)))
    return tuple(found)


def _refs(limbs: Iterable[Limb]) -> str:
    return _either([limb.ref for limb in limbs])


def _either(refs: Sequence[str]) -> str:
    return refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} or {refs[-1]}" if refs else ""
