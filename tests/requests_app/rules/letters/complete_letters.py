"""Letters with nothing missing, and ways to change one thing in them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.exemptions.claim_facts import ClaimFacts, LimbFacts
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.exemptions.questions import particulars
from requests_app.rules.letters.facts import (
    AddresseeFacts,
    AuthorityFacts,
    ClarificationFacts,
    FigureFacts,
    FigureSetFacts,
    ItemFacts,
    LetterFacts,
    RegulatorFacts,
    SearchFacts,
)

CATALOGUE = exemption_catalogue()


#: An answer to every question that a limb can ask.
ANSWERS = {
    "purpose": "31(2)(a)",
    "qualified_person": "The Chair of the Council",
    "opinion_on": "2025-05-06",
    "personal_data": "It names the officers who took part.",
    "special_data": "none",
    "principle": "5(1)(a)",
    "legitimate_interest": "The public may ask who decided.",
    "necessity": "Their ranks are enough for that.",
    "person_interests": "They did not expect to be named to the world.",
    "withheld_from_subject": "section 45(4) of the Data Protection Act 2018",
    "not_told_to_subject": "section 45(4) of the Data Protection Act 2018",
    "obtained_from": "a supplier",
    "quality_of_confidence": "It is not trivial and is not public.",
    "obligation_of_confidence": "The contract says that it is confidential.",
    "public_interest_defence": "Nothing wrong would be shown, so keeping the confidence weighs more.",
    "privilege": "advice",
    "inquiry": "the Larch Inquiry, under the Inquiries Act 2005",
    "enactment": "Investigatory Powers Act 2016 s.57",
    "assimilated_obligation": "Article 4 of Regulation 1/2015",
    "court_order": "the order of the High Court of 1 May 2025",
    "prohibition": "Investigatory Powers Act 2016 s.57",
    "certificate_signed_by": "the Home Secretary",
    "certificate_on": "2025-05-01",
}


def answered(claim: ClaimFacts, **changed: str) -> ClaimFacts:
    """Return the claim with other answers to its questions; an empty one is taken away."""
    asks = CATALOGUE.exemption(claim.section).requirements(
        CATALOGUE.exemption(claim.section).limb(ref) for ref in claim.refs
    )
    return replace(
        claim,
        particulars=particulars(
            asks.questions, claim.answers | changed, denies=claim.neither_confirm_nor_deny
        ),
    )


def claim(refs: str, *labels: str, answers: Mapping[str, str] | None = None, **changed: Any) -> ClaimFacts:
    """Return a complete claim on the limbs named in `refs`, with what the catalogue says they ask for.

    `answers` are other answers than the usual ones.
    """
    limbs = CATALOGUE.lookup(refs)
    exemption = CATALOGUE.exemption(limbs[0].section)
    asks = exemption.requirements(limbs)
    facts = ClaimFacts(
        section=exemption.section,
        title=exemption.title,
        absolute=asks.absolute,
        neither_confirm_nor_deny=limbs[0].neither_confirm_nor_deny,
        limbs=tuple(LimbFacts(limb.ref, limb.said(answers or {})) for limb in limbs),
        item_labels=labels or ("1",),
        harm_required=asks.harm,
        public_interest_required=asks.public_interest,
        class_based=asks.class_based,
        public_interest_disputed=asks.public_interest_disputed,
        why_applies="It concerns how referrals are assessed." if asks.why else "",
        prejudice=Prejudice.WOULD_BE_LIKELY if asks.likelihood else None,
        harm="Offenders would learn which reports are followed up." if asks.harm else "",
        factors_for="People could see how the service is run." if asks.public_interest else "",
        factors_against="Fewer offences would be found out." if asks.public_interest else "",
        balance="Weighed separately, safety outweighs openness." if asks.public_interest else "",
        particulars=particulars(
            asks.questions,
            {one.name: ANSWERS[one.name] for one in asks.asks} | dict(answers or {}),
            denies=limbs[0].neither_confirm_nor_deny,
        ),
    )
    return replace(facts, **changed)


FIGURES = FigureSetFacts(
    unit_of_count="referral forms received",
    criteria=("received from the force alone",),
    caveat="",
    figures=(FigureFacts("A", date(2024, 4, 1), date(2025, 3, 31), "12"),),
)

ITEMS = (
    ItemFacts("1", "How many forms arrived (A)?", Disposition.DISCLOSED, figure_sets=(FIGURES,)),
    ItemFacts("2", "The guidance.", Disposition.WITHHELD),
    ItemFacts("3", "The e-mails.", Disposition.PARTLY_DISCLOSED, explanation="Enclosed with names removed."),
    ItemFacts("4", "The minutes.", Disposition.NOT_HELD),
    ItemFacts("5", "The report.", Disposition.ACCESSIBLE, location="It is on our publications page."),
    ItemFacts("6", "Any operation named Larch.", Disposition.NEITHER),
    ItemFacts("7", "The old logs.", Disposition.EXCLUDED),
    ItemFacts("8", "The guidance again.", Disposition.DUPLICATE, duplicate_of="2"),
    ItemFacts("10", "A force's rota.", Disposition.OUTSIDE_FUNCTIONS, explanation="Forces draw up rotas."),
)

PART_REFUSAL = LetterFacts(
    kind="part_refusal",
    reference="2301/2025",
    subject="referral forms",
    regime="FOIA",
    received_on=date(2025, 5, 1),
    due_on=date(2025, 5, 30),
    words="1. How many forms arrived (A)? 2. The guidance. [name]",
    authority=AuthorityFacts(
        name="Council of Chiefs",
        short_name="CoC",
        office="Disclosure Unit",
        address="1 High Street\nSampleton",
        telephone="01632 960000",
        email="foi@example.org",
        website="https://www.example.org",
        signature_line="Freedom of Information Officer",
        review_address="Reviews, 1 High Street\nSampleton",
        review_email="",
    ),
    regulator=RegulatorFacts(
        "Information Commissioner", "Wycliffe House\nWilmslow", "", "", date(2005, 1, 1)
    ),
    addressee=AddresseeFacts("Ada Marlow", "", "", "ada.marlow@example.org", "Ms Marlow"),
    clarifications=(
        ClarificationFacts(
            date(2025, 5, 2), "Which logs?", date(2025, 5, 6), "Leave them out.", ("7",), ClockEffect.NARROWS
        ),
    ),
    holding=Holding.PARTLY_HELD,
    searches=(SearchFacts("The case system", "Disclosure Unit", date(2025, 5, 7), "forms by date"),),
    items=ITEMS,
    claims=(
        claim("31(1)(a)(b)", "2"),
        claim("40(2)+(3A)(a)", "3"),
        claim("21(1)", "5"),
        claim("24(2)", "6"),
    ),
    answer="The number is in the table.",
    advice="The Ministry may hold the minutes.",
    enclosures=("E-mails, redacted under s.40(2)",),
)


def answer(kind: str, holding: Holding | None, *items: ItemFacts, **changed: Any) -> LetterFacts:
    """Return a complete letter about these items alone; clarifications and enclosures are left out."""
    plain: dict[str, Any] = {"claims": (), "clarifications": (), "enclosures": (), "advice": ""}
    return replace(PART_REFUSAL, kind=kind, holding=holding, items=items, **(plain | changed))


def one_item(disposition: Disposition, **changed: Any) -> ItemFacts:
    return ItemFacts("1", "The guidance (A).", disposition, **changed)


DISCLOSURE = answer(
    "disclosure", Holding.HELD, one_item(Disposition.DISCLOSED, explanation="Seven forms arrived.")
)
NOT_HELD = answer("not_held", Holding.NOT_HELD, one_item(Disposition.NOT_HELD), advice="Ask the Ministry.")
WITHHELD = answer(
    "full_refusal",
    Holding.HELD,
    one_item(Disposition.WITHHELD),
    claims=(claim("31(1)(a)", "1"), claim("23(1)", "1")),
)
NEITHER = answer(
    "full_refusal",
    Holding.NEITHER,
    one_item(Disposition.NEITHER),
    claims=(claim("31(3)", "1"), claim("40(5B)(a)(i)", "1")),
    searches=(),
)
EIR_REFUSAL = answer(
    "full_refusal",
    Holding.HELD,
    one_item(Disposition.WITHHELD),
    regime="EIR",
    claims=(
        replace(
            claim("41(1)(a)(b)", "1"),
            section="12",
            absolute=False,
            limbs=(LimbFacts("12(4)(d)", "Unfinished."),),
            public_interest_required=True,
            why_applies="The Ministry is finishing it and expects to be done in June.",
            balance="It is better published whole.",
        ),
    ),
)
ACKNOWLEDGEMENT = replace(
    PART_REFUSAL, kind="acknowledgement", items=(), claims=(), holding=None, answer="", searches=()
)
INVALID = replace(ACKNOWLEDGEMENT, kind="invalid", validity_gaps=("name",))

COMPLETE: dict[str, LetterFacts] = {
    "part refusal": PART_REFUSAL,
    "disclosure": DISCLOSURE,
    "not held": NOT_HELD,
    "withheld": WITHHELD,
    "neither": NEITHER,
    "environmental": EIR_REFUSAL,
    "acknowledgement": ACKNOWLEDGEMENT,
    "invalid": INVALID,
}


def with_item(facts: LetterFacts, label: str, **changed: Any) -> LetterFacts:
    """Return the letter with something changed in one item."""
    assert label in {item.label for item in facts.items}
    items = tuple(replace(item, **changed) if item.label == label else item for item in facts.items)
    return replace(facts, items=items)


def with_claim(facts: LetterFacts, section: str, **changed: Any) -> LetterFacts:
    """Return the letter with something changed in the claim of one section."""
    assert section in {one.section for one in facts.claims}
    claims = tuple(replace(one, **changed) if one.section == section else one for one in facts.claims)
    return replace(facts, claims=claims)
