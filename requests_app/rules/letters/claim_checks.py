"""What is checked of the exemptions that a letter claims, one by one and where two meet."""

from collections.abc import Iterator, Sequence

from requests_app.rules.exemptions.catalogue import Catalogue
from requests_app.rules.exemptions.claim import ClaimProblem, claim_problems, historical_records
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.exemptions.claim_pairs import pair_problems
from requests_app.rules.letters.notice import Notice
from requests_app.rules.letters.notice_elements import Gap

#: The element that a part of a claim belongs to, where the problem does not name it.
ELEMENT_OF_FIELD: dict[str, str] = {
    "section": "specifies_exemption",
    "limbs": "specifies_exemption",
    "why_applies": "why_applies",
    "prejudice": "why_applies",
    "harm": "harm_evidence",
    "factors_for": "pit_factors",
    "factors_against": "pit_factors",
    "balance": "pit_reasons",
}


def claims_are_whole(notice: Notice) -> Iterator[Gap]:
    """Yield what each claim lacks; under the Regulations, each claim of an exemption of the Act."""
    yield from _foreign_claims(notice) if notice.eir else _claim_gaps(notice)


def problems_of(
    claims: Sequence[ClaimFacts], catalogue: Catalogue, year: int
) -> Iterator[tuple[ClaimFacts, ClaimProblem]]:
    """Yield everything that claims on one request lack, each by itself and where two meet, with the claim to fix.

    `year` is that of the request: records may have become too old for an exemption.
    """
    for claim in claims:
        yield from ((claim, problem) for problem in claim_problems(claim, catalogue))
        yield from ((claim, problem) for problem in historical_records(claim, catalogue, year))
    yield from pair_problems(claims)


def _claim_gaps(notice: Notice) -> Iterator[Gap]:
    facts = notice.facts
    for claim, problem in problems_of(facts.claims, notice.catalogue, facts.received_on.year):
        yield Gap(
            _element_id(claim, problem),
            problem.message,
            problem.reference,
            problem.blocks,
            f"claim:{claim.section}",
        )


def _element_id(claim: ClaimFacts, problem: ClaimProblem) -> str:
    element = problem.element or ELEMENT_OF_FIELD[problem.field]
    return "pit_reasons_ncnd" if element == "pit_reasons" and claim.neither_confirm_nor_deny else element


#: EIR regulations 12(6) and 13(5A), (5B): the only ones that let an authority neither confirm nor deny.
_EIR_DENIALS = ("12(6)", "13(5A)", "13(5B)")


def _foreign_claims(notice: Notice) -> Iterator[Gap]:
    for claim in notice.facts.claims:
        where = f"claim:{claim.section}"
        if claim.section not in ("12", "13"):
            message = (
                f"Section {claim.section} is an exemption of the Freedom of Information Act, and this request is dealt "
                "with under the Environmental Information Regulations, whose exceptions cannot be recorded here yet. "
                "Withdraw the claim, or change the regime if the Act applies after all."
            )
            yield Gap("regime", message, "FOIA s.39(1); EIR reg 14(3)(a)", True, where)
        elif claim.neither_confirm_nor_deny and not all(ref.startswith(_EIR_DENIALS) for ref in claim.refs):
            message = (
                f"Regulation {' and '.join(claim.refs)} does not let an authority neither confirm nor deny. Only "
                "12(6), for 12(5)(a), and 13(5A) and (5B), for personal data, do."
            )
            yield Gap("exception", message, "EIR regs 12(6), 13(5A), 13(5B)", True, where)
