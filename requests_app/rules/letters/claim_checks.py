"""What is checked of the exemptions that a letter claims, one by one and where two meet."""

from collections.abc import Iterator

from requests_app.rules.exemptions.claim import claim_problems, pair_problems
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.letters.notice import Notice
from requests_app.rules.letters.notice_elements import Gap

#: Elements of one claim: the field of `exemption_claim.ClaimProblem` and the element it belongs to.
ELEMENT_OF_FIELD: dict[str, str] = {
    "section": "specifies_exemption",
    "limbs": "specifies_exemption",
    "enactment": "specifies_exemption",
    "purpose": "why_applies",
    "why_applies": "why_applies",
    "prejudice": "why_applies",
    "harm": "harm_evidence",
    "factors_for": "pit_factors",
    "factors_against": "pit_factors",
    "balance": "pit_reasons",
    "qualified_person": "qp_opinion",
    "opinion_on": "qp_opinion",
    "alternative": "masking",
}


def claims_are_whole(notice: Notice) -> Iterator[Gap]:
    """Yield what each claim lacks; under the Regulations, each claim of an exemption of the Act."""
    yield from _foreign_claims(notice) if notice.eir else _claim_gaps(notice)


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


def _foreign_claims(notice: Notice) -> Iterator[Gap]:
    for claim in notice.facts.claims:
        if claim.section not in ("12", "13"):
            message = (
                f"Section {claim.section} is an exemption of the Freedom of Information Act. This request is dealt "
                "with under the Environmental Information Regulations: name an exception in regulation 12 or 13, or "
                "change the regime."
            )
            yield Gap("regime", message, "FOIA s.39(1); EIR reg 14(3)(a)", True, f"claim:{claim.section}")
