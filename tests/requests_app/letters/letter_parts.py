"""Invented senders, addressees and exemption claims that the letters of the tests share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.exemptions.claim_facts import ClaimFacts, LimbFacts
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.exemptions.questions import particulars
from requests_app.rules.letters.facts import AddresseeFacts, AuthorityFacts, RegulatorFacts

AUTHORITY = AuthorityFacts(
    name="National Police Chiefs’ Council",
    short_name="NPCC",
    office="Freedom of Information Team",
    address="PO Box 9000\nExampleton\nHampshire\nEX1 4PL",
    telephone="01632 960 123",
    email="foi@example.org",
    website="www.example.org",
    signature_line="Freedom of Information Officer and Decision Maker",
    review_address="Internal Reviews\nPO Box 9000\nExampleton\nHampshire\nEX1 4PL",
    review_email="reviews@example.org",
)
REGULATOR = RegulatorFacts(
    name="Information Commissioner",
    address="Wycliffe House\nWater Lane\nWilmslow\nCheshire\nSK9 5AF",
    telephone="0303 123 1113",
    website="https://ico.org.uk",
    since=date(2005, 1, 1),
)
#: From 30 September 2026; its address is not confirmed, so it is not printed.
COMMISSION = RegulatorFacts(
    name="Information Commission",
    address="",
    telephone="0303 123 1113",
    website="https://ico.org.uk",
    since=date(2026, 9, 30),
    former_names=("Information Commissioner",),
)
ADDRESSEE = AddresseeFacts(
    name="Rowan Ashdown",
    organisation="",
    address="14 Larch Terrace\nSampleford\nSA1 9ZZ",
    email="rowan.ashdown@example.org",
    salutation="Dear Rowan Ashdown",
)

CATALOGUE = exemption_catalogue()
BUNDLES = tuple(f"{position}." for position in range(1, 13))


def claim_on(
    refs: str, items: tuple[str, ...], *, answers: Mapping[str, str] | None = None, **said: Any
) -> ClaimFacts:
    """Return a claim as the catalogue has it: `answers` to what its limbs ask, and what the officer said."""
    limbs = CATALOGUE.lookup(refs)
    exemption = CATALOGUE.exemption(limbs[0].section)
    asks = exemption.requirements(limbs)
    return ClaimFacts(
        section=exemption.section,
        title=exemption.title,
        absolute=asks.absolute,
        class_based=asks.class_based,
        neither_confirm_nor_deny=limbs[0].neither_confirm_nor_deny,
        limbs=tuple(LimbFacts(limb.ref, limb.said(answers or {})) for limb in limbs),
        item_labels=items,
        harm_required=asks.harm,
        public_interest_required=asks.public_interest,
        public_interest_disputed=asks.public_interest_disputed,
        particulars=particulars(asks.questions, answers or {}, denies=limbs[0].neither_confirm_nor_deny),
        **{"why_applies": "", **said},
    )


SECURITY = claim_on(
    "23(1)",
    ("4.", "7.", "8."),
    why_applies="Some passages were supplied by one of the bodies listed in section 23(3), or relate to one.",
)
LAW_ENFORCEMENT = claim_on(
    "31(1)(a)(b)",
    BUNDLES,
    why_applies=(
        "The redacted passages say which requests for information forces regard as risky, and describe "
        "methods and equipment that are not publicly known."
    ),
    prejudice=Prejudice.WOULD_BE_LIKELY,
    harm=(
        "Read together, the passages show what forces can and cannot do, and where. A person planning crime "
        "could use them to avoid being detected.\n\n"
        "In two of the cases investigations are still open, and the passages would show how far they have got."
    ),
    factors_for=(
        "The public should be able to see how forces are advised to answer requests, and that the advice is "
        "consistent and lawful.\n\nDisclosure would add to the debate on openness in policing."
    ),
    factors_against=(
        "Methods that become known lose their use, and others have to be found at public cost.\n\n"
        "Crime that is not prevented or detected harms the people it is done to."
    ),
    balance=(
        "The advice itself is disclosed, which meets most of the interest in seeing how forces are guided. "
        "What the redacted passages would add to that is small beside the harm, so we withhold them."
    ),
)
PERSONAL_DATA = claim_on(
    "40(2)+(3A)(a)",
    BUNDLES,
    answers={
        "personal_data": (
            "The redactions cover names and contact details of junior staff and of people who made requests. They say "
            "who these people are and what they were concerned with."
        ),
        "special_data": "none",
        "principle": "5(1)(a)",
        "legitimate_interest": "You, and the public, have an interest in seeing how forces are advised.",
        "necessity": "The advice itself is disclosed, so that interest is met without knowing who wrote what.",
        "person_interests": (
            "The people concerned would not expect to be named to the world, and some could be pestered for it. That "
            "outweighs what little their names would add."
        ),
    },
)
